// A flow of two posts: opinions in order, back inside, the last one decides. And what the desk's smaller
// routes refuse.

#include "app/test/world.h"

namespace tongban::app {

namespace {

class PostsTest : public HouseTest {
protected:
    /// The same item with a second post behind the first, published as its next version.
    void add_second_post() {
        kit::TempDir place;
        auto pack = place.path() + "/pack";
        copy_pack(pack);
        edit(pack + "/catalog/items/992080005001/item.json", R"("flow": ["reviewer:审核"])",
             R"("flow": ["reviewer:审核", "reviewer:签发"])");
        edit(pack + "/catalog/items/992080005001/item.json", R"("flow": ["Review"])",
             R"("flow": ["Review", "Signature"])");
        auto imported = world.house().import(Pack{pack});
        ASSERT_TRUE(imported.ok()) << imported.error().code;
        world.restart();
    }
    kit::Answer opinion(std::string const& who, std::string const& verdict) {
        return world.as(who).post("/api/cases/desk/cases/" + case_no_ + "/opinion",
                                  {{"version", world.desk(case_no_, who).integer("/version")},
                                   {"verdict", verdict},
                                   {"text", "与户口簿一致，同意出具。"}});
    }
    std::string case_no_;
};

TEST_P(PostsTest, GiveOpinionsInOrderAndTheLastOneDecides) {
    add_second_post();
    case_no_ = world.file_case(world.resident());
    ASSERT_EQ(world.accept(case_no_).status, 200);
    auto early = world.approve(case_no_);
    EXPECT_EQ(early.code, "case_is_not_at_the_last_post") << early;
    auto agreed = opinion(reviewer, "agree");
    ASSERT_EQ(agreed.status, 200) << agreed;
    EXPECT_EQ(agreed.text("/opinions/0/verdict"), "agree");
    auto back = opinion("sl004", "send_back");
    ASSERT_EQ(back.status, 200) << back;
    ASSERT_EQ(opinion(reviewer, "propose_denial").status, 200);
    EXPECT_EQ(opinion("sl004", "agree").code, "decision_is_due_at_the_last_post");
    auto decided = world.approve(case_no_, "sl004");
    EXPECT_EQ(decided.status, 200) << decided;
    world.pump();
    EXPECT_EQ(world.mine(case_no_).text("/state"), "concluded");
}

TEST_P(PostsTest, OfAWindowTellGapsAndRefuse) {
    auto number = world.file_case(world.resident());
    auto desk = "/api/cases/desk/cases/" + number;
    json::array gaps{{{"key", "field:relation"}, {"problem", "关系填错了"}, {"remedy", "请改正"}}};
    kit::run(world.dispatcher(), {{.name = "a preview of the notice is a page",
                                   .method = "POST",
                                   .url = "/api/cases/desk/cases/" + number + "/preview",
                                   .body = to_text(json::object{{"act", "correct"}, {"gaps", gaps}}),
                                   .as = &world.as(clerk),
                                   .contains = {"%PDF-"}},
                                  {.name = "a correction names at least one gap",
                                   .method = "POST",
                                   .url = "/api/cases/desk/cases/" + number + "/correction",
                                   .body = R"({"version":1,"gaps":[]})",
                                   .as = &world.as(clerk),
                                   .status = 422,
                                   .code = "request_has_wrong_fields"},
                                  {.name = "a refusal says why",
                                   .method = "POST",
                                   .url = "/api/cases/desk/cases/" + number + "/refusal",
                                   .body = R"({"version":1,"reason":"  ","basis":"　　"})",
                                   .as = &world.as(clerk),
                                   .status = 422,
                                   .code = "refusal_needs_reason_and_basis"},
                                  {.name = "a queue has one of six names",
                                   .url = "/api/cases/desk/queues/somewhere",
                                   .as = &world.as(clerk),
                                   .status = 404,
                                   .code = "queue_is_unknown"}});
    auto letter = world.desk(number).text("/letters/0/id");
    auto waiting = world.as(clerk).get("/api/cases/desk/cases/" + number + "/letters/" + letter);
    EXPECT_EQ(waiting.code, "letter_is_not_ready") << waiting;
    world.pump();
    auto page = world.as(clerk).get("/api/cases/desk/cases/" + number + "/letters/" + letter);
    EXPECT_EQ(page.body.substr(0, 5), "%PDF-");
}

TEST_P(PostsTest, SeePreviewsMaskedLikeEveryOtherScreen) {
    auto number = world.file_case(world.resident());
    auto notice = world.act(clerk, number, "preview", {{"act", "accept"}, {"version", nullptr}});
    EXPECT_EQ(notice.code, "request_has_wrong_fields") << "a preview changes nothing and takes no version";
    ASSERT_EQ(world.accept(number).status, 200);
    auto url = "/api/cases/desk/cases/" + number + "/preview";
    auto licence = text_of(world.as(reviewer).post(url, {{"act", "approve"}}).body);
    EXPECT_NE(licence.find("亲属关系情况证明"), std::string::npos) << licence;
    EXPECT_NE(licence.find("周**"), std::string::npos) << licence;
    for (auto const* whole : {zhou_name, zhou_id_number, li_id_number, "李晓燕"})
        EXPECT_EQ(licence.find(whole), std::string::npos) << whole;
    auto denial = world.as(reviewer).post(url, {{"act", "deny"}, {"reason", "不符"}, {"basis", "依据"}});
    EXPECT_EQ(text_of(denial.body).find(zhou_name), std::string::npos);
}

TEST_P(PostsTest, NothingIsSubmittedWithoutAWayToCollectIt) {
    auto& person = world.resident();
    auto draft = world.fill_draft(person, World::Papers::promised);
    auto id = draft.text("/id");
    auto body = world.saving(draft.integer("/version"), world.good_answers(),
                             world.good_materials(World::Papers::promised));
    body.as_object().erase("collection");
    ASSERT_EQ(person.put("/api/cases/drafts/" + id, body).status, 200);
    auto checked = person.post("/api/cases/drafts/" + id + "/check");
    EXPECT_NE(checked.body.find("collection_is_missing"), std::string::npos) << checked;
}

INSTANTIATE_TEST_SUITE_P(all, PostsTest, testing::ValuesIn(kit::databases()), kit::database_name);

}  // namespace

}  // namespace tongban::app
