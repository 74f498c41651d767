// Signatures, with a second opinion from poppler's pdfsig (NSS).
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "sample.h"

namespace tongban::sign::testing {

namespace {

Report verified(Bytes const& pdf) {
    return verify_pdf(pdf, sample_seal().authority.certificate_pem);
}

/// The step that failed first, and why.
std::string first_failure(Report const& report) {
    for (auto const& step : report.steps)
        if (step.outcome == Outcome::failed) return step.name + ": " + step.code;
    return "";
}

/// pdfsig with a certificate store that trusts the sample authority.
class SecondOpinion {
public:
    SecondOpinion() {
        auto store = "sql:" + scratch_.path("nss");
        output_of("mkdir " + scratch_.path("nss"));
        output_of("certutil -N -d " + store + " --empty-password");
        scratch_.write("ca.pem", sample_seal().authority.certificate_pem);
        output_of("certutil -A -t C,C,C -n demo -d " + store + " -a -i " + scratch_.path("ca.pem"));
    }
    std::string on(Bytes const& pdf) {
        return output_of("pdfsig -nssdir sql:" + scratch_.path("nss") + " " + scratch_.write("a.pdf", pdf));
    }

private:
    Scratch scratch_;
};

std::pair<std::size_t, std::size_t> gap_of(Bytes const& pdf) {
    auto from = pdf.find("/Contents <") + 10;
    return {from, pdf.find('>', from) + 1};
}

}  // namespace

TEST(Signature, is_good_in_our_eyes_and_in_those_of_pdfsig) {
    auto report = verified(sealed_proof());
    EXPECT_TRUE(report.genuine()) << first_failure(report);
    EXPECT_EQ(report.steps.size(), 7u);
    EXPECT_EQ(report.signer_name, "示例街道办事处");
    EXPECT_EQ(report.signer_credit_code, "11990102MB0DEM025U");
    EXPECT_EQ(report.signed_at, noon);
    auto opinion = SecondOpinion().on(sealed_proof());
    for (auto const* words : {"Signature is Valid.", "Certificate is Trusted.", "Total document signed",
                              "ETSI.CAdES.detached", "示例街道办事处"})
        EXPECT_NE(opinion.find(words), opinion.npos) << words << "\nin\n" << opinion;
}

TEST(Signature, of_a_letter_of_several_pages_is_on_the_last) {
    auto form = template_of(
        R"({"kind":"paragraph","text":"{a}"},{"kind":"signature","body":"示例街道办事处","date":"{d}"})");
    Values values;
    values.text["d"] = "2026年11月21日";
    for (int i = 0; i < 900; ++i) values.text["a"] += "长文";
    auto layout = MUST(renderer().lay_out(form, values));
    EXPECT_GE(layout.pages(), 3);
    EXPECT_EQ(layout.seal_spot()->page, layout.pages());
    auto pdf = sealed(layout);
    EXPECT_TRUE(verified(pdf).genuine());
    EXPECT_NE(SecondOpinion().on(pdf).find("Signature is Valid."), std::string::npos);
}

TEST(Signature, no_flipped_bit_is_accepted) {
    std::mt19937 pick(20261121);
    auto pdf = sealed_proof();
    auto [gap_from, gap_until] = gap_of(pdf);
    std::uniform_int_distribution<std::size_t> anywhere(0, pdf.size() - 1), inside(gap_from, gap_from + 2800);
    for (int i = 0; i < 3000; ++i) {
        auto at = i < 2200 ? anywhere(pick) : inside(pick);
        auto bit = char(1 << (pick() % 8));
        pdf[at] ^= bit;
        EXPECT_FALSE(verified(pdf).genuine()) << "bit " << int(bit) << " of byte " << at;
        pdf[at] ^= bit;
    }
    EXPECT_TRUE(verified(pdf).genuine());
}

TEST(Signature, pdfsig_agrees_about_flipped_bits) {
    SecondOpinion second;
    auto pdf = sealed_proof();
    auto [gap_from, gap_until] = gap_of(pdf);
    for (int i = 0; i < 24; ++i) {
        auto at = 20 + std::size_t(i) * (gap_from - 40) / 24;
        if (i % 4 == 3) at = gap_until + 200 + std::size_t(i);
        pdf[at] ^= 4;
        EXPECT_EQ(second.on(pdf).find("Signature is Valid."), std::string::npos) << at;
        EXPECT_FALSE(verified(pdf).genuine()) << at;
        pdf[at] ^= 4;
    }
}

TEST(Signature, names_the_step_that_fails) {
    auto good = sealed_proof();
    auto [gap_from, gap_until] = gap_of(good);
    auto changed = [&](std::size_t at, char to) {
        auto pdf = good;
        pdf[at] = to;
        return first_failure(verified(pdf));
    };
    EXPECT_EQ(first_failure(verified("Guten Tag")), "file_is_a_sealed_pdf: file_is_not_a_pdf");
    EXPECT_EQ(first_failure(verified("")), "file_is_a_sealed_pdf: file_is_not_a_pdf");
    auto form = template_of(R"({"kind":"title","text":"试"})");
    EXPECT_EQ(first_failure(verified(rendered(MUST(renderer().lay_out(form, {}))))),
              "file_is_a_sealed_pdf: file_has_no_signature");
    EXPECT_EQ(first_failure(verified(good + "%/ByteRange\n")),
              "file_is_a_sealed_pdf: file_has_more_than_one_signature");
    EXPECT_EQ(first_failure(verified(good + "\n")),
              "whole_file_is_signed: signature_does_not_cover_the_file");
    EXPECT_EQ(first_failure(verified(good.substr(0, good.size() - 1))),
              "whole_file_is_signed: signature_does_not_cover_the_file");
    EXPECT_EQ(changed(gap_from + 5, 'A'), "signature_is_well_formed: signature_cannot_be_read");
    EXPECT_EQ(changed(gap_until - 3, '1'), "signature_is_well_formed: signature_cannot_be_read");
    EXPECT_EQ(changed(100, good[100] == 'x' ? 'y' : 'x'), "content_is_unchanged: content_was_changed");
    EXPECT_EQ(first_failure(verify_pdf(good, "")), "certificate_is_trusted: certificate_is_not_trusted");
}

TEST(Signature, of_another_authority_is_not_trusted) {
    Validity validity{noon - std::chrono::hours(24), noon + std::chrono::hours(24)};
    auto same_name = make_demonstration_ca("通办演示根证书", validity);
    auto report = verify_pdf(sealed_proof(), same_name.certificate_pem);
    EXPECT_EQ(first_failure(report), "certificate_is_trusted: certificate_is_not_trusted");
    EXPECT_EQ(report.steps.back().outcome, Outcome::not_reached);
}

TEST(Signature, outside_the_certificates_days_is_refused) {
    auto& seal = sample_seal();
    auto layout =
        MUST(renderer().lay_out(pack_template("licences/templates/kinship_proof"), kinship_values()));
    for (auto at : {noon - std::chrono::hours(24 * 31), noon + std::chrono::hours(24 * 3651)}) {
        auto pdf = MUST(sign_pdf(rendered(layout), *seal.signer, seal.picture, *layout.seal_spot(), at));
        EXPECT_EQ(first_failure(verified(pdf)),
                  "certificate_was_valid_when_signed: certificate_was_not_valid_then");
    }
}

/// What a stolen certificate without its key could do: sign with another key and show the body's certificate.
TEST(Signature, by_another_key_is_wrong) {
    class Impostor final : public Signer {
    public:
        explicit Impostor(std::unique_ptr<Signer> own) : own_(std::move(own)) {}
        Algorithm algorithm() const override { return own_->algorithm(); }
        Bytes certificate_der() const override { return sample_seal().signer->certificate_der(); }
        std::vector<Bytes> issuers_der() const override { return sample_seal().signer->issuers_der(); }
        Result<Bytes> sign(std::string_view message) override { return own_->sign(message); }

    private:
        std::unique_ptr<Signer> own_;
    };
    Validity validity{noon - std::chrono::hours(24), noon + std::chrono::hours(24)};
    auto key = MUST(make_seal_certificate(sample_seal().authority, "别人", "x", validity));
    Impostor impostor(MUST(software_signer(key.key_pem, key.certificate_pem, "")));
    auto layout =
        MUST(renderer().lay_out(pack_template("licences/templates/kinship_proof"), kinship_values()));
    auto pdf = MUST(sign_pdf(rendered(layout), impostor, sample_seal().picture, *layout.seal_spot(), noon));
    EXPECT_EQ(first_failure(verified(pdf)), "signature_matches_certificate: signature_is_wrong");
}

/// The authority's own key must not be able to pass for a seal.
TEST(Signature, by_the_authority_itself_is_not_trusted) {
    auto& authority = sample_seal().authority;
    auto signer = MUST(software_signer(authority.key_pem, authority.certificate_pem, ""));
    auto layout =
        MUST(renderer().lay_out(pack_template("licences/templates/kinship_proof"), kinship_values()));
    auto pdf = MUST(sign_pdf(rendered(layout), *signer, sample_seal().picture, *layout.seal_spot(), noon));
    EXPECT_EQ(first_failure(verified(pdf)), "certificate_is_trusted: certificate_is_not_trusted");
}

TEST(Signature, needs_a_place_on_the_page_and_an_unsigned_document) {
    auto& seal = sample_seal();
    auto layout =
        MUST(renderer().lay_out(pack_template("licences/templates/kinship_proof"), kinship_values()));
    auto pdf = rendered(layout);
    for (SealSpot spot :
         {SealSpot{2, 100, 100}, SealSpot{0, 100, 100}, SealSpot{1, 10, 100}, SealSpot{1, 100, 290}})
        EXPECT_EQ(sign_pdf(pdf, *seal.signer, seal.picture, spot, noon).error().code, "pdf_cannot_be_signed");
    for (auto const& wrong : {sealed_proof(), Bytes("no pdf"), Bytes()})
        EXPECT_EQ(sign_pdf(wrong, *seal.signer, seal.picture, {1, 100, 100}, noon).error().code,
                  "pdf_cannot_be_signed");
}

TEST(Keys, must_be_readable_and_belong_together) {
    Validity validity{noon, noon + std::chrono::hours(24)};
    auto& authority = sample_seal().authority;
    auto one = MUST(make_seal_certificate(authority, "甲", "x", validity));
    auto other = MUST(make_seal_certificate(authority, "乙", "x", validity));
    EXPECT_EQ(software_signer(one.key_pem, other.certificate_pem, "").error().code,
              "seal_certificate_does_not_match_key");
    EXPECT_EQ(software_signer("no key", one.certificate_pem, "").error().code, "seal_key_cannot_be_read");
    EXPECT_EQ(make_seal_certificate({"", ""}, "甲", "x", validity).error().code, "seal_key_cannot_be_read");
    std::string long_name;
    for (int i = 0; i < 65; ++i) long_name += "长";
    EXPECT_EQ(make_seal_certificate(authority, long_name, "x", validity).error().code,
              "certificate_cannot_be_made");
}

/// The device that holds a real seal may be away: then nothing is signed, and the caller hears why.
TEST(Keys, a_silent_device_is_reported) {
    class Away final : public Signer {
    public:
        Algorithm algorithm() const override { return Algorithm::ecdsa_p256_sha256; }
        Bytes certificate_der() const override { return sample_seal().signer->certificate_der(); }
        std::vector<Bytes> issuers_der() const override { return {}; }
        Result<Bytes> sign(std::string_view) override {
            return Error{ErrorKind::unavailable, "seal_device_does_not_answer", ""};
        }
    };
    Away away;
    auto layout =
        MUST(renderer().lay_out(pack_template("licences/templates/kinship_proof"), kinship_values()));
    auto made = sign_pdf(rendered(layout), away, sample_seal().picture, *layout.seal_spot(), noon);
    EXPECT_EQ(made.error().code, "seal_device_does_not_answer");
}

}  // namespace tongban::sign::testing
