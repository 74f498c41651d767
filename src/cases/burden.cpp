#include "cases/burden.h"

#include <algorithm>

namespace tongban::cases {

namespace {

bool has(std::vector<std::string> const& keys, std::string const& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool is_as_offered(forms::Field const& field, Known const& known, Json const& answer) {
    if (field.prefill.empty()) return false;
    auto const* offered = known.given.if_contains(field.prefill);
    return offered != nullptr && *offered == answer;
}

std::int64_t leaves(Json const& answer, forms::Field const& field) {
    if (field.kind != forms::FieldKind::group || !answer.is_array()) return 1;
    std::int64_t count = 0;
    for (auto const& entry : answer.get_array())
        if (entry.is_object()) count += static_cast<std::int64_t>(entry.get_object().size());
    return count;
}

void count_paper(api::Burden& burden, api::Way way) {
    ++burden.materials_total;
    switch (way) {
        case api::Way::waived:
            ++burden.materials_waived;
            return;
        case api::Way::licence:
            ++burden.materials_from_licence;
            return;
        case api::Way::promise:
            ++burden.materials_promised;
            return;
        case api::Way::upload:
            ++burden.materials_uploaded;
            return;
        case api::Way::window:
            ++burden.materials_brought;
            return;
    }
}

}  // namespace

api::Burden burden_of(Ground const& ground, Known const& known, Checked const& checked) {
    api::Burden burden{};
    for (auto const& page : ground.item->form.pages)
        for (auto const& field : page.fields) {
            auto const* answer = checked.answers.if_contains(field.key);
            if (answer == nullptr || answer->is_null()) continue;
            auto count = leaves(*answer, field);
            burden.fields_total += count;
            bool filled = !field.locked.empty() ||
                          (has(checked.form.sourced, field.key) && !has(checked.form.disputed, field.key)) ||
                          is_as_offered(field, known, *answer);
            (filled ? burden.fields_prefilled : burden.fields_typed) += count;
        }
    for (auto const& offer : checked.offers) {
        auto given = std::find_if(checked.materials.begin(), checked.materials.end(),
                                  [&](auto const& one) { return one.key == offer.material->key; });
        // A paper that may be left out, and is, burdens nobody.
        if (given != checked.materials.end() || offer.material->required) count_paper(burden, offer.chosen);
    }
    return burden;
}

}  // namespace tongban::cases
