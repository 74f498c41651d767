// Answers as lines for people.
#include "forms/forms.h"

namespace tongban::forms {

namespace {

Words joined(Words const& first, std::string_view zh, std::string_view en, Words const& second) {
    auto const english = [](Words const& words) { return words.en.empty() ? words.zh : words.en; };
    return {first.zh + std::string(zh) + second.zh, english(first) + std::string(en) + english(second)};
}

Words choice_words(Field const& field, std::string_view value) {
    auto const* choice = field.choice(value);
    return choice == nullptr ? Words{std::string(value), std::string(value)} : choice->label;
}

Words text_of(Field const& field, Json const& value) {
    if (value.is_bool()) return value.as_bool() ? Words{"是", "Yes"} : Words{"否", "No"};
    if (value.is_array()) {
        Words out;
        for (auto const& item : value.as_array()) {
            if (!item.is_string()) continue;
            auto const one = choice_words(field, item.as_string());
            out = out.zh.empty() ? joined({}, "", "", one) : joined(out, "、", ", ", one);
        }
        return out;
    }
    if (!value.is_string()) return {};
    std::string const text(value.as_string());
    if (field.kind == FieldKind::choice) return choice_words(field, text);
    if (field.kind == FieldKind::money) return {text + "元", "CNY " + text};
    if (field.kind == FieldKind::date) {
        auto const day = read_day(text);
        return {day.ok() ? chinese_date(*day) : text, text};
    }
    return {text, text};
}

void add_lines(std::vector<Line>& out, Page const& page, std::vector<Field> const& fields,
               json::object const& answers, std::string const& at, Words const& group) {
    for (auto const& field : fields) {
        auto const* value = answers.if_contains(field.key);
        if (value == nullptr || value->is_null()) continue;
        std::string const path = at + "/" + field.key;
        if (field.kind == FieldKind::group && value->is_array()) {
            std::size_t place = 0;
            for (auto const& entry : value->as_array()) {
                auto const number = std::to_string(place + 1);
                if (entry.is_object())
                    add_lines(out, page, field.fields, entry.as_object(), path + "/" + std::to_string(place),
                              joined(field.label, "", " ", {number, number}));
                ++place;
            }
            continue;
        }
        Words const label = group.zh.empty() ? field.label : joined(group, "，", ", ", field.label);
        out.push_back({path, page.title, label, text_of(field, *value), field.kind, !field.locked.empty()});
    }
}

}  // namespace

std::vector<Line> lines(Form const& form, json::object const& answers) {
    std::vector<Line> out;
    for (auto const& page : form.pages) add_lines(out, page, page.fields, answers, "", {});
    return out;
}

}  // namespace tongban::forms
