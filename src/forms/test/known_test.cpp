// What becomes known after a check: when the answers have to be looked at again, and when not.
#include <gtest/gtest.h>

#include "forms/forms.h"

namespace tongban::forms {
namespace {

std::vector<Supplied> supplied() {
    auto all = standard_supplied();
    for (auto const* path : {"kin.outcome", "kin.name", "home.outcome", "tax.outcome", "taxes.outcome"})
        all.push_back({path, rules::Type::string, Origin::asked});
    return all;
}

Form form() {
    auto made =
        read_form(json::parse(R"({"version":1,"title":"表","pages":[{"id":"one","title":"页","fields":[
        {"key":"who","kind":"name","label":"姓名","locked":"applicant.name"},
        {"key":"other","kind":"name","label":"对方","source":"kin.name"},
        {"key":"note","kind":"text","label":"说明","max_length":20,"optional":true},
        {"key":"all","kind":"group","label":"各处","min":0,"max":3,"fields":[
            {"key":"where","kind":"text","label":"地址","max_length":20,
             "visible_when":"home.outcome = \"none\""}]}
    ]}]})"),
                  supplied());
    for (auto const& wrong : made.ok() ? std::vector<FieldError>{} : made.error().fields)
        ADD_FAILURE() << wrong.path << " " << wrong.code;
    return MUST(std::move(made));
}

TEST(Supplied, answers_rest_on_what_fills_or_shows_a_field) {
    auto const made = form();
    EXPECT_TRUE(answers_rest_on(made, "kin")) << "fills";
    EXPECT_TRUE(answers_rest_on(made, "home")) << "shows, inside a group";
    EXPECT_TRUE(answers_rest_on(made, "applicant")) << "locks";
    EXPECT_FALSE(answers_rest_on(made, "tax"));
    EXPECT_FALSE(answers_rest_on(made, "ki")) << "a name is more than its beginning";
}

TEST(Supplied, one_value_later_is_the_same_as_all_at_once) {
    auto const made = form();
    Asked asked;
    asked.today = MUST(read_day("2026-10-15"));
    asked.given = {{"applicant.name", "周桂兰"}, {"applicant.birth", "1956-03-12"}};
    auto later = check(made, json::object{{"note", "无"}}, asked).context;
    supply(later, "tax.outcome", "found");
    supply(later, "applicant.phone", "19900000001");
    asked.given["tax.outcome"] = "found";
    asked.given["applicant.phone"] = "19900000001";
    auto const at_once = check(made, json::object{{"note", "无"}}, asked).context;
    for (auto const* name : {"applicant", "tax", "note", "today"}) {
        ASSERT_NE(later.find(name), nullptr) << name;
        EXPECT_EQ(*later.find(name), *at_once.find(name)) << name;
    }
    EXPECT_NE(later.find("applicant")->context()->find("birth")->date(), nullptr) << "a date, not a text";
}

}  // namespace
}  // namespace tongban::forms
