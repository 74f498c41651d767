// A case from search to the checked certificate, and what becomes of the certificate.
#include <algorithm>

#include "world.h"

namespace tongban::app {

namespace {

using Papers = World::Papers;

class Life : public HouseTest {};
INSTANTIATE_TEST_SUITE_P(all, Life, testing::ValuesIn(kit::databases()), kit::database_name);

std::string letter_of(kit::Answer const& shown, std::string_view kind) {
    for (auto const& letter : shown.json.at("letters").as_array())
        if (letter.at("kind").as_string() == kind && letter.at("state").as_string() == "ready")
            return std::string(letter.at("id").as_string());
    return "";
}

struct Issued {
    std::string id, number, code, token, pdf;
};

Issued licence_of(World& world) {
    auto list = world.resident().get("/api/licences/mine");
    EXPECT_EQ(list.status, 200) << list;
    Issued issued;
    issued.id = list.text("/licences/0/id");
    issued.number = list.text("/licences/0/number");
    auto one = world.resident().get("/api/licences/mine/" + issued.id);
    EXPECT_EQ(one.status, 200) << one;
    issued.code = one.text("/code");
    auto url = one.text("/verify_url");
    issued.token = url.substr(url.rfind('/') + 1);
    auto file = world.resident().get("/api/licences/mine/" + issued.id + "/file");
    EXPECT_EQ(file.status, 200) << file;
    EXPECT_EQ(file.type, "application/pdf");
    issued.pdf = file.body;
    return issued;
}

kit::Answer check_number(World& world, std::string const& number, std::string const& code) {
    return world.nobody().post("/api/licences/verification", {{"number", number}, {"code", code}});
}

kit::Answer check_file(World& world, std::string const& pdf, std::string const& token = "") {
    std::map<std::string, std::string> fields;
    if (!token.empty()) fields["token"] = token;
    return world.nobody().upload("/api/licences/verified-file", "file", "证明.pdf", "application/pdf", pdf,
                                 fields);
}

TEST_P(Life, a_case_goes_all_the_way_and_a_stranger_checks_the_certificate) {
    auto receipt = world.submit(world.resident(), world.fill_draft(world.resident(), Papers::uploaded));
    ASSERT_EQ(receipt.status, 201) << receipt;
    auto case_no = receipt.text("/case_no");
    EXPECT_EQ(receipt.text("/query_code").size(), 6u);
    EXPECT_EQ(receipt.text("/accept_by/day"), "2026-10-22");
    EXPECT_EQ(receipt.text("/received_at"), "2026-10-15T09:24:00+08:00");
    EXPECT_EQ(receipt.text("/applicant"), "周**");
    world.pump();
    EXPECT_EQ(world.resident().get("/api/cases/mine/" + case_no + "/receipt").text("/query_code"),
              receipt.text("/query_code"));
    auto progress = world.nobody().post("/api/cases/progress",
                                        {{"case_no", case_no}, {"query_code", receipt.text("/query_code")}});
    EXPECT_EQ(progress.text("/state"), "received") << progress;

    auto queue = world.as(clerk).get("/api/cases/desk/queues/to_accept");
    ASSERT_EQ(queue.integer("/total"), 1) << queue;
    EXPECT_EQ(queue.text("/rows/0/case_no"), case_no);
    EXPECT_EQ(queue.body.find(zhou_name), std::string::npos) << "a queue masks names";
    auto accepted = world.accept(case_no);
    ASSERT_EQ(accepted.status, 200) << accepted;
    EXPECT_EQ(accepted.text("/state"), "accepted");
    EXPECT_EQ(accepted.text("/clock/due/day"), "2026-10-19");
    world.pump();
    auto letter = letter_of(world.mine(case_no), "acceptance");
    ASSERT_FALSE(letter.empty()) << world.mine(case_no);
    auto paper = world.resident().get("/api/cases/mine/" + case_no + "/letters/" + letter);
    EXPECT_EQ(paper.status, 200);
    EXPECT_TRUE(paper.body.starts_with("%PDF-")) << paper;

    EXPECT_EQ(world.as(reviewer).get("/api/cases/desk/queues/to_review").text("/rows/0/case_no"), case_no);
    auto approved = world.approve(case_no);
    ASSERT_EQ(approved.status, 200) << approved;
    world.pump();
    auto done = world.mine(case_no);
    EXPECT_EQ(done.text("/state"), "concluded") << done;
    EXPECT_FALSE(letter_of(done, "service").empty()) << done;

    auto issued = licence_of(world);
    EXPECT_EQ(done.text("/licence/number"), issued.number);
    EXPECT_TRUE(issued.pdf.starts_with("%PDF-"));
    auto checked = check_number(world, issued.number, issued.code);
    EXPECT_EQ(checked.text("/result"), "valid") << checked;
    EXPECT_EQ(checked.body.find(zhou_id_number), std::string::npos) << "a stranger sees no whole number";
    EXPECT_EQ(checked.body.find(zhou_name), std::string::npos) << "nor a whole name";
    auto by_token = world.nobody().get("/api/licences/verification/" + issued.token);
    EXPECT_EQ(by_token.text("/result"), "valid") << by_token;
    EXPECT_EQ(by_token.text("/number"), issued.number);
}

TEST_P(Life, a_file_is_the_one_we_issued_or_it_is_not) {
    world.conclude_case();
    auto issued = licence_of(world);
    auto same = check_file(world, issued.pdf);
    EXPECT_EQ(same.text("/result"), "same") << same;
    EXPECT_EQ(check_file(world, issued.pdf, issued.token).text("/result"), "same");

    auto altered = issued.pdf;
    auto at = altered.find("stream") + 40;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    auto changed = check_file(world, altered);
    EXPECT_EQ(changed.text("/result"), "altered") << changed;
    auto longer = check_file(world, issued.pdf + "\n% one more line\n");
    EXPECT_EQ(longer.text("/result"), "altered") << longer;
    auto foreign = check_file(world, small_pdf());
    EXPECT_EQ(foreign.text("/result"), "not_ours") << foreign;
    EXPECT_EQ(check_file(world, "no PDF at all").text("/result"), "not_ours");

    world.conclude_case();
    auto list = world.resident().get("/api/licences/mine");
    ASSERT_EQ(list.json.at("licences").as_array().size(), 2u);
    auto second =
        list.text("/licences/0/id") == issued.id ? list.text("/licences/1/id") : list.text("/licences/0/id");
    auto pdf = world.resident().get("/api/licences/mine/" + second + "/file").body;
    EXPECT_EQ(check_file(world, pdf).text("/result"), "same");
    EXPECT_EQ(check_file(world, pdf, issued.token).text("/result"), "other_licence");
}

TEST_P(Life, a_wrong_code_and_an_unknown_number_are_one_answer) {
    world.conclude_case();
    auto issued = licence_of(world);
    auto wrong = check_number(world, issued.number, "22222222");
    auto unknown = check_number(world, "示街证〔2026〕999号", issued.code);
    EXPECT_EQ(wrong.status, unknown.status);
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_EQ(wrong.text("/result"), "not_found");
    EXPECT_EQ(world.nobody()
                  .get("/api/licences/verification/" + std::string(issued.token.size(), '2'))
                  .text("/result"),
              "not_found");
}

TEST_P(Life, a_revoked_certificate_says_so_to_everybody) {
    auto case_no = world.conclude_case();
    auto issued = licence_of(world);
    auto found = world.as(keeper).get("/api/licences/desk?number=" + in_query(issued.number));
    ASSERT_EQ(found.status, 200) << found;
    json::object wish{{"kind", "issued_in_error"},
                      {"reason", "核实后发现关系填错"},
                      {"basis", "国务院令第716号第十二条"},
                      {"version", found.integer("/version")}};
    auto url = "/api/licences/desk/" + found.text("/id") + "/revocation";
    auto revoked = world.as(keeper).post(url, wish);
    ASSERT_EQ(revoked.status, 200) << revoked;
    auto again = world.as(keeper).post(url, {{"kind", "issued_in_error"},
                                             {"reason", "再次撤销"},
                                             {"basis", "国务院令第716号第十二条"},
                                             {"version", revoked.integer("/version")}});
    EXPECT_EQ(again.code, "licence_already_revoked") << again;
    world.pump();
    auto checked = check_number(world, issued.number, issued.code);
    EXPECT_EQ(checked.text("/result"), "revoked") << checked;
    EXPECT_EQ(checked.text("/revoked/kind"), "issued_in_error");
    EXPECT_NE(checked.text("/revoked/by").find("示例街道"), std::string::npos) << checked;
    EXPECT_EQ(checked.body.find("关系填错"), std::string::npos) << "the reason in words is the holder's";
    EXPECT_EQ(check_file(world, issued.pdf).text("/licence/result"), "revoked");
    EXPECT_EQ(world.resident().get("/api/licences/mine").text("/licences/0/state"), "revoked");
    auto told = world.messages();
    EXPECT_TRUE(std::any_of(told.begin(), told.end(),
                            [](auto const& text) { return text.find("撤销") != std::string::npos; }));
    auto decision = letter_of(world.mine(case_no), "revocation");
    ASSERT_FALSE(decision.empty()) << "撤销决定书: " << world.mine(case_no);
    EXPECT_EQ(world.mine(case_no).text("/sentence"), "亲属关系情况证明已被撤销，不能再用");
    EXPECT_NE(world.mine(case_no).body.find(R"("revoked":true)"), std::string::npos) << world.mine(case_no);
    auto listed = world.resident().get("/api/cases/mine");
    EXPECT_EQ(listed.text("/done/0/case_no"), case_no) << listed;
    EXPECT_EQ(listed.text("/done/0/sentence"), "亲属关系情况证明已被撤销，不能再用") << listed;
    EXPECT_EQ(listed.text("/done/0/act"), "") << "nothing to download: " << listed;
    auto progress =
        world.nobody().post("/api/cases/progress",
                            {{"case_no", case_no}, {"query_code", world.mine(case_no).text("/query_code")}});
    EXPECT_EQ(progress.text("/sentence"), "亲属关系情况证明已被撤销，不能再用") << progress;
    auto paper = world.resident().get("/api/cases/mine/" + case_no + "/letters/" + decision);
    EXPECT_TRUE(paper.body.starts_with("%PDF-")) << paper;
}

TEST_P(Life, a_keeper_of_another_body_revokes_nothing) {
    world.conclude_case();
    auto issued = licence_of(world);
    auto id = world.as(keeper).get("/api/licences/desk?number=" + in_query(issued.number)).text("/id");
    auto& stranger = world.as("hd003");
    EXPECT_EQ(stranger.get("/api/licences/desk?number=" + in_query(issued.number)).status, 404);
    auto refused =
        stranger.post("/api/licences/desk/" + id + "/revocation", {{"kind", "issued_in_error"},
                                                                   {"reason", "不是我的"},
                                                                   {"basis", "国务院令第716号第十二条"},
                                                                   {"version", 1}});
    EXPECT_TRUE(refused.status == 403 || refused.status == 404) << refused;
    EXPECT_EQ(check_number(world, issued.number, issued.code).text("/result"), "valid");
}

TEST_P(Life, messages_are_whole_sentences) {
    auto case_no = world.conclude_case();
    auto told = world.messages();
    EXPECT_EQ(told.size(), 4u) << "received, accepted, approved, issued";
    for (auto const& text : told) EXPECT_EQ(text.find('{'), std::string::npos) << text;
}

TEST_P(Life, everything_is_still_there_after_a_restart) {
    auto open = world.file_case(world.resident());
    auto done = world.conclude_case();
    auto before = licence_of(world);
    world.restart();
    EXPECT_EQ(world.mine(open).text("/state"), "received");
    EXPECT_EQ(world.mine(done).text("/state"), "concluded");
    auto after = licence_of(world);
    EXPECT_EQ(after.pdf, before.pdf);
    EXPECT_EQ(check_file(world, after.pdf).text("/result"), "same");
}

}  // namespace

}  // namespace tongban::app
