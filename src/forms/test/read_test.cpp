// A schema is refused with every wrong place, by name.
#include <gtest/gtest.h>

#include <algorithm>

#include "forms/forms.h"
#include "rules/test/shared_cases.h"

namespace tongban::forms {
namespace {

/// A form of one page with these fields (JSON).
Json form_with(std::string const& fields) {
    return json::parse(R"({"version":1,"title":"表","pages":[{"id":"one","title":"页","fields":[)" + fields +
                       "]}]}");
}

/// `path code` of everything found wrong.
std::vector<std::string> wrong_in(Json const& schema) {
    auto const form = read_form(schema);
    std::vector<std::string> out;
    if (form.ok()) return out;
    EXPECT_EQ(form.error().code, "form_is_wrong");
    for (auto const& field : form.error().fields) {
        out.push_back(field.path + " " + field.code);
        EXPECT_FALSE(field.detail.empty()) << field.code;
    }
    return out;
}

std::string text_field(std::string const& more) {
    return R"({"key":"a","kind":"text","label":"甲")" + (more.empty() ? "" : "," + more) + "}";
}

using Found = std::vector<std::string>;
std::string const at = "/pages/0/fields/0";

TEST(ReadForm, takes_the_sample_and_knows_its_fields) {
    auto const form = MUST(read_form(test::json_of("src/forms/test/kinship.form.json")));
    EXPECT_EQ(form.pages.size(), 3U);
    ASSERT_NE(form.field("relation"), nullptr);
    EXPECT_EQ(form.field("relation")->choices.size(), 9U);
    EXPECT_EQ(form.field("applicant_name")->locked, "applicant.name");
    EXPECT_EQ(form.field("relation_note")->visible_when->names(), std::vector<std::string>{"relation"});
    EXPECT_EQ(form.field("nothing"), nullptr);
}

TEST(ReadForm, wants_an_object_with_all_its_members) {
    EXPECT_EQ(wrong_in(Json(1)), Found{" member_has_wrong_type"});
    EXPECT_EQ(wrong_in(json::parse("{}")),
              (Found{"/version member_is_missing", "/title member_is_missing", "/pages member_is_missing"}));
    EXPECT_EQ(wrong_in(json::parse(R"({"version":2,"title":" ","pages":[],"x":1})")),
              (Found{"/x member_is_not_known", "/version number_is_out_of_range", "/title text_is_empty",
                     "/pages list_is_empty"}));
    EXPECT_EQ(wrong_in(form_with("7")), Found{at + " member_has_wrong_type"});
    EXPECT_EQ(wrong_in(form_with("{}")),
              (Found{at + "/key member_is_missing", at + "/label member_is_missing",
                     at + "/kind member_is_missing"}));
}

TEST(ReadForm, wants_page_ids_that_are_names_and_differ) {
    json::array pages;
    for (auto const* id : {"Two", "one", "one"}) {
        json::object const field{
            {"key", "f" + std::to_string(pages.size())}, {"kind", "text"}, {"label", "甲"}};
        pages.push_back(json::object{{"id", id}, {"title", "页"}, {"fields", json::array{field}}});
    }
    EXPECT_EQ(wrong_in(json::object{{"version", 1}, {"title", "表"}, {"pages", pages}}),
              (Found{"/pages/0/id page_id_is_malformed", "/pages/2/id page_id_is_repeated"}));
}

TEST(ReadForm, wants_lists_that_a_person_can_look_through) {
    auto const choices = [](int count) {
        json::array all;
        for (int i = 0; i < count; ++i)
            all.push_back(json::object{{"value", "v" + std::to_string(i)}, {"label", "子"}});
        json::object const field{{"key", "a"}, {"kind", "choice"}, {"label", "甲"}, {"choices", all}};
        return wrong_in(form_with(json::serialize(field)));
    };
    EXPECT_EQ(choices(200), Found{});
    EXPECT_EQ(choices(201), Found{at + "/choices list_is_too_long"});
}

TEST(ReadForm, wants_keys_that_are_names_and_differ) {
    for (auto const* key : {"A", "1a", "关系", "a-b", "a.b"})
        EXPECT_EQ(
            wrong_in(form_with(R"({"key":")" + std::string(key) + R"(","kind":"text","label":"甲"})"))[0],
            at + "/key field_key_is_malformed");
    for (auto const* key : {"today", "applicant", "if", "null", "true"})
        EXPECT_EQ(wrong_in(form_with(R"({"key":")" + std::string(key) + R"(","kind":"text","label":"甲"})")),
                  Found{at + "/key field_key_is_reserved"});
    EXPECT_EQ(wrong_in(form_with(text_field("") + "," + text_field(""))),
              Found{"/pages/0/fields/1/key field_key_is_repeated"});
    EXPECT_EQ(wrong_in(form_with(text_field(R"("name":"两 个")"))),
              Found{at + "/name field_key_is_reserved"});
}

TEST(ReadForm, takes_only_what_fits_the_kind) {
    EXPECT_EQ(wrong_in(form_with(R"({"key":"a","kind":"slider","label":"甲"})")),
              Found{at + "/kind field_kind_is_not_known"});
    EXPECT_EQ(wrong_in(form_with(text_field(R"("choices":[],"min":1,"decimals":2,"fields":[])"))),
              (Found{at + "/min member_does_not_fit_kind", at + "/decimals member_does_not_fit_kind",
                     at + "/choices member_does_not_fit_kind", at + "/fields member_does_not_fit_kind"}));
    EXPECT_EQ(wrong_in(form_with(R"({"key":"a","kind":"date","label":"甲","max_length":3,"pattern":"a"})")),
              (Found{at + "/max_length member_does_not_fit_kind", at + "/pattern member_does_not_fit_kind"}));
    EXPECT_EQ(wrong_in(form_with(R"({"key":"a","kind":"choice","label":"甲"})")),
              Found{at + "/choices member_is_missing"});
    EXPECT_EQ(
        wrong_in(form_with(R"({"key":"a","kind":"choice","label":"甲","choices":[{"value":"x","label":"子"},
              {"value":"x","label":"丑"},{"value":" y","label":"寅"}]})")),
        (Found{at + "/choices/1/value choice_value_is_repeated",
               at + "/choices/2/value choice_value_is_malformed"}));
    EXPECT_EQ(
        wrong_in(form_with(R"({"key":"a","kind":"number","label":"甲","min":5,"max":"4.5","decimals":1})")),
        Found{at + "/max limits_are_reversed"});
    EXPECT_EQ(wrong_in(form_with(R"({"key":"a","kind":"number","label":"甲","min":0.5})")),
              Found{at + "/min member_has_wrong_type"});
    EXPECT_EQ(wrong_in(form_with(R"({"key":"a","kind":"group","label":"甲","min":3,"max":2,"fields":[
              {"key":"b","kind":"group","label":"乙","fields":[]}]})")),
              (Found{at + "/max limits_are_reversed", at + "/fields/0/kind group_is_inside_a_group"}));
    EXPECT_EQ(wrong_in(form_with(text_field(R"("locked":"applicant.weight")"))),
              Found{at + "/locked locked_source_is_not_known"});
    EXPECT_EQ(wrong_in(form_with(text_field(R"("locked":"applicant.birth")"))),
              Found{at + "/locked locked_source_does_not_fit"});
    EXPECT_EQ(wrong_in(form_with(text_field(R"("x-en":{"lable":"A"},"hint":"a\u202eb")"))),
              (Found{at + "/x-en/lable member_is_not_known", at + "/hint text_has_control_characters"}));
}

