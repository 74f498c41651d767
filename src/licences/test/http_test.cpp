#include "licences/sql.h"
#include "world.h"

using namespace tongban;
using namespace tongban::licences;
using namespace tongban::licences::testing;

namespace {
class licences_http : public Site {
protected:
    kit::Answer detail(Issued const& issued) { return get("zhou", "/api/licences/mine/" + issued.id.text); }
    kit::Answer check(std::string const& number, std::string const& code) {
        return post("", "/api/licences/verification", {{"number", number}, {"code", code}});
    }
    std::string token_of(Issued const& issued) {
        return check(issued.number, detail(issued).text("/code")).text("/token");
    }
    static bool step(kit::Answer const& answer, std::string_view name) {
        for (auto const& each : answer.find("/steps")->as_array())
            if (each.at("name").as_string() == name) return each.at("passed").as_bool();
        ADD_FAILURE() << "no step " << name;
        return false;
    }
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, licences_http, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(licences_http, the_routes_are_those_of_the_contract_and_every_query_prepares) {
    auto same = http::check_contract(routes_, api::contract());
    EXPECT_TRUE(same.ok()) << same.error().detail;
    auto prepared = store_->check_queries();
    EXPECT_TRUE(prepared.ok()) << prepared.error().detail;
}

TEST_P(licences_http, the_holder_sees_and_downloads_their_own) {
    auto issued = MUST(licences_.issue(order()));
    auto mine = get("zhou", "/api/licences/mine");
    EXPECT_EQ(mine.text("/licences/0/number"), "示街证〔2026〕1号") << mine;
    EXPECT_EQ(mine.text("/licences/0/holder"), "周**");
    EXPECT_EQ(mine.text("/licences/0/valid_until"), "2027-04-15");
    EXPECT_EQ(mine.text("/licences/0/state"), "valid");
    clock_.advance(std::chrono::seconds{1});
    auto file = get("zhou", "/api/licences/mine/" + issued.id.text + "/file");
    EXPECT_EQ(file.type, "application/pdf");
    EXPECT_EQ(file.body, file_of(issued));
    EXPECT_NE(file.header("Content-Disposition").find("attachment"), std::string::npos);
    auto whole = detail(issued);
    EXPECT_EQ(whole.text("/code").size(), 8U);
    EXPECT_TRUE(whole.text("/verify_url").starts_with("https://zwfw.shili.example/v/"))
        << whole.text("/verify_url");
    EXPECT_TRUE(whole.text("/qr_svg").starts_with("data:image/svg+xml;base64,"));
    EXPECT_EQ(whole.text("/face/0/value"), "周桂兰") << "whole for the person concerned";
    EXPECT_EQ(whole.text("/face/1/value"), "9901**********0029");
    EXPECT_EQ(whole.text("/history/0/what"), "downloaded");
    EXPECT_EQ(whole.text("/history/1/what"), "issued");
    EXPECT_EQ(whole.text("/case_no"), "990102202610150000017");
}

TEST_P(licences_http, nobody_elses) {
    auto id = MUST(licences_.issue(order())).id.text;
    EXPECT_EQ(get("li", "/api/licences/mine").find("/licences")->as_array().size(), 0U);
    EXPECT_EQ(get("li", "/api/licences/mine/" + id).code, "licence_is_unknown");
    EXPECT_EQ(get("li", "/api/licences/mine/" + id + "/file").code, "licence_is_unknown");
    EXPECT_EQ(get("", "/api/licences/mine").status, 401);
}

TEST_P(licences_http, a_stranger_checks_by_number_and_code) {
    auto issued = MUST(licences_.issue(order()));
    auto code = detail(issued).text("/code");
    clock_.advance(std::chrono::seconds{1});
    auto right = check(" 示街证[2026]1号", code.substr(0, 4) + " " + code.substr(4));
    EXPECT_EQ(right.text("/result"), "valid") << right;
    EXPECT_EQ(right.text("/issuer"), "示例市示例区人民政府示例街道办事处");
    EXPECT_EQ(right.text("/issued_on"), "2026-10-15");
    EXPECT_EQ(right.text("/face/0/value"), "周**");
    for (auto const* secret : {"周桂兰", "990102195603120029", "示例银行"})
        EXPECT_EQ(right.body.find(secret), std::string::npos) << secret;
    EXPECT_EQ(detail(issued).text("/history/0/what"), "verified") << "the holder sees that somebody looked";
}

TEST_P(licences_http, a_wrong_code_and_an_unknown_number_give_the_same_answer) {
    auto issued = MUST(licences_.issue(order()));
    auto code = detail(issued).text("/code");
    auto unknown = check("示街证〔2026〕99号", code), wrong = check(issued.number, "AAAAAAAA");
    EXPECT_EQ(unknown.status, 200);
    EXPECT_EQ(unknown.text("/result"), "not_found");
    EXPECT_EQ(unknown.body, wrong.body);
    EXPECT_EQ(check(issued.number, issued.id.text.substr(0, 8)).text("/result"), "not_found");
}

TEST_P(licences_http, guessing_codes_ends_after_twenty_tries) {
    for (int i = 0; i < 20; ++i) EXPECT_EQ(check("示街证〔2026〕1号", "AAAAAAAA").status, 200);
    auto refused = check("示街证〔2026〕1号", "AAAAAAAA");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.code, "too_many_attempts");
}

TEST_P(licences_http, the_qr_codes_token_opens_the_same_summary) {
    auto issued = MUST(licences_.issue(order()));
    auto url = detail(issued).text("/verify_url");
    auto token = url.substr(url.rfind('/') + 1);
    EXPECT_EQ(token.size(), 20U);
    EXPECT_EQ(get("", "/api/licences/verification/" + token).text("/number"), issued.number);
    EXPECT_EQ(get("", "/api/licences/verification/NOSUCHTOKEN234567890").text("/result"), "not_found");
    clock_.set(kit::at("2027-04-16 00:00"));
    EXPECT_EQ(get("", "/api/licences/verification/" + token).text("/result"), "expired");
}

TEST_P(licences_http, a_file_is_the_one_we_issued_or_not) {
    auto issued = MUST(licences_.issue(order())), second = MUST(licences_.issue(order("case2")));
    auto pdf = file_of(issued);
    auto same = check_file(pdf);
    EXPECT_EQ(same.text("/result"), "same") << same;
    for (auto const* name : {"bytes_are_as_issued", "seal_covers_whole_file", "content_is_unchanged",
                             "signature_is_right", "certificate_is_trusted", "not_revoked"})
        EXPECT_TRUE(step(same, name)) << name;
    EXPECT_EQ(same.text("/licence/number"), issued.number);
    EXPECT_EQ(check_file(pdf, token_of(issued)).text("/result"), "same");

    auto other = check_file(file_of(second), token_of(issued));
    EXPECT_EQ(other.text("/result"), "other_licence");
    EXPECT_EQ(other.text("/licence/number"), second.number);

    auto foreign = check_file("%PDF-1.7\nnothing of ours");
    EXPECT_EQ(foreign.text("/result"), "not_ours");
    EXPECT_EQ(foreign.find("/licence"), nullptr);
    EXPECT_EQ(check_file("").text("/result"), "not_ours");
}

TEST_P(licences_http, an_altered_file_is_told_from_a_foreign_one) {
    auto issued = MUST(licences_.issue(order()));
    auto pdf = file_of(issued);
    auto appended = check_file(pdf + "\n% more");
    EXPECT_EQ(appended.text("/result"), "altered") << appended;
    EXPECT_FALSE(step(appended, "bytes_are_as_issued"));
    EXPECT_EQ(appended.find("/licence"), nullptr) << "a number inside an unproved file opens no summary";
    auto changed = pdf;
    changed[changed.find("stream") + 20] ^= 1;
    auto flipped = check_file(changed, token_of(issued));
    EXPECT_EQ(flipped.text("/result"), "altered");
    EXPECT_FALSE(step(flipped, "content_is_unchanged"));
    EXPECT_EQ(flipped.text("/licence/number"), issued.number) << "the true summary beside it";
    EXPECT_TRUE(step(flipped, "not_revoked")) << "the licence holds, only this file is not it";
    EXPECT_EQ(appended.body.find("not_revoked"), std::string::npos)
        << "whose licence would it be? Nothing proved";
    auto stripped = pdf;
    stripped.replace(stripped.find("/ByteRange"), 10, "/BiteRange");
    EXPECT_EQ(check_file(stripped).text("/result"), "altered") << "it still bears our number";
    EXPECT_FALSE(step(check_file(stripped), "certificate_is_trusted"));
}

TEST_P(licences_http, a_checked_file_is_not_kept) {
    auto pdf = file_of(MUST(licences_.issue(order())));
    auto before = count("SELECT count(*) AS n FROM files_file");
    check_file(pdf + "x");
    EXPECT_EQ(count("SELECT count(*) AS n FROM files_file"), before);
    EXPECT_EQ(browser("").post("/api/licences/verified-file").code, "file_is_missing");
}

TEST_P(licences_http, the_issuing_body_revokes_and_the_holder_is_told) {
    auto issued = MUST(licences_.issue(order()));
    auto const keeper = "keeper:" + street.text, stranger = "keeper:" + other_street.text;
    auto token = token_of(issued);
    EXPECT_EQ(get(stranger, "/api/licences/desk?number=" + issued.number).status, 400)
        << "not percent-encoded";
    std::string const number = "%E7%A4%BA%E8%A1%97%E8%AF%81%5B2026%5D1%E5%8F%B7";
    EXPECT_EQ(get(stranger, "/api/licences/desk?number=" + number).code, "licence_is_unknown");
    auto found = get(keeper, "/api/licences/desk?number=" + number);
    EXPECT_EQ(found.text("/id"), issued.id.text) << found;
    EXPECT_EQ(found.text("/face/0/value"), "周**");
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_access WHERE person = 'zhou'"), 1);

    auto url = "/api/licences/desk/" + issued.id.text + "/revocation";
    json::object wish{{"kind", "false_commitment"},
                      {"reason", "承诺不实"},
                      {"basis", "国务院令第716号第十二条"},
                      {"version", 1}};
    EXPECT_EQ(post(stranger, url, wish).code, "licence_is_of_another_body");
    EXPECT_EQ(post("zhou", url, wish).status, 403);
    EXPECT_EQ(post(keeper, "/api/licences/desk/nosuch/revocation", wish).code, "licence_is_unknown");
    auto late = wish;
    late["version"] = 7;
    EXPECT_EQ(post(keeper, url, late).code, "licence_changed_meanwhile");
    auto revoked = post(keeper, url, wish);
    EXPECT_EQ(revoked.text("/card/state"), "revoked") << revoked;
    EXPECT_EQ(revoked.text("/revoked/kind"), "false_commitment");
    late["version"] = 2;
    EXPECT_EQ(post(keeper, url, late).code, "licence_already_revoked");

    clock_.advance(std::chrono::seconds{1});
    auto shown = get("", "/api/licences/verification/" + token);
    EXPECT_EQ(shown.text("/result"), "revoked");
    EXPECT_EQ(shown.find("/face"), nullptr) << "when, by whom, what kind of reason; nothing else";
    EXPECT_EQ(shown.body.find("承诺不实"), std::string::npos);
    auto file = check_file(file_of(issued));
    EXPECT_EQ(file.text("/result"), "same");
    EXPECT_FALSE(step(file, "not_revoked"));
    EXPECT_EQ(count("SELECT count(*) AS n FROM notify_message WHERE person = 'zhou'"), 1);
    EXPECT_EQ(count("SELECT count(*) AS n FROM store_event WHERE kind = 'licences.revoked'"), 1);
    EXPECT_EQ(detail(issued).text("/history/0/what"), "verified");
}
