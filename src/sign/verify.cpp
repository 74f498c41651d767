// Strict on purpose: it accepts what sign_pdf makes, and nothing else. Common readers still call a file valid
// to which something was appended, and leave bits inside the signature's field unchecked; here every byte of
// the file counts.
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "sign/cms.h"
#include "sign/pdf.h"
#include "sign/x509.h"

namespace tongban::sign {

namespace {

using Cms = std::unique_ptr<CMS_ContentInfo, Freed<CMS_ContentInfo_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;

enum StepIndex { sealed_pdf, whole_file, well_formed, unchanged, matches, trusted, in_time, step_count };
constexpr std::array<char const*, step_count> step_names{"file_is_a_sealed_pdf",
                                                         "whole_file_is_signed",
                                                         "signature_is_well_formed",
                                                         "content_is_unchanged",
                                                         "signature_matches_certificate",
                                                         "certificate_is_trusted",
                                                         "certificate_was_valid_when_signed"};

struct Place {
    std::size_t gap_from = 0, gap_until = 0;
};

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++count;
    return count;
}

/// `/ByteRange [ 0 a b c ]` with its numbers; none when it reads otherwise.
std::optional<std::array<std::size_t, 3>> read_ranges(std::string_view pdf) {
    static constexpr std::string_view opening = "/ByteRange [ 0 ";
    auto at = pdf.find(opening);
    if (at == pdf.npos) return {};
    auto const* from = pdf.data() + at + opening.size();
    auto const* end = pdf.data() + pdf.size();
    std::array<std::size_t, 3> made{};
    for (auto& number : made) {
        auto [next, error] = std::from_chars(from, end, number);
        if (error != std::errc() || next == end || *next != ' ') return {};
        from = next + 1;
    }
    while (from != end && *from == ' ') ++from;
    return from != end && *from == ']' ? std::optional(made) : std::nullopt;
}

std::optional<Place> read_place(std::string_view pdf) {
    static constexpr std::string_view key = "/Contents ";
    auto ranges = read_ranges(pdf);
    if (!ranges) return {};
    auto [from, until, rest] = *ranges;
    constexpr auto gap = 2 * signature_room + 2;
    if (from < key.size() || from > pdf.size() || until != from + gap || until > pdf.size()) return {};
    if (rest != pdf.size() - until || pdf.substr(from - key.size(), key.size()) != key) return {};
    return Place{from, until};
}

/// The bytes behind `<hex>`; lower case only, for there must be one spelling.
std::optional<Bytes> read_hex(std::string_view text) {
    if (text.size() < 2 || text.front() != '<' || text.back() != '>') return {};
    static constexpr std::string_view digits = "0123456789abcdef";
    Bytes made;
    for (std::size_t i = 1; i + 2 < text.size(); i += 2) {
        auto high = digits.find(text[i]), low = digits.find(text[i + 1]);
        if (high == digits.npos || low == digits.npos) return {};
        made += char(high * 16 + low);
    }
    return made;
}

/// The CMS structure at the field's beginning; `used` is its length.
Cms read_cms(Bytes const& field, std::size_t& used) {
    auto const* at = reinterpret_cast<unsigned char const*>(field.data());
    auto const* start = at;
    Cms made(d2i_CMS_ContentInfo(nullptr, &at, long(field.size())));
    used = std::size_t(at - start);
    return made && OBJ_obj2nid(CMS_get0_type(made.get())) == NID_pkcs7_signed ? std::move(made) : nullptr;
}

Bytes bytes_of(ASN1_OCTET_STRING const* text) {
    if (!text) return {};
    return {reinterpret_cast<char const*>(ASN1_STRING_get0_data(text)),
            std::size_t(ASN1_STRING_length(text))};
}

/// `/M (D:20261121093000+08'00')` behind the signature, in the same object.
std::optional<Instant> read_time(std::string_view after_gap) {
    auto object = after_gap.substr(0, after_gap.find("endobj"));
    static constexpr std::string_view opening = "/M (D:", ending = "+08'00')";
    auto at = object.find(opening);
    if (at == object.npos || object.substr(at + opening.size() + 14, ending.size()) != ending) return {};
    auto digits = object.substr(at + opening.size(), 14);
    std::array<int, 6> parts{};
    std::size_t from = 0;
    for (std::size_t i = 0; i < parts.size(); from += i == 0 ? 4 : 2, ++i) {
        auto piece = digits.substr(from, i == 0 ? 4 : 2);
        auto [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), parts[i]);
        if (error != std::errc() || end != piece.data() + piece.size()) return {};
    }
    std::chrono::year_month_day date{std::chrono::year(parts[0]), std::chrono::month(unsigned(parts[1])),
                                     std::chrono::day(unsigned(parts[2]))};
    if (!date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return {};
    return start_of(Day(date)) + std::chrono::seconds(parts[3] * 3600 + parts[4] * 60 + parts[5]);
}

class Verification {
public:
    Verification(std::string_view pdf, std::string_view trusted_pem)
        : pdf_(pdf), trusted_(certificates_from_pem(trusted_pem)) {
        for (auto const* name : step_names) report_.steps.push_back({name, Outcome::not_reached, ""});
    }

    Report run() {
        if (find_signature() && read_signature()) {
            check_content();
            check_signature();
            check_trust();
            check_time();
        }
        ERR_clear_error();
        return std::move(report_);
    }

private:
    bool record(StepIndex step, char const* problem) {
        report_.steps[step].outcome = problem ? Outcome::failed : Outcome::passed;
        if (problem) report_.steps[step].code = problem;
        return !problem;
    }

