// Any bytes as a decision model: loaded in both profiles, every decision asked, saved and read again.
#include "rules/dmn.h"

namespace {

using namespace tongban;
using namespace tongban::rules;

void ask(std::string const& text, Profile profile) {
    dmn::LoadOptions options;
    options.profile = profile;
    options.xml.bytes = 64U << 10U;
    options.budget.steps = 5'000;
    options.budget.memory_bytes = 8 << 20;
    // Whatever is imported is the same text again: a model must survive its own mirror.
    auto const finder = [&](dmn::ImportWish const&) { return dmn::ModelText{"mirror", text}; };
    auto const loaded = dmn::load({"fuzz", text}, finder, options);
    if (!loaded.model) return;
    Settings settings;
    settings.profile = profile;
    settings.budget = options.budget;
    settings.hosts = &HostFunctions::java_lang();
    auto const inputs = Context().put("a", *Decimal::read("7")).put("b", "x");
    int asked = 0;
    for (auto const& decision : loaded.model->decisions()) {
        if (++asked > 8) break;
        auto const plain = loaded.model->decide(decision.name, inputs, settings);
        auto const told = loaded.model->decide(decision.name, inputs, settings, dmn::Explaining::yes);
        // Looking closer must not change the answer; only what it costs may end it earlier.
        auto const spent = [](Value const& value) {
            return value.reason() != nullptr && value.reason()->code.starts_with("evaluation_");
        };
        if (spent(plain.value) || spent(told.value)) continue;
        ensure(plain.value.type() == told.value.type(), "an explanation changed the answer");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string const text(reinterpret_cast<char const*>(data), size);
    auto const document = dmn::open_document(text);
    if (document.ok()) {
        auto const saved = dmn::save(*document);
        auto const again = dmn::open_document(saved);
        ensure(again.ok() && dmn::save(*again) == saved, "a saved model reads differently");
    }
    ask(text, Profile::strict);
    ask(text, Profile::standard);
    return 0;
}
