// What people should not send, and what is answered by name.
#include <algorithm>

#include "files/test/encrypted.h"
#include "world.h"

namespace tongban::app {

namespace {

using Papers = World::Papers;

class Hostile : public HouseTest {
protected:
    /// What is said about one answer: at once, or when everything is checked.
    std::string said_about(std::string const& key, Json value) {
        auto answers = world.good_answers();
        answers[key] = std::move(value);
        auto draft = world.resident().post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
        auto url = "/api/cases/drafts/" + draft.text("/id");
        auto saved =
            world.resident().put(url, world.saving(1, answers, world.good_materials(Papers::promised)));
        auto path = "/answers/" + key;
        std::string code = saved.field(path);
        if (saved.status == 200) {
            auto checked = world.resident().post(url + "/check");
            for (auto const& wrong : checked.json.at("wrong").as_array())
                if (wrong.at("path").as_string() == path) code = std::string(wrong.at("code").as_string());
        }
        world.resident().del(url);
        return code;
    }
    std::string said_about_body(std::string const& body) {
        auto draft = world.resident().post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
        auto url = "/api/cases/drafts/" + draft.text("/id");
        auto code = world.resident().send("PUT", url, body, {}).code;
        world.resident().del(url);
        return code;
    }
    std::string said_about_file(std::string_view name, std::string_view type, std::string_view bytes) {
        return world.resident().upload("/api/files/uploads", "file", name, type, bytes).code;
    }
    void work_as(std::string const& account, std::string const& post) {
        auto chosen = world.as(account).post("/api/identity/post", {{"post", post}});
        EXPECT_EQ(chosen.status, 200) << chosen;
    }
    std::string code_of(std::string const& who, std::string const& url) {
        return world.as(who).get(url).code;
    }
};
INSTANTIATE_TEST_SUITE_P(all, Hostile, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Hostile, each_wrong_answer_is_named) {
    struct Wrong {
        char const* key;
        Json value;
        char const* code;
    };
    std::string long_text;
    for (int i = 0; i < 41; ++i) long_text += "长";
    for (auto const& each :
         std::vector<Wrong>{{"other_id_number", Json("990102198107250241"), "id_number_check_is_wrong"},
                            {"other_id_number", Json("99010219811325024X"), "id_number_has_no_such_date"},
                            {"other_id_number", Json("9901021981072502"), "id_number_has_wrong_length"},
                            {"other_id_number", Json("9901021981072502AX"), "id_number_has_wrong_character"},
                            {"other_id_number", Json(zhou_id_number), "field_breaks_a_rule"},
                            {"other_name", Json("李"), "name_is_too_short"},
                            {"other_name", Json("李<b>晓燕</b>"), "name_has_wrong_character"},
                            {"relation", Json("cousin"), "choice_is_not_offered"},
                            {"relation", Json(json::array{"daughter"}), "answer_has_wrong_type"},
                            {"receiving_unit", Json(7), "answer_has_wrong_type"},
                            {"receiving_unit", Json(""), "field_is_missing"},
                            {"receiving_unit", Json("银行\u202E行银"), "text_has_direction_marks"},
                            {"receiving_unit", Json("银行\u0007"), "text_has_control_characters"},
                            {"receiving_unit", Json(long_text), "text_is_too_long"},
                            {"contact_phone", Json("12345"), "phone_is_not_a_mobile_number"},
                            {"amount", Json("1"), "field_is_unknown"},
                            {"__proto__", Json("1"), "field_is_unknown"}})
        EXPECT_EQ(said_about(each.key, each.value), each.code) << each.key << " " << to_text(each.value);
}

TEST_P(Hostile, a_body_that_is_no_plain_json_is_refused_whole) {
    auto good = to_text(world.saving(1, world.good_answers(), {}));
    auto with = [&](std::string const& from, std::string const& to) {
        auto body = good;
        return body.replace(body.find(from), from.size(), to);
    };
    EXPECT_EQ(said_about_body(with("示例银行", "\\u0000")), "body_is_not_json");
    EXPECT_EQ(said_about_body(with("示例银行", std::string("\0", 1))), "body_is_not_json");
    EXPECT_EQ(said_about_body(with("示例银行", "\xC0\xAF")), "body_is_not_json");
    EXPECT_EQ(said_about_body(with("示例银行", "\\ud800")), "body_is_not_json");
    EXPECT_EQ(said_about_body(std::string(10'000, '[')), "body_is_not_json");
    EXPECT_EQ(said_about_body(std::string(10'000, '[') + std::string(10'000, ']')), "body_is_not_json");
    EXPECT_EQ(said_about_body(with("\"step\"", "\"version\":1,\"step\"")), "body_is_not_json");
    EXPECT_EQ(said_about_body(good + "{}"), "body_is_not_json");
    EXPECT_EQ(said_about_body(with("示例银行", std::string(300'000, 'x'))), "body_is_too_large");
    EXPECT_EQ(
        world.resident().send("POST", "/api/cases/drafts", "item=1", {{"Content-Type", "text/plain"}}).code,
        "content_type_is_not_accepted");
    auto missing = world.resident().post("/api/cases/drafts", {{"item", item_code}});
    EXPECT_EQ(missing.status, 422) << missing;
    EXPECT_FALSE(missing.field("/region").empty()) << missing;
}

TEST_P(Hostile, what_the_register_says_cannot_be_typed) {
    auto answers = world.good_answers();
    answers["applicant_name"] = "王五";
    answers["applicant_id_number"] = li_id_number;
    auto draft = world.resident().post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
    auto saved = world.resident().put("/api/cases/drafts/" + draft.text("/id"),
                                      world.saving(1, answers, world.good_materials(Papers::promised)));
    ASSERT_EQ(saved.status, 200) << saved;
    auto case_no = world.submit(world.resident(), saved).text("/case_no");
    auto whole = world.as(clerk).post("/api/cases/desk/cases/" + case_no + "/reveal", {{"reason", "核对"}});
    EXPECT_NE(whole.body.find(zhou_id_number), std::string::npos) << whole;
    EXPECT_EQ(whole.body.find("王五"), std::string::npos);
}

TEST_P(Hostile, a_promise_is_to_the_very_text_that_is_in_force) {
    auto draft = world.resident().post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
    auto url = "/api/cases/drafts/" + draft.text("/id");
    auto materials = world.good_materials(Papers::promised);
    materials[0].as_object()["promise"].as_object()["hash"] = std::string(64, '0');
    auto forged = world.resident().put(url, world.saving(1, world.good_answers(), materials));
    EXPECT_EQ(forged.field("/materials/commitment"), "text_is_not_the_present_version") << forged;
    materials[0] = {{"key", "commitment"}, {"way", "promise"}};
    auto silent = world.resident().put(url, world.saving(1, world.good_answers(), materials));
    ASSERT_EQ(silent.status, 200) << silent;
    EXPECT_EQ(world.submit(world.resident(), silent).field("/materials/commitment"), "text_is_not_agreed_to");
    materials[0] = {{"key", "commitment"}, {"way", "upload"}, {"files", json::array{}}};
    auto other_way = world.resident().put(url, world.saving(2, world.good_answers(), materials));
    EXPECT_EQ(other_way.field("/materials/commitment"), "material_way_is_not_offered") << other_way;
    materials[0] = {{"key", "bank_statement"}, {"way", "promise"}};
    auto unknown = world.resident().put(url, world.saving(2, world.good_answers(), materials));
    EXPECT_EQ(unknown.field("/materials/bank_statement"), "material_is_unknown") << unknown;
    auto bare = world.resident().put(url, world.saving(2, world.good_answers(), {}));
    ASSERT_EQ(bare.status, 200) << bare;
    auto refused = world.submit(world.resident(), bare);
    EXPECT_EQ(refused.code, "application_is_incomplete");
    for (auto const* key : {"commitment", "household_register", "birth_certificate"})
        EXPECT_EQ(refused.field(std::string("/materials/") + key), "material_is_missing") << key;
}

TEST_P(Hostile, an_upload_is_what_it_says_or_it_is_refused) {
    EXPECT_EQ(said_about_file("a.png", "image/png", small_pdf()), "file_is_not_what_its_name_says");
    EXPECT_EQ(said_about_file("a.pdf", "application/pdf", "MZ\x90 this is a program"),
              "file_is_not_what_its_name_says");
    EXPECT_EQ(said_about_file("a.svg", "image/svg+xml", "<svg onload='alert(1)'/>"),
              "file_kind_is_not_accepted");
    EXPECT_EQ(said_about_file("a.png", "image/png", ""), "file_is_empty");
    EXPECT_EQ(said_about_file("a.png", "image/png", small_png().substr(0, 60)), "file_is_damaged");
    EXPECT_EQ(said_about_file("a.pdf", "application/pdf",
                              small_pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
              "pdf_has_active_content");
    EXPECT_EQ(said_about_file("a.pdf", "application/pdf", files::testing::encrypted(small_pdf())),
              "pdf_is_encrypted");
    auto large = world.resident().upload("/api/files/uploads", "file", "a.png", "image/png",
                                         std::string(21 * 1024 * 1024, 'x'));
    EXPECT_EQ(large.status, 413) << large;
    EXPECT_EQ(world.resident().upload("/api/files/uploads", "paper", "a.png", "image/png", small_png()).code,
              "file_is_missing");
    EXPECT_EQ(said_about_file("a.pdf", "application/pdf", small_pdf()), "") << "and a plain one is taken";
}

TEST_P(Hostile, what_belongs_to_others_is_not_there) {
    auto draft = world.fill_draft(world.resident(), Papers::uploaded);
    auto file = draft.text("/materials/1/files/0/id") + draft.text("/materials/2/files/0/id");
    EXPECT_EQ(code_of(li, "/api/cases/drafts/" + draft.text("/id")), "draft_is_unknown");
    EXPECT_EQ(world.submit(world.as(li), draft).status, 404);
    EXPECT_EQ(world.as(li).del("/api/cases/drafts/" + draft.text("/id")).status, 404);
    EXPECT_EQ(code_of(li, "/api/files/uploads/" + file), "file_is_unknown");
    auto theirs = world.as(li).post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
    auto stolen =
        world.as(li).put("/api/cases/drafts/" + theirs.text("/id"),
                         world.saving(1, world.good_answers(), world.good_materials(Papers::uploaded, file)));
    EXPECT_EQ(stolen.code, "file_is_unknown") << stolen;

    auto case_no = world.submit(world.resident(), draft).text("/case_no");
    ASSERT_EQ(world.accept(case_no).status, 200);
    ASSERT_EQ(world.approve(case_no).status, 200);
    world.pump();
    auto shown = world.mine(case_no);
    auto letter = shown.text("/letters/0/id");
    auto licence = shown.text("/licence/id");
    ASSERT_FALSE(letter.empty() || licence.empty()) << shown;
    auto own = world.as(li).post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
    auto mother = world.good_answers();
    mother["relation"] = "mother";
    mother["other_name"] = zhou_name;
    mother["other_id_number"] = zhou_id_number;
    auto filled_in = world.as(li).put("/api/cases/drafts/" + own.text("/id"),
                                      world.saving(1, mother, world.good_materials(Papers::promised)));
    auto of_li = world.submit(world.as(li), filled_in).text("/case_no");
    EXPECT_EQ(code_of(li, "/api/cases/mine/" + case_no), "case_is_unknown");
    EXPECT_EQ(code_of(li, "/api/cases/mine/" + case_no + "/receipt"), "case_is_unknown");
    EXPECT_EQ(code_of(li, "/api/cases/mine/" + case_no + "/letters/" + letter), "case_is_unknown");
    EXPECT_EQ(code_of(li, "/api/cases/mine/" + of_li + "/letters/" + letter), "letter_is_unknown");
    EXPECT_EQ(code_of(li, "/api/cases/mine/" + of_li + "/files/" + file), "file_is_unknown");
    EXPECT_EQ(code_of(clerk, "/api/cases/desk/cases/" + of_li + "/files/" + file), "file_is_unknown");
    EXPECT_EQ(world.as(li).post("/api/cases/mine/" + case_no + "/withdrawal", {{"version", 3}}).code,
              "case_is_unknown");
    EXPECT_EQ(world.as(li).get("/api/licences/mine/" + licence).status, 404);
    EXPECT_EQ(world.as(li).get("/api/licences/mine/" + licence + "/file").status, 404);
    auto used = world.resident().post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
    auto again = world.resident().put(
        "/api/cases/drafts/" + used.text("/id"),
        world.saving(1, world.good_answers(), world.good_materials(Papers::uploaded, file)));
    EXPECT_EQ(again.code, "file_is_unknown") << "a paper of one case cannot be moved to another\n" << again;
}

TEST_P(Hostile, a_desk_sees_its_own_cases_only) {
    auto draft = world.fill_draft(world.resident(), Papers::uploaded);
    auto file = draft.text("/materials/1/files/0/id") + draft.text("/materials/2/files/0/id");
    auto case_no = world.submit(world.resident(), draft).text("/case_no");
    world.pump();
    auto url = "/api/cases/desk/cases/" + case_no;
    EXPECT_EQ(code_of(clerk, "/api/cases/desk/queues/everything"), "queue_is_unknown");
    EXPECT_EQ(code_of(reviewer, url), "case_is_unknown") << "a post sees nothing before acceptance";
    for (auto const* who : {clerk_elsewhere, reviewer_elsewhere}) {
        EXPECT_EQ(code_of(who, url), "case_is_unknown");
        EXPECT_EQ(code_of(who, url + "/files/" + file), "case_is_unknown");
        EXPECT_EQ(code_of(who, url + "/letters/" + world.mine(case_no).text("/letters/0/id")),
                  "case_is_unknown");
        EXPECT_EQ(world.as(who).post(url + "/reveal", {{"reason", "想看看"}}).code, "case_is_unknown");
        EXPECT_EQ(world.as(who).get("/api/cases/desk/search?q=" + case_no).integer("/total"), 0);
        EXPECT_EQ(world.as(who).get(std::string("/api/cases/desk/search?q=") + zhou).integer("/total"), 0);
    }
    EXPECT_EQ(world.act(clerk_elsewhere, case_no, "acceptance", {{"version", 1}}).code, "case_is_unknown");
    EXPECT_EQ(
        world
            .act(reviewer, case_no, "decision", {{"version", 1}, {"verdict", "approve"}, {"opinion", "同意"}})
            .code,
        "case_is_unknown");
    EXPECT_EQ(world.as(clerk)
                  .get(std::string("/api/cases/desk/search?q=") + zhou_id_number)
                  .text("/rows/0/case_no"),
              case_no);
    EXPECT_EQ(code_of(clerk, "/api/cases/desk/cases/990102202610150000022"), "case_is_unknown");
    ASSERT_EQ(world.accept(case_no).status, 200);
    EXPECT_EQ(code_of(reviewer_elsewhere, url), "case_is_unknown");
    EXPECT_EQ(world
                  .act(reviewer_elsewhere, case_no, "decision",
                       {{"version", 2}, {"verdict", "approve"}, {"opinion", "同意"}})
                  .code,
              "case_is_unknown");
}

TEST_P(Hostile, nobody_reviews_what_they_accepted) {
    auto case_no = world.file_case(world.resident());
    work_as(both_roles, "990102001-window");
    ASSERT_EQ(world.accept(case_no, both_roles).status, 200);
    EXPECT_EQ(world.approve(case_no, both_roles).code, "permission_is_missing") << "a window decides nothing";
    work_as(both_roles, "990102001-review");
    auto own = world.approve(case_no, both_roles);
    EXPECT_EQ(own.code, "reviewer_was_acceptor") << own;
    auto others = world.file_case(world.resident());
    ASSERT_EQ(world.accept(others).status, 200);
    EXPECT_EQ(world.approve(others, both_roles).status, 200) << "what others accepted they may";
    EXPECT_EQ(world.approve(case_no).status, 200);
    auto foreign = world.as(both_roles).post("/api/identity/post", {{"post", "990102002-review"}});
    EXPECT_EQ(foreign.code, "post_is_not_yours") << foreign;
}

TEST_P(Hostile, six_digits_cannot_be_tried_out) {
    auto receipt = world.submit(world.resident(), world.fill_draft(world.resident(), Papers::promised));
    auto ask = [&](std::string const& case_no, std::string const& code) {
        return world.nobody().post("/api/cases/progress", {{"case_no", case_no}, {"query_code", code}});
    };
    auto const case_no = receipt.text("/case_no");
    auto const right = receipt.text("/query_code");
    auto const wrong = right == "000000" ? "000001" : "000000";
    auto unknown = ask("990102202610150000022", right);
    for (int i = 0; i < 5; ++i) {
        auto refused = ask(case_no, wrong);
        EXPECT_EQ(refused.code, "case_or_code_is_wrong") << refused;
        EXPECT_EQ(refused.text("/detail"), unknown.text("/detail"))
            << "the answer tells nothing of which is wrong";
        EXPECT_EQ(refused.status, unknown.status);
    }
    auto locked = ask(case_no, right);
    EXPECT_EQ(locked.code, "too_many_attempts") << locked;
    EXPECT_FALSE(locked.header("Retry-After").empty());
    EXPECT_EQ(world.resident().get("/api/cases/mine/" + case_no).status, 200)
        << "the owner is not locked out";
    world.clock.advance(std::chrono::hours{1});
    EXPECT_EQ(ask(case_no, right).status, 200);
}

TEST_P(Hostile, an_item_asks_for_its_level_and_its_place) {
    auto low = world.as("19900000009").post("/api/cases/drafts", {{"item", item_code}, {"region", street}});
    EXPECT_EQ(low.code, "real_name_level_is_too_low") << low;
    auto open = [&](char const* item, char const* region) {
        return world.resident().post("/api/cases/drafts", {{"item", item}, {"region", region}}).code;
    };
    EXPECT_EQ(open("992080005999", street), "item_is_unknown");
    EXPECT_EQ(open(item_code, "990100000000"), "item_is_not_available_here")
        << "a city issues no kinship proofs";
    EXPECT_FALSE(open(item_code, "../../etc").empty());
    std::string last;
    for (int i = 0; i < 21; ++i) last = open(item_code, street);
    EXPECT_EQ(last, "too_many_drafts");
}

}  // namespace

}  // namespace tongban::app
