// test/shared/forms.cases.json: the same answers taken, refused and doubted on the server and in the browser.
#include "rules/test/shared_cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "forms/forms.h"

namespace tongban::forms {
namespace {

constexpr char const* cases_path = "test/shared/forms.cases.json";
constexpr char const* browser_path = "test/shared/forms.browser.json";
constexpr char const* kinship_path = "src/forms/test/kinship.form.json";

using Rows = std::vector<std::string>;

Rows rows_of(json::object const& one, std::string_view name) {
    Rows out;
    if (auto const* rows = one.if_contains(name)) {
        for (auto const& row : rows->as_array()) out.push_back(json::serialize(row));
    }
    std::sort(out.begin(), out.end());
    return out;
}

Rows sorted(Rows rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

Asked asked_of(json::object const& file, json::object const& one) {
    Asked asked;
    asked.stage = one.at("stage") == "draft" ? Stage::draft : Stage::submission;
    asked.today = MUST(read_day(std::string_view(file.at("today").as_string())));
    asked.given = one.at("given").as_object();
    if (auto const* disputed = one.if_contains("disputed")) asked.disputed = disputed->as_object();
    return asked;
}

void expect_checked(json::object const& one, Checked const& checked) {
    Rows errors, doubts, ignored;
    for (auto const& error : checked.errors) {
        errors.push_back(json::serialize(json::array{error.path, error.code}));
        EXPECT_FALSE(error.detail.empty()) << error.code;
        EXPECT_EQ(error.detail.find('{'), std::string::npos) << error.detail;
    }
    for (auto const& doubt : checked.doubts)
        doubts.push_back(json::serialize(json::array{doubt.path, doubt.condition, doubt.because.code}));
    for (auto const& path : checked.ignored) ignored.push_back(json::serialize(json::string(path)));
    EXPECT_EQ(sorted(errors), rows_of(one, "errors"));
    EXPECT_EQ(sorted(doubts), rows_of(one, "doubts"));
    if (one.contains("ignored")) {
        EXPECT_EQ(sorted(ignored), rows_of(one, "ignored"));
    }
    if (one.contains("taken")) {
        EXPECT_EQ(canonical_text(Json(checked.answers)), canonical_text(one.at("taken")));
    }
}

TEST(SharedCases, are_checked_alike) {
    Json const file = test::json_of(cases_path);
    ASSERT_TRUE(file.is_object()) << cases_path << " is not found: run inside the tree, or set TONGBAN_ROOT";
    std::map<std::string, Form> forms;
    forms.emplace("kinship", MUST(read_form(test::json_of(kinship_path))));
    forms.emplace("wide", MUST(read_form(file.at("wide"))));
    auto supplied = standard_supplied();
    for (auto const& datum : file.at("sourced_supplied").as_array()) {
        auto const word = std::string_view(datum.at(1).as_string());
        auto const type = word == "date"     ? rules::Type::date
                          : word == "number" ? rules::Type::number
                                             : rules::Type::string;
        supplied.push_back({std::string(datum.at(0).as_string()), type, Origin::asked});
    }
    forms.emplace("sourced", MUST(read_form(file.at("sourced"), supplied)));
    for (auto const& item : file.at("cases").as_array()) {
        auto const& one = item.as_object();
        SCOPED_TRACE(std::string(one.at("name").as_string()));
        Form const& form = forms.at(std::string(one.at("form").as_string()));
        auto const asked = asked_of(file.as_object(), one);
        auto const checked = check(form, one.at("answers"), asked);
        expect_checked(one, checked);
        auto const again = check(form, checked.answers, asked);
        if (checked.ok()) {
            EXPECT_EQ(canonical_text(Json(again.answers)), canonical_text(Json(checked.answers)));
        }
    }
    json::object browser;
    for (auto const& [name, form] : forms) browser[name] = to_browser(form);
    if (test::rebaselines())
        std::ofstream(test::tree_root() / browser_path, std::ios::binary) << json::serialize(browser) << "\n";
    EXPECT_EQ(test::json_of(browser_path), Json(browser)) << "TONGBAN_REBASELINE=1";
}

TEST(Words, are_those_the_browser_has) {
    Json const words = test::json_of("web/packages/forms/words.json");
    json::object mine;
    for (auto const& one : wordings()) mine[one.code] = json::object{{"zh", one.zh}, {"en", one.en}};
    EXPECT_EQ(words, Json(mine));
}

}  // namespace
}  // namespace tongban::forms