    bool find_signature() {
        auto count = count_of(pdf_, "/ByteRange");
        char const* problem = !pdf_.starts_with("%PDF-") ? "file_is_not_a_pdf"
                              : count == 0               ? "file_has_no_signature"
                              : count > 1                ? "file_has_more_than_one_signature"
                                                         : nullptr;
        if (!record(sealed_pdf, problem)) return false;
        auto place = read_place(pdf_);
        if (place) place_ = *place;
        return record(whole_file, place ? nullptr : "signature_does_not_cover_the_file");
    }

    bool read_signature() {
        auto field = read_hex(pdf_.substr(place_.gap_from, place_.gap_until - place_.gap_from));
        return record(well_formed, field && read_structure(*field) ? nullptr : "signature_cannot_be_read");
    }

    /// The parts are taken out and put together again: what comes must be what stands there, followed by
    /// zeros.
    bool read_structure(Bytes const& field) {
        std::size_t used = 0;
        cms_ = read_cms(field, used);
        if (!cms_ || !read_signer()) return false;
        CmsParts parts{
            claimed_hash_, der_of(certificate_.get()), {}, bytes_of(CMS_SignerInfo_get0_signature(signer_))};
        for (auto const& issuer : issuers_) parts.issuers.push_back(der_of(issuer.get()));
        if (cms_of(parts) != field.substr(0, used) || field.find_first_not_of('\0', used) != field.npos)
            return false;
        report_.signer_name = name_entry(certificate_.get(), NID_commonName);
        report_.signer_credit_code = name_entry(certificate_.get(), NID_organizationIdentifier);
        report_.signed_at = read_time(pdf_.substr(place_.gap_until));
        return report_.signed_at.has_value();
    }

    bool read_signer() {
        auto* signers = CMS_get0_SignerInfos(cms_.get());
        if (!signers || sk_CMS_SignerInfo_num(signers) != 1 || CMS_is_detached(cms_.get()) != 1) return false;
        signer_ = sk_CMS_SignerInfo_value(signers, 0);
        if (!signer_) return false;
        constexpr int exactly_one = -3;
        claimed_hash_ = bytes_of(static_cast<ASN1_OCTET_STRING const*>(CMS_signed_get0_data_by_OBJ(
            signer_, OBJ_nid2obj(NID_pkcs9_messageDigest), exactly_one, V_ASN1_OCTET_STRING)));
        auto* all = CMS_get1_certs(cms_.get());
        for (int i = 0; i < sk_X509_num(all); ++i) {
            auto* one = sk_X509_value(all, i);
            X509_up_ref(one);
            bool is_signer = CMS_SignerInfo_cert_cmp(signer_, one) == 0;
            if (is_signer && !certificate_)
                certificate_.reset(one);
            else
                issuers_.emplace_back(one);
        }
        sk_X509_pop_free(all, X509_free);
        return certificate_ && certificate_from_der(der_of(certificate_.get()));
    }

    void check_content() {
        auto covered =
            std::string(pdf_.substr(0, place_.gap_from)) + std::string(pdf_.substr(place_.gap_until));
        record(unchanged, claimed_hash_ == sha256(covered) ? nullptr : "content_was_changed");
    }

    /// That hash, scheme and certificate are the ones we use is proved by read_structure.
    void check_signature() {
        CMS_SignerInfo_set1_signer_cert(signer_, certificate_.get());
        bool good = is_p256(X509_get0_pubkey(certificate_.get())) && CMS_SignerInfo_verify(signer_) == 1;
        record(matches, good ? nullptr : "signature_is_wrong");
    }

    bool chain_holds(unsigned long flags) const {
        Store store(X509_STORE_new());
        for (auto const& one : trusted_) X509_STORE_add_cert(store.get(), one.get());
        StoreContext context(X509_STORE_CTX_new());
        if (X509_STORE_CTX_init(context.get(), store.get(), certificate_.get(), nullptr) != 1) return false;
        auto* rules = X509_STORE_CTX_get0_param(context.get());
        X509_VERIFY_PARAM_set_flags(rules, flags | X509_V_FLAG_X509_STRICT);
        if (!(flags & X509_V_FLAG_NO_CHECK_TIME))
            X509_VERIFY_PARAM_set_time(rules, time_t(report_.signed_at->ms / 1000));
        return X509_verify_cert(context.get()) == 1;
    }

    void check_trust() {
        bool known = std::all_of(issuers_.begin(), issuers_.end(), [&](Certificate const& issuer) {
            return std::any_of(trusted_.begin(), trusted_.end(), [&](Certificate const& one) {
                return der_of(one.get()) == der_of(issuer.get());
            });
        });
        bool may_sign = X509_get_key_usage(certificate_.get()) & KU_NON_REPUDIATION;
        bool good = known && may_sign && X509_check_ca(certificate_.get()) == 0 &&
                    chain_holds(X509_V_FLAG_NO_CHECK_TIME);
        record(trusted, good ? nullptr : "certificate_is_not_trusted");
    }

    void check_time() {
        if (report_.steps[trusted].outcome != Outcome::passed) return;
        record(in_time, chain_holds(0) ? nullptr : "certificate_was_not_valid_then");
    }

    std::string_view pdf_;
    std::vector<Certificate> trusted_, issuers_;
    Report report_;
    Place place_;
    Cms cms_;
    CMS_SignerInfo* signer_ = nullptr;
    Certificate certificate_;
    Bytes claimed_hash_;
};

}  // namespace

bool Report::genuine() const {
    return !steps.empty() && std::all_of(steps.begin(), steps.end(),
                                         [](Step const& step) { return step.outcome == Outcome::passed; });
}

Report verify_pdf(std::string_view pdf, std::string_view trusted_authority_pem) {
    return Verification(pdf, trusted_authority_pem).run();
}

}  // namespace tongban::sign
