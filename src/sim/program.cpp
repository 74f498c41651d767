#include "sim/program.h"

#include <signal.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "sim/simulation.h"

namespace tongban::sim {

namespace {

constexpr char const* usage =
    R"(tongban-sim: pretends to be fifteen departments and an SMS gateway, for trials and tests

  tongban-sim serve    --port P [--people 50000] [--seed 1] [--pack packs/demo-city]
                       [--answer-after 60]      seconds until a correction ticket answers itself
                       [--receipt-after-ms 800] until a short message has arrived
  tongban-sim generate --people N --seed S [--pack packs/demo-city] [--out DIR]
                       prints how many of what, and a digest; --out writes the registers as CSV

Listens on 127.0.0.1 only. The page at / has the switches.
)";

using Options = std::map<std::string, std::string>;

Result<Options> read_options(int count, char** texts) {
    Options options;
    for (int i = 2; i < count; i += 2) {
        std::string_view name(texts[i]);
        if (!name.starts_with("--") || i + 1 >= count) {
            return Error{ErrorKind::bad_request, "option_needs_a_value", std::string(name)};
        }
        options[std::string(name.substr(2))] = texts[i + 1];
    }
    for (auto const& [name, value] : options) {
        static std::set<std::string> const known{"port",         "people",          "seed", "pack", "out",
                                                 "answer-after", "receipt-after-ms"};
        if (!known.contains(name)) return Error{ErrorKind::bad_request, "option_is_unknown", "--" + name};
    }
    return options;
}

Result<int> number(Options const& options, std::string const& name, int otherwise) {
    auto found = options.find(name);
    if (found == options.end()) return otherwise;
    int value = 0;
    auto const* end = found->second.data() + found->second.size();
    auto [stopped, wrong] = std::from_chars(found->second.data(), end, value);
    if (wrong != std::errc{} || stopped != end || value < 0 || value > 5'000'000) {
        return Error{ErrorKind::bad_request, "option_is_not_a_number", "--" + name};
    }
    return value;
}

Pack pack_of(Options const& options) {
    auto found = options.find("pack");
    return Pack{found == options.end() ? "packs/demo-city" : found->second};
}

Result<void> generate(Options const& options) {
    auto population = TRY(make_population(pack_of(options), TRY(number(options, "people", 50'000)),
                                          static_cast<std::uint64_t>(TRY(number(options, "seed", 1)))));
    auto files = to_files(population);
    if (auto out = options.find("out"); out != options.end()) {
        std::error_code none;
        std::filesystem::create_directories(out->second, none);
        for (auto const& [name, text] : files) {
            std::ofstream file(std::filesystem::path(out->second) / name, std::ios::binary);
            if (!(file << text))
                return Error{ErrorKind::unavailable, "file_cannot_be_written", out->second + "/" + name};
        }
    }
    std::cout << population.people.size() << " people, " << population.households.size() << " households, "
              << population.marriages.size() << " marriages, " << population.firms.size() << " firms\n"
              << "digest " << digest_of(files) << "\n";
    return {};
}

/// Blocked before any thread starts, so that only sigwait() sees them.
sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return set;
}

Result<void> serve(Options const& options) {
    auto signals = block_signals();
    log_threshold(LogLevel::error);  // a department that is down on purpose is no news
    SystemClock const clock;
    SimulationOptions wanted{.pack = pack_of(options)};
    wanted.people = TRY(number(options, "people", wanted.people));
    wanted.seed = static_cast<std::uint64_t>(TRY(number(options, "seed", 1)));
    wanted.answer_after_seconds = TRY(number(options, "answer-after", wanted.answer_after_seconds));
    wanted.receipt_after_ms = TRY(number(options, "receipt-after-ms", wanted.receipt_after_ms));
    auto simulation = TRY(Simulation::open(wanted, clock));
    http::Settings settings;
    settings.port = TRY(number(options, "port", 8081));
    settings.workers = 64;  // a slow department holds its worker
    http::Server server(settings, simulation->routes(), simulation->authenticator(), clock);
    auto port = TRY(server.start());
    std::cout << "listening on http://127.0.0.1:" << port << std::endl;
    int caught = 0;
    sigwait(&signals, &caught);
    server.stop();
    simulation->stop();
    return {};
}

}  // namespace

int run(int count, char** texts) {
    std::string_view verb = count < 2 ? "help" : texts[1];
    auto options = read_options(count, texts);
    auto done = [&]() -> Result<void> {
        TRY(options);
        if (verb == "generate") return generate(*options);
        if (verb == "serve") return serve(*options);
        std::cout << usage;
        return {};
    }();
    if (done.ok()) return 0;
    std::cerr << "tongban-sim: " << done.error().code << ": " << done.error().detail << "\n";
    return 1;
}

}  // namespace tongban::sim
