// bench_rules TABLE.dmn BIG.dmn SECONDS: decision models on one core, as JSON lines. Baselines stand beside
// it in rules.mjs.
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <vector>

#include "rules/dmn.h"

using namespace tongban;
using namespace tongban::rules;

namespace {

std::string text_of(char const* file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Calls a second of this thread's own time: the best of five, since others use the machine too.
template <class Work>
double rate(double seconds, Work const& work) {
    double best = 0;
    for (int round = 0; round < 5; ++round) {
        std::size_t calls = 0;
        auto const start = cpu_seconds();
        double spent = 0;
        do {
            for (int i = 0; i < 256; ++i) work(calls++);
            spent = cpu_seconds() - start;
        } while (spent < seconds / 5);
        best = std::max(best, static_cast<double>(calls) / spent);
    }
    return best;
}

void say(char const* what, double value, char const* unit) {
    std::printf("{\"what\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", what, value, unit);
    std::fflush(stdout);
}

Value number(std::int64_t of) {
    return Decimal::of(of);
}

/// Inputs cycle by index, as rules.mjs has them.
std::vector<std::vector<Value>> rows() {
    char const* areas[] = {"NS", "LH", "FT", "LG"};
    std::vector<std::vector<Value>> all;
    for (int i = 0; i < 997; ++i)
        all.push_back({number(i % 90), Value(areas[i % 4]), number(1000 + i * 37 % 9000), Value(i % 3 != 0)});
    return all;
}

void table(dmn::Model const& model, double seconds) {
    std::vector<std::string> const names = {"age", "area", "income", "resident"};
    auto const question = MUST(model.question("policy", names));
    auto const given = rows();
    Settings const settings;
    std::size_t open = 0;
    say("table 10 x 4, strict",
        rate(seconds,
             [&](std::size_t i) {
                 Run run(settings);
                 if (question.ask(given[i % given.size()], run).is_undetermined()) ++open;
             }),
        "rows/s");
    ensure(open == 0, "every row of the benchmark has an answer");
}

void expressions(double seconds) {
    struct Asked {
        char const* name;
        char const* text;
    };
    Names names;
    auto const income = names.declare("income", Type::number),
               less = names.declare("deduction", Type::number);
    auto const child = FeelType::context({{"age", Type::number}});
    auto const children = names.declare("children", FeelType::list(child));
    Frame frame(names);
    frame.put(income, number(8123));
    frame.put(less, number(5000));
    List three;
    for (int const age : {3, 11, 20}) three.push_back(Context().put("age", number(age)));
    frame.put(children, three);
    Settings const settings;
    for (auto const& asked : std::initializer_list<Asked>{
             {"arithmetic", "(income - deduction) * 0.03 + 12"},
             {"date", "date(\"1958-05-01\") + duration(\"P60Y\") <= date(\"2026-01-01\")"},
             {"count of a filter", "count(children[age < 18]) >= 2"}}) {
        auto const expression = *read(asked.text, names).expression;
        say(asked.name,
            rate(seconds,
                 [&](std::size_t) {
                     Run run(settings);
                     ensure(!evaluate(expression, frame, run).is_undetermined(), "it has an answer");
                 }),
            "1/s");
    }
    auto const tests = *read_tests("[18..60]", names, Type::number).tests;
    auto const age = number(34);
    say("unary test",
        rate(seconds,
             [&](std::size_t) {
                 Run run(settings);
                 ensure(test(tests, age, frame, run).is_true(), "34 is within");
             }),
        "1/s");
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double whole = 0, resident = 0;
    statm >> whole >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void loading(char const* file) {
    auto const text = text_of(file);
    double best = 1e9;
    for (int i = 0; i < 7; ++i) {
        auto const start = cpu_seconds();
        auto const loaded = dmn::load({file, text});
        best = std::min(best, cpu_seconds() - start);
        ensure(loaded.sound(), "the large model is sound");
    }
    say("load 1,000 rules", best * 1000, "ms");
    // As the system sees it, whatever the allocator: many of them, so that what it keeps in reserve is
    // little.
    constexpr int copies = 40;
    std::vector<dmn::Loaded> held;
    auto const before = resident_bytes();
    for (int i = 0; i < copies; ++i) held.push_back(dmn::load({file, text}));
    say("memory of a loaded model", (resident_bytes() - before) / copies / static_cast<double>(text.size()),
        "x its file");
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    auto const seconds = std::stod(arguments[3]);
    auto const loaded = dmn::load({arguments[1], text_of(arguments[1])});
    for (auto const& finding : loaded.findings)
        std::fprintf(stderr, "%s %s\n", finding.where.text().c_str(), finding.zh.c_str());
    if (!loaded.sound()) return 1;
    table(*loaded.model, seconds);
    expressions(seconds);
    loading(arguments[2]);
    return 0;
}
