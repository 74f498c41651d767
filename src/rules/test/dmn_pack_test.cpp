// The worked tables of the demonstration city: 低保 and 尊老金, by the row.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "kit/tree.h"
#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

Loaded of_pack(std::string const& name) {
    std::ifstream in(kit::tree_root() / "packs/demo-city/rules" / name);
    std::ostringstream text;
    text << in.rdbuf();
    auto made = load({name, text.str()});
    for (auto const& finding : made.findings) ADD_FAILURE() << finding.where.text() << " " << finding.zh;
    return made;
}

struct Family {
    char const *people, *income, *cost, *money, *cars, *homes;  ///< empty: not known
    char const *result, *amount;
};

TEST(PackRules, families_get_what_the_standard_leaves_open) {
    auto const made = of_pack("dibao.dmn");
    ASSERT_TRUE(made.sound());
    for (auto const& one : std::vector<Family>{
             {"3", "1500", "0", "20000", "0", "1", "最低生活保障", "900"},
             {"3", "2399.99", "0", "57600", "0", "1", "最低生活保障", "0.01"},
             {"3", "2400", "0", "0", "0", "0", "低保边缘", "0"},
             {"2", "2400", "0", "0", "0", "1", "低保边缘", "0"},
             {"2", "2400.02", "0", "0", "0", "1", "不符合", "0"},
             {"2", "4000", "3000", "0", "0", "1", "最低生活保障", "600"},
             {"1", "500", "800", "0", "0", "1", "最低生活保障", "800"},
             {"3", "1500", "0", "57600.01", "0", "1", "不符合", "0"},
             {"3", "1500", "0", "0", "1", "1", "不符合", "0"},
             {"3", "1500", "0", "0", "0", "2", "不符合", "0"},
             {"3", "1500", "0", "", "1", "2", "undetermined: name_has_no_value",
              "undetermined: name_has_no_value"},
             {"0", "1500", "0", "0", "0", "1", "undetermined: value_is_not_allowed",
              "undetermined: value_is_not_allowed"},
             {"3", "-1", "0", "0", "0", "1", "undetermined: value_is_not_allowed",
              "undetermined: value_is_not_allowed"},
         }) {
        Context inputs;
        auto const put = [&](char const* name, char const* value) {
            if (*value != '\0') inputs.put(name, number(value));
        };
        put("共同生活家庭成员人数", one.people);
        put("家庭月收入", one.income);
        put("刚性支出", one.cost);
        put("金融资产", one.money);
        put("机动车辆数", one.cars);
        put("住房套数", one.homes);
        EXPECT_EQ(said(made.model->decide("低保资格", inputs, {}).value), one.result) << one.income;
        EXPECT_EQ(said(made.model->decide("每月补差", inputs, {}).value), one.amount) << one.income;
    }
}

struct Old {
    char const *born, *local, *alive, *amount;
};

TEST(PackRules, old_people_get_what_their_age_gives) {
    auto const made = of_pack("zunlaojin.dmn");
    ASSERT_TRUE(made.sound());
    auto const truth = [](std::string_view text) {
        return text.empty() ? Value::unset() : Value(text == "是");
    };
    for (auto const& one : std::vector<Old>{
             {"1946-10-16", "是", "是", "0"},
             {"1946-10-15", "是", "是", "50"},
             {"1936-10-16", "是", "是", "50"},
             {"1936-10-15", "是", "是", "100"},
             {"1926-10-15", "是", "是", "300"},
             {"1910-01-01", "否", "是", "0"},
             {"1940-02-29", "是", "否", "undetermined: no_rule_matches"},
             {"1940-02-29", "是", "", "undetermined: name_has_no_value"},
             {"1990-01-01", "", "", "0"},
         }) {
        auto const inputs = Context()
                                .put("出生日期", *read_value(Type::date, one.born))
                                .put("核定日", *read_value(Type::date, "2026-10-15"))
                                .put("本市户籍", truth(one.local))
                                .put("生存状态已核实", truth(one.alive));
        EXPECT_EQ(said(made.model->decide("每月尊老金", inputs, {}).value), one.amount) << one.born;
    }
}

}  // namespace
}  // namespace tongban::rules::dmn