TEST(ReadForm, says_where_a_condition_is_wrong) {
    auto const condition = [](std::string const& text) {
        json::object field{{"key", "a"}, {"kind", "text"}, {"label", "甲"}, {"visible_when", text}};
        json::object choice{{"key", "c"}, {"kind", "choice"}, {"label", "丙"}};
        choice["choices"] = json::array{json::object{{"value", "x"}, {"label", "子"}}};
        return wrong_in(form_with(json::serialize(choice) + "," + json::serialize(field)));
    };
    std::string const second = "/pages/0/fields/1/visible_when ";
    EXPECT_EQ(condition("c = \"x\" and today > date(\"2026-01-01\")"), Found{});
    EXPECT_EQ(condition("c ＝ \"x\""), Found{second + "punctuation_is_full_width"});
    EXPECT_EQ(condition("cc = \"x\""), Found{second + "name_is_not_known"});
    EXPECT_EQ(condition("c = \"y\""), Found{second + "condition_names_no_such_choice"});
    EXPECT_EQ(condition("c in (\"x\", \"y\")"), Found{second + "condition_names_no_such_choice"});
    EXPECT_EQ(condition("c in [\"z\"]"), Found{second + "condition_names_no_such_choice"});
    EXPECT_EQ(condition("string length(c)"), Found{second + "condition_is_not_a_boolean"});
    EXPECT_EQ(condition("a = \"x\""), Found{second + "condition_refers_to_a_later_field"});
    EXPECT_EQ(condition("some i in [1] satisfies i > 0"), Found{second + "expression_is_beyond_the_browser"});
    EXPECT_EQ(condition(std::string(20'000, '(')), Found{second + "expression_is_too_long"});
    EXPECT_EQ(condition(std::string(200, '(')), Found{second + "expression_is_too_deep"});
    EXPECT_EQ(wrong_in(form_with(text_field(R"("required_when":"a = null")"))),
              Found{at + "/required_when condition_refers_to_itself"});
    EXPECT_EQ(wrong_in(form_with(text_field(R"("required_when":"true","optional":true)"))),
              Found{at + "/required_when required_when_beside_optional"});
    EXPECT_EQ(
        wrong_in(
            form_with(text_field(R"("valid_when":[{"when":"a > 1","message":"不行"},{"message":"啊"}])"))),
        (Found{at + "/valid_when/0/when types_never_fit", at + "/valid_when/1/when member_is_missing"}));
}

TEST(ReadForm, takes_patterns_both_engines_read_alike_and_neither_can_be_hung_by) {
    auto const pattern = [](std::string const& text) {
        json::object field{
            {"key", "a"}, {"kind", "text"}, {"label", "甲"}, {"pattern", text}, {"pattern_message", "不对"}};
        auto const wrong = wrong_in(form_with(json::serialize(field)));
        return wrong.empty() ? std::string() : wrong[0].substr(wrong[0].find(' ') + 1);
    };
    for (auto const* good : {"[A-Z]{2}\\d{4}", "(?:甲|乙)丙", "[^\\]\\-a]+", ".*", "a+b+c*", "(ab){2}",
                             "(a|b){3}", "[-+]?\\d+", "\\(\\d{3,4}\\)", "𠮷{2}", "(?:a\\d{2}){1,10}"})
        EXPECT_EQ(pattern(good), "") << good;
    for (auto const* runs :
         {"(a+)+", "(a|a)*", "(.*)*", "((a{2}){10}){10}", "a*a*a*a*b", "(a|ab){30}", "(a?){20}", "a{1000}",
          "(((((((((((((a)))))))))))))", "a?a?a?a?a?a?a?", "(a|b|c|d|e){3}"})
        EXPECT_EQ(pattern(runs), "pattern_may_run_away") << runs;
    for (auto const* odd : {"^a$", "\\w+", "\\s", "\\p{Han}", "(?i)a", "(?=a)", "(?<n>a)", "a*?", "a++",
                            "[[:alpha:]]", "\\1", "\\b"})
        EXPECT_EQ(pattern(odd), "pattern_is_not_portable") << odd;
    for (auto const* broken :
         {"(", ")", "[", "[]", "a{", "a{2,1}", "*", "a]", "}", "a|*", "\\", "[b-a]", "[\\d-z]", "a{,3}"})
        EXPECT_EQ(pattern(broken), "pattern_is_malformed") << broken;
    auto const on_text_of = [](std::string const& most) {
        return wrong_in(
            form_with(text_field(R"("pattern":"a*","pattern_message":"不对","max_length":)" + most)));
    };
    EXPECT_EQ(on_text_of("200"), Found{});
    EXPECT_EQ(on_text_of("201"), Found{at + "/max_length pattern_text_is_too_long"});
    EXPECT_EQ(pattern(std::string(201, 'a')), "pattern_is_too_long");
    EXPECT_EQ(pattern(std::string(100'000, '(')), "pattern_is_too_long");
}

TEST(ReadForm, is_what_the_published_schema_says) {
    Json const schema = test::json_of("packs/schemas/form.schema.json");
    ASSERT_TRUE(schema.is_object());
    auto const& field = schema.at("$defs").at("field").at("properties").as_object();
    Found kinds;
    for (auto const& kind : field.at("kind").at("enum").as_array()) kinds.emplace_back(kind.as_string());
    Found mine;
    for (int i = 0; i <= static_cast<int>(FieldKind::group); ++i)
        mine.emplace_back(to_text(static_cast<FieldKind>(i)));
    std::sort(kinds.begin(), kinds.end());
    std::sort(mine.begin(), mine.end());
    EXPECT_EQ(kinds, mine);
    json::object all{{"not_a_member", 1}};
    for (auto const& [name, unused] : field) all[name] = nullptr;
    auto const wrong = wrong_in(form_with(json::serialize(all)));
    auto const unknown = std::count_if(wrong.begin(), wrong.end(),
                                       [](auto const& one) { return one.ends_with("member_is_not_known"); });
    EXPECT_EQ(unknown, 1) << "the reader knows every member the schema names, and no other";
}

TEST(Checked, hands_on_what_conditions_saw) {
    auto const form = MUST(read_form(test::json_of("src/forms/test/kinship.form.json")));
    Asked asked;
    asked.today = MUST(read_day("2026-10-15"));
    asked.given = {{"applicant.birth", "1954-02-28"}, {"applicant.real_name_level", 2}};
    auto const checked = check(form, json::parse(R"({"relation":"child","other_id_number":"12"})"), asked);
    auto const names =
        rules::Names().add("relation").add("other_id_number").add("today").add("applicant.birth");
    for (auto const* holds : {"relation = \"child\"", "other_id_number = null", "today > applicant.birth"})
        EXPECT_EQ(rules::decide(MUST(rules::parse(holds, names)), checked.context).verdict,
                  rules::Verdict::yes)
            << holds;
    EXPECT_EQ(checked.refusal().code, "answers_are_wrong");
    EXPECT_EQ(checked.refusal().fields.size(), checked.errors.size());
}

TEST(Checked, wants_as_many_entries_as_a_group_asks_for) {
    auto const group = [](std::string const& more) {
        return MUST(read_form(form_with(R"({"key":"members","kind":"group","label":"成员","min":2,)" + more +
                                        R"("fields":[{"key":"who","kind":"name","label":"姓名"}]})")));
    };
    Asked asked;
    asked.today = MUST(read_day("2026-10-15"));
    auto const wrong = [&asked](Form const& form, char const* answers) {
        Found out;
        for (auto const& error : check(form, json::parse(answers), asked).errors)
            out.push_back(error.path + " " + error.code + " " + error.detail);
        return out;
    };
    auto const* one = R"({"members":[{"who":"周明"}]})";
    auto const form = group("");
    Found const too_few{"/answers/members group_has_too_few “成员”至少填2项。"};
    asked.stage = Stage::submission;
    EXPECT_EQ(wrong(form, one), too_few);
    EXPECT_EQ(wrong(form, "{}"), too_few);
    EXPECT_EQ(wrong(form, R"({"members":[{"who":"周明"},{"who":"周亮"}]})"), Found{});
    auto const may_be_left_out = group(R"("optional":true,)");
    EXPECT_EQ(wrong(may_be_left_out, "{}"), Found{});
    EXPECT_EQ(wrong(may_be_left_out, one), too_few) << "begun, so it is wanted whole";
    asked.stage = Stage::draft;
    EXPECT_EQ(wrong(form, one), Found{}) << "a draft may be unfinished";
}

TEST(Lines, show_answers_to_people) {
    auto const form = MUST(read_form(test::json_of("src/forms/test/kinship.form.json")));
    json::object const answers{{"applicant_name", "周桂兰"}, {"relation", "child"}, {"other_name", "周明"}};
    auto const shown = lines(form, answers);
    ASSERT_EQ(shown.size(), 3U);
    EXPECT_EQ(shown[0].label.zh + shown[0].text.zh, "姓名周桂兰");
    EXPECT_TRUE(shown[0].locked);
    EXPECT_EQ(shown[1].path, "/other_name");
    EXPECT_EQ(shown[2].text.zh, "子女");
    EXPECT_EQ(shown[2].text.en, "Child");
    EXPECT_EQ(shown[2].page.en, "The other person");
    auto const wide = MUST(read_form(test::json_of("test/shared/forms.cases.json").at("wide")));
    auto const more =
        lines(wide, json::parse(R"({"wishes":["a","c"],"born":"2024-02-29","income":"12.50","agreed":false,
        "members":[{"member_name":"周明"},{"member_name":"周亮"}]})")
                        .as_object());
    ASSERT_EQ(more.size(), 6U);
    EXPECT_EQ(more[0].text.zh, "甲、丙");
    EXPECT_EQ(more[1].text.zh, "2024年2月29日");
    EXPECT_EQ(more[2].text.zh, "12.50元");
    EXPECT_EQ(more[3].text.zh, "否");
    EXPECT_EQ(more[5].label.zh, "家庭成员2，姓名");
    EXPECT_EQ(more[5].path, "/members/1/member_name");
}

TEST(ReadForm, wants_sources_that_are_there_and_fit) {
    auto supplied = standard_supplied();
    supplied.push_back({"home.address", rules::Type::string, Origin::asked});
    supplied.push_back({"home.since", rules::Type::date, Origin::asked});
    auto const wrong = [&](std::string const& more) {
        Found out;
        auto const form = read_form(form_with(text_field(more)), supplied);
        if (!form.ok())
            for (auto const& field : form.error().fields) out.push_back(field.path + " " + field.code);
        return out;
    };
    EXPECT_EQ(wrong(R"("source":"home.address")"), Found{});
    EXPECT_EQ(wrong(R"("prefill":"applicant.address")"), Found{});
    EXPECT_EQ(wrong(R"("prefill":"home.address")"), Found{});
    EXPECT_EQ(wrong(R"("source":"home.rooms")"), Found{at + "/source source_is_not_known"});
    EXPECT_EQ(wrong(R"("source":"applicant.address")"), Found{at + "/source source_is_not_known"});
    EXPECT_EQ(wrong(R"("source":"home.since")"), Found{at + "/source source_does_not_fit"});
    EXPECT_EQ(wrong(R"("source":"home.address","prefill":"applicant.name")"),
              Found{at + "/source field_has_two_sources"});
    auto const grouped = form_with(R"({"key":"g","kind":"group","label":"组","fields":[)" +
                                   text_field(R"("source":"home.address")") + "]}");
    auto const form = read_form(grouped, supplied);
    ASSERT_FALSE(form.ok());
    EXPECT_EQ(form.error().fields[0].code, "source_is_inside_a_group");
}

}  // namespace
}  // namespace tongban::forms
