// What a broken pack or a slip on the command line leads to.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/places.h"
#include "sim/program.h"
#include "sim/simulation.h"

namespace tongban::sim {
namespace {

namespace fs = std::filesystem;

/// A copy of the pack that may be spoilt.
class SpoiltPack : public testing::Test {
protected:
    fs::path place = fs::temp_directory_path() / ("tongban-sim-" + to_hex(random_bytes(6)));
    SystemClock clock{};

    SpoiltPack() { fs::copy(TONGBAN_PACK, place, fs::copy_options::recursive); }
    ~SpoiltPack() override { fs::remove_all(place); }

    void write(std::string const& file, std::string_view text) { std::ofstream(place / file) << text; }
    std::string refusal() {
        auto opened = Simulation::open({.pack = Pack{place.string()}, .people = 0}, clock);
        return opened.ok() ? "" : opened.error().code;
    }
};

TEST_F(SpoiltPack, IsRefusedByName) {
    EXPECT_EQ(refusal(), "");
    write("stories.json", R"({"switches":[{"source":"moon","mode":"down"}]})");
    EXPECT_EQ(refusal(), "stories_are_malformed");
    fs::remove(place / "stories.json");
    EXPECT_EQ(refusal(), "") << "a pack may be without stories";
    write("exchange/connectors/pop.json", R"({"sign":{"scheme":"shout"}})");
    EXPECT_EQ(refusal(), "connector_is_malformed");
    fs::remove(place / "exchange/connectors/pop.json");
    EXPECT_EQ(refusal(), "connector_is_missing");
    write("org/regions.csv", "code,name,level,parent\n990000000000,示例省,province,\n");
    auto places = read_places(Pack{place.string()});
    ASSERT_FALSE(places.ok());
    EXPECT_EQ(places.error().code, "regions_are_missing");
}

TEST_F(SpoiltPack, WithoutResidentsHasNoStories) {
    fs::remove(place / "identity/residents.json");
    auto made = MUST(make_population(Pack{place.string()}, 100, 1));
    EXPECT_EQ(made.people.size(), 100U);
    EXPECT_EQ(made.find("990102195603120029"), nullptr);
}

class CommandLine : public testing::Test {
protected:
    static std::pair<int, std::string> said(std::vector<std::string> words) {
        words.insert(words.begin(), "tongban-sim");
        std::vector<char*> texts;
        for (auto& word : words) texts.push_back(word.data());
        testing::internal::CaptureStderr();
        testing::internal::CaptureStdout();
        int code = run(static_cast<int>(texts.size()), texts.data());
        auto out = testing::internal::GetCapturedStdout();
        return {code, out + testing::internal::GetCapturedStderr()};
    }
};

TEST_F(CommandLine, GeneratesTheSamePeopleForTheSameSeed) {
    auto first = said({"generate", "--people", "300", "--seed", "5", "--pack", TONGBAN_PACK});
    EXPECT_EQ(first.first, 0);
    EXPECT_NE(first.second.find("300 people"), std::string::npos) << first.second;
    auto out = fs::temp_directory_path() / ("tongban-sim-" + to_hex(random_bytes(6)));
    auto again =
        said({"generate", "--people", "300", "--seed", "5", "--pack", TONGBAN_PACK, "--out", out.string()});
    EXPECT_EQ(again, first);
    EXPECT_TRUE(fs::exists(out / "people.csv"));
    fs::remove_all(out);
}

TEST_F(CommandLine, RefusesSlips) {
    auto refused = [](std::vector<std::string> const& words, std::string_view code) {
        auto [ended, text] = said(words);
        return ended == 1 && text.find(code) != std::string::npos;
    };
    EXPECT_TRUE(refused({"serve", "--port"}, "option_needs_a_value"));
    EXPECT_TRUE(refused({"serve", "--colour", "red"}, "option_is_unknown"));
    EXPECT_TRUE(refused({"generate", "--people", "many"}, "option_is_not_a_number"));
    EXPECT_TRUE(refused({"generate", "--people", "1", "--pack", "/nowhere"}, "pack_file_is_missing"));
    EXPECT_TRUE(refused({"generate", "--people", "1", "--pack", TONGBAN_PACK, "--out", "/proc/none"},
                        "file_cannot_be_written"));
    EXPECT_NE(said({"help"}).second.find("tongban-sim serve"), std::string::npos);
}

}  // namespace
}  // namespace tongban::sim
