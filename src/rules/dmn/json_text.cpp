#include "rules/dmn/json_text.h"

#include "base/exact_json.h"
#include "rules/compare.h"

namespace tongban::rules::dmn {

namespace {

void write(std::string& out, Value const& value) {
    if (auto const* list = value.list()) {
        out += '[';
        for (auto const& item : *list) {
            if (out.back() != '[') out += ',';
            write(out, item);
        }
        out += ']';
    } else if (auto const* context = value.context()) {
        char lead = '{';
        for (auto const& [name, held] : context->entries()) {
            out += lead + json::serialize(json::string(name)) + ':';
            write(out, held);
            lead = ',';
        }
        out += lead == '{' ? "{}" : "}";
    } else if (auto const* number = value.number()) {
        out += number->text();
    } else if (auto const* text = value.string()) {
        out += json::serialize(json::string(*text));
    } else if (value.is_null()) {
        out += "null";
    } else if (auto const* truth = value.boolean()) {
        out += *truth ? "true" : "false";
    } else {
        out += json::serialize(json::string(feel_text(value)));
    }
}

}  // namespace

Result<Value> read_json_text(std::string_view text) {
    auto read = read_exact_json(text);
    if (!read.ok()) return Error{ErrorKind::invalid, "input_is_not_json", read.error().detail};
    return from_json(*read);
}

std::string json_text(Value const& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace tongban::rules::dmn
