// libFuzzer target for FEEL: reads whatever comes as an expression or as the tests of a cell, in either
// profile, evaluates it, explains it, and makes the browser's tree where there is one. Nothing may crash,
// leak, or run past its budget.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rules/compare.h"
#include "rules/rules.h"

namespace {

using namespace tongban;
using namespace tongban::rules;

struct World {
    Names names;
    Frame frame;
    World() {
        auto const number = Value(Decimal::of(60));
        frame.put(names.declare("age", Type::number), number);
        frame.put(names.declare("a-b", {}), Value("x"));
        frame.put(names.declare("人 数", Type::number), number);
        Context person;
        person.put("name", "甲").put("age", number);
        frame.put(names.declare("people", FeelType::list({})), Value(List{Value(person), Value()}));
        frame.put(names.declare("nothing", {}), Value());
    }
};

void spend(std::string_view text, bool cell, Settings const& settings) {
    static World const world;
    Run run(settings);
    Value out;
    if (cell) {
        auto const parsed = read_tests(text, world.names, {}, settings.budget, settings.profile);
        if (!parsed.tests) return void(parsed.trouble.text());
        Value const input(Decimal::of(7));
        out = test(*parsed.tests, input, world.frame, run);
        (void)explain(*parsed.tests, input, world.frame, run);
    } else {
        auto const parsed = read(text, world.names, settings.budget, settings.profile);
        if (!parsed.expression) return void(parsed.trouble.text());
        (void)browser_tree(*parsed.expression);
        (void)to_tree(*parsed.expression);
        out = evaluate(*parsed.expression, world.frame, run);
    }
    (void)to_json(out);
    (void)feel_text(out);
    (void)type_of(out).text();
    if (out.is_undetermined() && out.reason() != nullptr) (void)out.reason()->text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    Settings settings;
    settings.budget.steps = 20'000;
    settings.budget.memory_bytes = 4 * 1024 * 1024;
    settings.profile = (data[0] & 1U) != 0 ? Profile::standard : Profile::strict;
    settings.now = DateTime::read("2026-11-22T08:00:00+08:00");
    settings.hosts = &HostFunctions::java_lang();
    spend({reinterpret_cast<char const*>(data) + 1, size - 1}, (data[0] & 2U) != 0, settings);
    return 0;
}
