#include "rules/dmn/json_text.h"

#include <boost/json/basic_parser_impl.hpp>

#include "rules/compare.h"

namespace tongban::rules::dmn {

namespace {

constexpr std::size_t depth_max = 64;

/// Builds a JSON value in which every number stands as `{"$number":"…"}`, so that none becomes a double.
class Exact {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();
    using Code = boost::system::error_code;
    using Text = json::string_view;

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) { return open(json::object()); }
    bool on_object_end(std::size_t, Code&) { return close(); }
    bool on_array_begin(Code&) { return open(json::array()); }
    bool on_array_end(std::size_t, Code&) { return close(); }
    bool on_key_part(Text part, std::size_t, Code&) { return collect(part); }
    bool on_key(Text part, std::size_t, Code& failed) {
        collect(part);
        keys_.push_back(std::exchange(collected_, {}));
        if (!open_.back().as_object().contains(keys_.back())) return true;
        failed = json::make_error_code(json::error::syntax);
        return false;
    }
    bool on_string_part(Text part, std::size_t, Code&) { return collect(part); }
    bool on_string(Text part, std::size_t, Code&) {
        collect(part);
        return add(Json(std::exchange(collected_, {})));
    }
    bool on_number_part(Text part, Code&) { return collect(part); }
    bool on_int64(std::int64_t, Text part, Code&) { return number(part); }
    bool on_uint64(std::uint64_t, Text part, Code&) { return number(part); }
    bool on_double(double, Text part, Code&) { return number(part); }
    bool on_bool(bool truth, Code&) { return add(Json(truth)); }
    bool on_null(Code&) { return add(Json(nullptr)); }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }

    Json result;

private:
    bool collect(Text part) {
        collected_.append(part.data(), part.size());
        return true;
    }
    bool number(Text part) {
        collect(part);
        return add(json::object{{"$number", std::exchange(collected_, {})}});
    }
    bool open(Json container) {
        open_.push_back(std::move(container));
        return true;
    }
    bool close() {
        auto whole = std::move(open_.back());
        open_.pop_back();
        return add(std::move(whole));
    }
    bool add(Json value) {
        if (open_.empty()) {
            result = std::move(value);
        } else if (auto* array = open_.back().if_array()) {
            array->push_back(std::move(value));
        } else {
            open_.back().as_object()[keys_.back()] = std::move(value);
            keys_.pop_back();
        }
        return true;
    }

    std::vector<Json> open_;
    std::vector<std::string> keys_;
    std::string collected_;
};

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
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<Exact> parser(options);
    boost::system::error_code failed;
    auto const read = parser.write_some(false, text.data(), text.size(), failed);
    auto const rest = text.substr(std::min(read, text.size()));
    if (failed || rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
        auto const line =
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(read), '\n');
        return Error{ErrorKind::invalid, "input_is_not_json",
                     "第 " + std::to_string(line) + " 行不是合规的 JSON（或键重复、嵌套太深）。"};
    }
    return from_json(parser.handler().result);
}

std::string json_text(Value const& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace tongban::rules::dmn
