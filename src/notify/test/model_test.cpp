#include "notify/model.h"

#include <gtest/gtest.h>

using namespace tongban;
using namespace tongban::notify;

namespace {
Day const today = std::chrono::year{2026} / 10 / 15;
Words const words{"已受理", "您的“{item}”已受理，{body}在{due}前办完。"};
}  // namespace

TEST(spoken_day, is_written_as_people_say_it) {
    EXPECT_EQ(spoken_day(MUST(read_day("2026-10-16")), Language::zh, today), "10月16日（周五）");
    EXPECT_EQ(spoken_day(MUST(read_day("2026-10-16")), Language::en, today), "Friday 16 October");
    EXPECT_EQ(spoken_day(MUST(read_day("2027-01-03")), Language::zh, today), "2027年1月3日（周日）");
    EXPECT_EQ(spoken_day(MUST(read_day("2027-01-03")), Language::en, today), "Sunday 3 January 2027");
}

TEST(write_out, puts_values_in_and_days_in_words) {
    auto written =
        write_out(words, {{"item", "亲属关系情况证明"}, {"body", "示例街道"}, {"due", "2026-10-16"}},
                  Language::zh, today);
    EXPECT_EQ(written.text, "您的“亲属关系情况证明”已受理，示例街道在10月16日（周五）前办完。");
    auto odd = write_out(words, {{"item", 7}}, Language::zh, today);
    EXPECT_EQ(odd.text, "您的“7”已受理，在前办完。") << "no braces ever reach a person";
}

TEST(unknown_placeholders, are_named) {
    EXPECT_TRUE(unknown_placeholders(words).empty());
    EXPECT_EQ(unknown_placeholders({"{item}", "{name}"}), std::vector<std::string>{"name"});
}
