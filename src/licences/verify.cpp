// The public check. An unknown number and a wrong code are one and the same look-up that finds nothing, so
// that neither the answer nor its time tells them apart.
#include "licences/sql.h"
#include "licences/state.h"

namespace tongban::licences {

namespace {
api::VerificationResult result_of(State state) {
    switch (state) {
        case State::valid:
            return api::VerificationResult::valid;
        case State::expired:
            return api::VerificationResult::expired;
        case State::replaced:
            return api::VerificationResult::replaced;
        case State::revoked:
            break;
    }
    return api::VerificationResult::revoked;
}

bool passed(sign::Report const& report, std::string_view name) {
    for (auto const& step : report.steps)
        if (step.name == name) return step.outcome == sign::Outcome::passed;
    ensure(false, "sign names its steps as its README says");
    return false;
}

/// `holds`: whether the licence it is compared with is in force; of a file without one nothing can be said.
std::vector<api::Step> steps_of(sign::Report const& report, FileFacts const& facts,
                                std::optional<bool> holds) {
    std::vector<api::Step> steps{
        {api::StepName::bytes_are_as_issued, facts.bytes_match},
        {api::StepName::seal_covers_whole_file, passed(report, "whole_file_is_signed")},
        {api::StepName::content_is_unchanged, passed(report, "content_is_unchanged")},
        {api::StepName::signature_is_right,
         passed(report, "signature_is_well_formed") && passed(report, "signature_matches_certificate")},
        {api::StepName::certificate_is_trusted,
         passed(report, "certificate_is_trusted") && passed(report, "certificate_was_valid_when_signed")}};
    if (holds) steps.push_back({api::StepName::not_revoked, *holds});
    return steps;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The number that our documents carry as their /Subject: UTF-16 in hexadecimal. Only to tell an altered
/// document of ours from a foreign one; nothing else of an unproved file is believed.
std::string subject_of(std::string_view pdf) {
    static constexpr std::string_view opening = "/Subject <feff";
    auto at = pdf.rfind(opening);
    if (at == std::string_view::npos) return "";
    auto hex = pdf.substr(at + opening.size(), 256);
    std::u32string points;
    for (; hex.size() >= 4 && hex.front() != '>'; hex.remove_prefix(4)) {
        char32_t unit = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            auto digit = hex_value(hex[i]);
            if (digit < 0) return "";
            unit = unit * 16 + static_cast<char32_t>(digit);
        }
        if (unit >= 0xD800 && unit < 0xE000) return "";
        points += unit;
    }
    return from_code_points(points);
}

api::FileVerificationResult result_of(FileVerdict verdict) {
    switch (verdict) {
        case FileVerdict::same:
            return api::FileVerificationResult::same;
        case FileVerdict::altered:
            return api::FileVerificationResult::altered;
        case FileVerdict::other_licence:
            return api::FileVerificationResult::other_licence;
        case FileVerdict::not_ours:
            break;
    }
    return api::FileVerificationResult::not_ours;
}
}  // namespace

Result<std::optional<Licence>> Licences::State_::find(store::Reader& reader, store::Query const& query,
                                                      std::string const& by) {
    auto found = TRY(reader.maybe_one(query, by));
    if (!found) return std::optional<Licence>{};
    auto licence = TRY(read_licence(store_.sealer(), (*found)[0]));
    return std::optional(std::move(licence));
}

Result<api::Verification> Licences::State_::verify(std::optional<Licence> const& found,
                                                   std::string const& actor, http::Language language) {
    api::Verification out;
    out.result = api::VerificationResult::not_found;
    out.checked_at = to_text(clock_.now());
    if (!found) return out;
    auto tx = TRY(store_.begin());
    add_use(*tx, found->id, "verified", actor);
    auto shown = TRY(told(*tx, *found, language));
    auto const* licence = &shown;
    TRY(tx->commit());
    out.result = result_of(state_of(*licence, clock_.today()));
    out.token = licence->token;
    out.type_name = licence->type_name;
    out.number = licence->number;
    out.issuer = licence->issuer_name;
    out.issued_on = to_text(licence->issued_on);
    if (licence->valid_until) out.valid_until = to_text(*licence->valid_until);
    out.revoked = revoked_of(*licence);
    // Of a revoked licence: when, by whom, and the kind of reason; nothing else (domain: the public check).
    if (!out.revoked) out.face = shown_face(*licence, Viewer::stranger);
    return out;
}

Result<api::Verification> Licences::State_::verify_number(api::VerifyNumber const& asked,
                                                          std::string const& actor, http::Language language) {
    auto key =
        store_.sealer().blind(check_place, normal_number(asked.number) + "\n" + normal_code(asked.code));
    auto reader = TRY(store_.reader());
    auto licence = TRY(find(*reader, sql::licence_by_check, key));
    reader.reset();
    return verify(licence, actor, language);
}

Result<api::Verification> Licences::State_::verify_token(std::string const& token, std::string const& actor,
                                                         http::Language language) {
    auto reader = TRY(store_.reader());
    auto licence =
        TRY(find(*reader, sql::licence_by_token, store_.sealer().blind(token_place, normal_code(token))));
    reader.reset();
    return verify(licence, actor, language);
}

Result<api::FileVerification> Licences::State_::verify_file(Bytes const& file, std::string const& token,
                                                            std::string const& actor,
                                                            http::Language language) {
    auto reader = TRY(store_.reader());
    auto issued = TRY(find(*reader, sql::licence_by_file, sha256_hex(file)));
    std::optional<Licence> asked;
    if (!token.empty())
        asked =
            TRY(find(*reader, sql::licence_by_token, store_.sealer().blind(token_place, normal_code(token))));
    auto subject = subject_of(file);
    auto numbered = TRY(find(*reader, sql::licence_by_number, subject));
    auto authorities = TRY(authorities_pem(*reader));
    reader.reset();

    auto report = sign::verify_pdf(file, authorities);
    FileFacts facts;
    facts.bytes_match = issued.has_value();
    facts.is_the_asked = token.empty() || (asked && issued && asked->id == issued->id);
    facts.sealed_by_us = passed(report, "certificate_is_trusted");
    facts.genuine = report.genuine();
    facts.bears_our_number = numbered.has_value();
    auto const& known = issued ? issued : asked;
    api::FileVerification out;
    out.result = result_of(judge_file(facts));
    out.checked_at = to_text(clock_.now());
    std::optional<bool> holds;
    if (known) {
        auto state = state_of(*known, clock_.today());
        holds = state == State::valid || state == State::expired;
    }
    out.steps = steps_of(report, facts, holds);
    // A number read out of a file proves nothing, so it opens no summary.
    if (known) out.licence = TRY(verify(known, actor, language));
    return out;
}

}  // namespace tongban::licences
