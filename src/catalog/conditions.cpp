#include "catalog/conditions.h"

#include <algorithm>
#include <array>

namespace tongban::catalog {

namespace {
constexpr std::array<std::string_view, 9> outcomes{"asking", "found", "none",    "several",  "late",
                                                   "down",   "wrong", "refused", "not_asked"};

/// What a name may be compared with: the choices of a field, or the outcomes of a question.
struct Compared {
    forms::Field const* field = nullptr;
    bool outcome = false;
};

std::string_view op_of(Json const& tree) {
    return tree.at("op").as_string();
}

void check_value(org::PackNode const& node, std::string_view key, Compared const& with, Json const& tree) {
    if (op_of(tree) == "string") {
        std::string value(tree.at("value").as_string());
        if (with.field != nullptr && with.field->choice(value) == nullptr)
            node.wrong(key, "condition_names_no_such_choice", with.field->key + " 没有选项 " + value + "。");
        if (with.outcome && std::find(outcomes.begin(), outcomes.end(), value) == outcomes.end())
            node.wrong(key, "condition_names_no_such_outcome", "查询结果里没有 " + value + "。");
    } else if (auto const* args = tree.as_object().if_contains("args")) {
        for (auto const& arg : args->as_array()) check_value(node, key, with, arg);
    }
}
}  // namespace

void Conditions::use(forms::Form const& form, rules::Names names) {
    form_ = &form;
    names_ = std::move(names);
}

/// A text compared with a choice must be one of its values: the commonest slip, and a silent one.
void Conditions::check_choices(org::PackNode const& node, std::string_view key, Json const& tree) const {
    auto const* args = tree.as_object().if_contains("args");
    if (args == nullptr) return;
    Compared with;
    for (auto const& arg : args->as_array()) {
        auto const* path = arg.as_object().if_contains("path");
        if (path == nullptr) continue;
        auto const& names = path->as_array();
        auto const* field = form_->field(std::string(names[0].as_string()));
        if (field != nullptr && !field->choices.empty()) with.field = field;
        with.outcome = with.outcome || (names.size() == 2 && names[1].as_string() == "outcome");
    }
    auto op = op_of(tree);
    bool compares = op == "=" || op == "!=" || op == "in";
    for (auto const& arg : args->as_array()) {
        if (compares) check_value(node, key, with, arg);
        check_choices(node, key, arg);
    }
}

std::optional<rules::Expression> Conditions::read(org::PackNode const& node, std::string_view key,
                                                  Wanted wanted, rules::Names const& names) const {
    auto text = node.text(key, 4000);
    if (form_ == nullptr || text.empty()) return std::nullopt;
    auto parsed = wanted == Wanted::value ? rules::parse(text, names) : rules::parse_condition(text, names);
    if (!parsed.ok()) {
        node.wrong(key, parsed.error().code, parsed.error().detail);
        return std::nullopt;
    }
    auto const within = rules::browser_tree(*parsed);
    if (wanted == Wanted::shown_condition && !within.ok()) {
        node.wrong(key, within.error().code, within.error().detail);
        return std::nullopt;
    }
    check_choices(node, key, rules::to_tree(*parsed));
    return std::move(*parsed);
}

}  // namespace tongban::catalog
