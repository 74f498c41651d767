#include <algorithm>

#include "forms/forms.h"

namespace tongban::forms {

namespace {

Field const* find(std::vector<Field> const& fields, std::string_view key) {
    for (auto const& field : fields) {
        if (field.key == key) return &field;
        if (auto const* inner = find(field.fields, key)) return inner;
    }
    return nullptr;
}

}  // namespace

std::string_view to_text(FieldKind kind) {
    static constexpr std::string_view words[] = {
        "text",      "long_text",   "name",  "address", "choice", "multi_choice", "date",
        "id_number", "credit_code", "phone", "number",  "money",  "boolean",      "group"};
    return words[static_cast<std::size_t>(kind)];
}

Choice const* Field::choice(std::string_view value) const {
    auto const found =
        std::find_if(choices.begin(), choices.end(), [&](Choice const& one) { return one.value == value; });
    return found == choices.end() ? nullptr : &*found;
}

Field const* Form::field(std::string_view key) const {
    for (auto const& page : pages) {
        if (auto const* found = find(page.fields, key)) return found;
    }
    return nullptr;
}

std::vector<Supplied> const& standard_supplied() {
    static std::vector<Supplied> const all{
        {"applicant.name", rules::Type::string},  {"applicant.id_number", rules::Type::string},
        {"applicant.phone", rules::Type::string}, {"applicant.address", rules::Type::string},
        {"applicant.birth", rules::Type::date},   {"applicant.real_name_level", rules::Type::number}};
    return all;
}

Error Checked::refusal() const {
    return {ErrorKind::invalid, "answers_are_wrong", "还有" + std::to_string(errors.size()) + "处要改。",
            errors};
}

}  // namespace tongban::forms
