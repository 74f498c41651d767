// The law of the lifecycle, by tables: src/cases/test/*.cases.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "house.h"
#include "law_reader.h"

namespace tongban::cases::test {

void PrintTo(Scenario const& scenario, std::ostream* out) {
    *out << scenario.file << ": " << scenario.name;
}

namespace {

std::vector<Scenario> const& tables() {
    static auto const all = read_tables(kit::tree_root() / "src/cases/test");
    return all;
}

class Law : public testing::TestWithParam<Scenario> {};
TEST_P(Law, Holds) {
    play(GetParam());
}
INSTANTIATE_TEST_SUITE_P(tables, Law, testing::ValuesIn(tables()), [](auto const& info) {
    auto file = info.param.file.substr(0, info.param.file.find('.'));
    return file + "_" + info.param.name;
});

/// A refusal that no table names could be lost without anybody noticing.
TEST(LawTables, NameEveryRefusalOfTheLaw) {
    auto source = text_of(kit::tree_root() / "src/cases/decide.cpp");
    std::set<std::string> tried;
    for (auto const& scenario : tables())
        for (auto const& line : scenario.lines)
            if (line.words.size() == 3 && line.words[1] == "refused") tried.insert(line.words[2]);
    std::regex const code("\"([a-z]+(_[a-z]+)+)\"");
    std::set<std::string> known;
    for (auto at = std::sregex_iterator(source.begin(), source.end(), code); at != std::sregex_iterator();
         ++at)
        known.insert((*at)[1]);
    EXPECT_GE(known.size(), 15U) << "the law is where this test looks for it";
    for (auto const& one : known) EXPECT_TRUE(tried.contains(one)) << one;
    for (auto const& one : tried) EXPECT_TRUE(known.contains(one)) << one << " is no refusal of the law";
}

/// And the header, where people read them, names them all.
TEST(LawTables, AreWhatTheHeaderPromises) {
    auto header = text_of(kit::tree_root() / "src/cases/decide.h");
    for (auto const& scenario : tables())
        for (auto const& line : scenario.lines) {
            if (line.words.size() != 3 || line.words[1] != "refused") continue;
            EXPECT_NE(header.find(line.words[2]), std::string::npos) << line.words[2];
        }
}

}  // namespace
}  // namespace tongban::cases::test
