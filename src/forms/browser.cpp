// The form as the browser gets it: the schema again, conditions as trees.
#include "forms/forms.h"

namespace tongban::forms {

namespace {

/// The Chinese under its name, the English under `x-en`.
void put(json::object& out, std::string_view name, Words const& words) {
    if (!words.zh.empty()) out[name] = words.zh;
    if (words.en.empty()) return;
    if (!out.contains("x-en")) out["x-en"] = json::object{};
    out["x-en"].as_object()[name] = words.en;
}

json::array choices_of(Field const& field) {
    json::array out;
    for (auto const& choice : field.choices) {
        json::object one{{"value", choice.value}};
        put(one, "label", choice.label);
        put(one, "hint", choice.hint);
        out.push_back(std::move(one));
    }
    return out;
}

json::array fields_of(std::vector<Field> const& fields);

void put_limits(json::object& out, Field const& field) {
    if (field.max_length > 0) out["max_length"] = static_cast<std::int64_t>(field.max_length);
    if (!field.pattern.empty()) out["pattern"] = field.pattern;
    put(out, "pattern_message", field.pattern_message);
    if (field.least) out["min"] = field.least->text();
    if (field.most) out["max"] = field.most->text();
    if (field.kind == FieldKind::number || field.kind == FieldKind::money) out["decimals"] = field.decimals;
    if (!field.choices.empty()) out["choices"] = choices_of(field);
    if (field.kind != FieldKind::group) return;
    out["min"] = field.repeat_least;
    out["max"] = field.repeat_most;
    out["fields"] = fields_of(field.fields);
}

json::object field_of(Field const& field) {
    json::object out{{"key", field.key}, {"kind", to_text(field.kind)}};
    put(out, "label", field.label);
    put(out, "hint", field.hint);
    if (field.optional) out["optional"] = true;
    if (!field.locked.empty()) out["locked"] = field.locked;
    if (!field.source.empty()) out["source"] = field.source;
    if (!field.prefill.empty()) out["prefill"] = field.prefill;
    put_limits(out, field);
    if (field.visible_when) out["visible_when"] = rules::to_tree(*field.visible_when);
    if (field.required_when) out["required_when"] = rules::to_tree(*field.required_when);
    if (field.valid_when.empty()) return out;
    json::array rules;
    for (auto const& rule : field.valid_when) {
        json::object one{{"when", rules::to_tree(rule.when)}};
        put(one, "message", rule.message);
        rules.push_back(std::move(one));
    }
    out["valid_when"] = std::move(rules);
    return out;
}

json::array fields_of(std::vector<Field> const& fields) {
    json::array out;
    for (auto const& field : fields) out.push_back(field_of(field));
    return out;
}

}  // namespace

Json to_browser(Form const& form) {
    json::object out{{"version", form.version}};
    put(out, "title", form.title);
    json::array pages;
    for (auto const& page : form.pages) {
        json::object one{{"id", page.id}};
        put(one, "title", page.title);
        put(one, "hint", page.hint);
        one["fields"] = fields_of(page.fields);
        pages.push_back(std::move(one));
    }
    out["pages"] = std::move(pages);
    return out;
}

}  // namespace tongban::forms
