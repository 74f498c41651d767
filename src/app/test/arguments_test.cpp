// The command line: what is read from it, and what is refused in words before anything is served.
#include "app/arguments.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "app/program.h"
#include "kit/kit.h"

namespace tongban::app {

namespace {

using Texts = std::vector<std::string>;

/// The pointers that main() would get; the texts must outlive them.
std::vector<char*> as_main_gets(Texts& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

Result<Arguments> read(Texts texts) {
    texts.insert(texts.begin(), "tongban");
    auto pointers = as_main_gets(texts);
    return read_arguments(static_cast<int>(texts.size()), pointers.data(), {"data", "port"});
}

struct Ended {
    int code;
    std::string said;  ///< on stderr
};

/// `serve` blocks signals for its whole process: here the other tests want them back.
Ended run_program(Texts texts) {
    texts.insert(texts.begin(), "tongban");
    auto pointers = as_main_gets(texts);
    sigset_t before;
    pthread_sigmask(SIG_SETMASK, nullptr, &before);
    auto pipes = signal(SIGPIPE, SIG_DFL);
    testing::internal::CaptureStderr();
    auto code = run(static_cast<int>(texts.size()), pointers.data());
    auto said = testing::internal::GetCapturedStderr();
    signal(SIGPIPE, pipes);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return {code, said};
}

TEST(Arguments, are_words_and_options_in_any_order) {
    auto const arguments = MUST(read({"--data", "there", "audit", "--port=80=81", "verify"}));
    EXPECT_EQ(arguments.words, (Texts{"audit", "verify"}));
    EXPECT_EQ(arguments.option("data"), "there");
    EXPECT_EQ(arguments.option("port"), "80=81") << "only the first sign divides";
    EXPECT_EQ(arguments.option("address", "127.0.0.1"), "127.0.0.1");
    EXPECT_EQ(MUST(read({})).words, Texts{});
}

TEST(Arguments, of_no_known_name_are_refused) {
    for (auto const& texts :
         {Texts{"serve", "--prot", "80"}, Texts{"serve", "--prot=80"}, Texts{"--", "80"}}) {
        auto const arguments = read(texts);
        ASSERT_FALSE(arguments.ok()) << texts[0];
        EXPECT_EQ(arguments.error().code, "option_is_unknown");
    }
}

TEST(Arguments, at_the_end_without_a_value_are_refused) {
    auto const arguments = read({"serve", "--data", "there", "--port"});
    ASSERT_FALSE(arguments.ok());
    EXPECT_EQ(arguments.error().code, "option_needs_a_value");
}

TEST(Arguments, that_are_flags_take_no_value) {
    Texts texts{"tongban", "doctor", "--json", "--data", "there"};
    auto pointers = as_main_gets(texts);
    auto const read =
        MUST(read_arguments(static_cast<int>(texts.size()), pointers.data(), {"data"}, {"json"}));
    EXPECT_EQ(read.option("json"), "yes");
    EXPECT_EQ(read.option("data"), "there");
}

TEST(Program, says_which_option_it_does_not_take) {
    auto const unknown = run_program({"version", "--prot", "80"});
    EXPECT_EQ(unknown.code, 2);
    EXPECT_EQ(unknown.said.find("tongban: option_is_unknown: --prot "), 0U) << unknown.said;
    auto const bare = run_program({"serve", "--port"});
    EXPECT_EQ(bare.code, 2);
    EXPECT_EQ(bare.said.find("tongban: option_needs_a_value: --port "), 0U) << bare.said;
    EXPECT_EQ(run_program({"serve", "twice"}).code, 2);
}

TEST(Program, takes_only_numbers_that_make_sense) {
    kit::TempDir const directory;
    struct Wrong {
        std::string name, value, most;
    };
    for (auto const& wrong :
         {Wrong{"port", "65536", "65535"}, Wrong{"port", "-1", "65535"}, Wrong{"port", "80a", "65535"},
          Wrong{"workers", "257", "256"}, Wrong{"seats", "257", "256"},
          Wrong{"workers", "99999999999999999999", "256"}}) {
        // No such address: were the number taken, the test would end too, with another refusal.
        auto const data = directory.path() + "/data";
        auto const ended = run_program({"serve", "--data", data, "--fonts", TONGBAN_FONTS, "--address",
                                        "nowhere", "--" + wrong.name, wrong.value});
        EXPECT_EQ(ended.code, 2);
        auto const words =
            "tongban: option_is_not_a_number: --" + wrong.name + " takes 0 to " + wrong.most + "\n";
        EXPECT_NE(ended.said.find(words), std::string::npos) << wrong.value << ": " << ended.said;
        EXPECT_FALSE(std::filesystem::exists(data)) << "nothing is made for a command that is wrong";
    }
    auto const sweet = run_program({"serve", "--data", directory.path() + "/data", "--cookies", "sweet"});
    EXPECT_EQ(sweet.code, 2);
    EXPECT_EQ(sweet.said, "tongban: option_is_not_one_of: --cookies takes plain or secure\n");
    auto const taken = run_program({"serve", "--data", directory.path(), "--fonts", TONGBAN_FONTS,
                                    "--address", "nowhere", "--port", "0", "--workers", "256"});
    EXPECT_EQ(taken.said.find("option_is_not_a_number"), std::string::npos) << taken.said;
}

}  // namespace

}  // namespace tongban::app
