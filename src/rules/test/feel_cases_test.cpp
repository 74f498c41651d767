// feel.cases.json: every area of the language in both profiles.
#include <gtest/gtest.h>

#include "rules/compare.h"
#include "rules/rules.h"
#include "rules/test/shared_cases.h"

namespace tongban::rules {
namespace {

std::string text_of(Value const& value) {
    if (value.is_undetermined()) return value.reason() == nullptr ? "unset" : value.reason()->code;
    auto const text = feel_text(Value(List{value}));
    return text.substr(1, text.size() - 2);
}

class FeelCases : public ::testing::TestWithParam<Profile> {
protected:
    void SetUp() override {
        file_ = test::json_of("src/rules/test/feel.cases.json");
        context_ = *MUST(from_json(file_.at("context"))).context();
        for (auto const& [name, value] : context_.entries()) {
            frame_.put(names_.declare(name, declared(value)), value);
        }
        settings_.profile = GetParam();
        settings_.now = DateTime::read("2026-11-22T08:00:00+08:00");
        settings_.hosts = &HostFunctions::java_lang();
    }

    /// Nulls and what lies in lists stay open, as where nobody has declared more.
    static FeelType declared(Value const& value) {
        if (value.is_null() || value.string() != nullptr) return {};
        if (value.list() != nullptr) return Type::list;
        return value.context() != nullptr ? FeelType(type_of(value)) : FeelType(value.type());
    }

    std::string answer(std::string const& text) {
        auto const parsed = read(text, names_, settings_.budget, settings_.profile);
        if (!parsed.expression)
            return settings_.profile == Profile::strict ? "!" + parsed.trouble.code : "null";
        rules::Run run(settings_);
        auto const value = evaluate(*parsed.expression, frame_, run);
        if (value.is_undetermined()) {
            EXPECT_NE(value.reason()->text().find("个字："), std::string::npos);
        }
        return text_of(value);
    }

    Json file_;
    Context context_;
    Names names_;
    Frame frame_;
    Settings settings_;
};

TEST_P(FeelCases, yield_what_is_written) {
    int count = 0;
    for (auto const& [area, cases] : file_.at("areas").as_object()) {
        for (auto const& item : cases.as_array()) {
            auto const& one = item.as_array();
            bool const strict = GetParam() == Profile::strict && one.size() > 2;
            std::string const text(one[0].as_string()), expected(one[strict ? 2 : 1].as_string());
            EXPECT_EQ(answer(text), expected) << area << ": " << text;
            ++count;
        }
    }
    EXPECT_GT(count, 250);
}

INSTANTIATE_TEST_SUITE_P(Profiles, FeelCases, ::testing::Values(Profile::standard, Profile::strict),
                         [](auto const& info) {
                             return info.param == Profile::strict ? "strict" : "standard";
                         });

}  // namespace
}  // namespace tongban::rules
