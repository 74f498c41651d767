#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "base/base.h"
#include "base/exact_json.h"

namespace tongban {

namespace {
constexpr std::size_t depth_max = 32;

enum class Numbers { as_double, as_written };

/// Builds the value, and refuses what Boost's own handler lets pass: a key twice, NUL, numbers beyond a
/// double.
class StrictHandler {
public:
    explicit StrictHandler(Numbers numbers) : numbers_(numbers) {}
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();
    using Code = boost::system::error_code;
    using Text = json::string_view;

    bool on_document_begin(Code&) {
        stack_.reset();
        return true;
    }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) {
        keys_.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t n, Code&) {
        keys_.pop_back();
        stack_.push_object(n);
        return true;
    }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t n, Code&) {
        stack_.push_array(n);
        return true;
    }
    bool on_key_part(Text part, std::size_t, Code&) {
        collected_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_key(Text part, std::size_t, Code& failed) {
        collected_.append(part.data(), part.size());
        if (has_nul()) return refuse("含有空字符（NUL）", failed);
        if (!keys_.back().insert(collected_).second) return refuse("同一对象中有重复的键", failed);
        collected_.clear();
        stack_.push_key(part);
        return true;
    }
    bool on_string_part(Text part, std::size_t, Code&) {
        collected_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_string(Text part, std::size_t, Code& failed) {
        collected_.append(part.data(), part.size());
        if (has_nul()) return refuse("含有空字符（NUL）", failed);
        collected_.clear();
        stack_.push_string(part);
        return true;
    }
    bool on_number_part(Text part, Code&) {
        collected_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t n, Text part, Code&) {
        if (numbers_ == Numbers::as_written) return write_number(part);
        collected_.clear();
        stack_.push_int64(n);
        return true;
    }
    bool on_uint64(std::uint64_t n, Text part, Code&) {
        if (numbers_ == Numbers::as_written) return write_number(part);
        collected_.clear();
        stack_.push_uint64(n);
        return true;
    }
    bool on_double(double, Text part, Code& failed) {
        if (numbers_ == Numbers::as_written) return write_number(part);
        // Boost 1.81 is off by one unit in the last place for some 17-digit numbers: read the text ourselves.
        collected_.append(part.data(), part.size());
        double exact = 0;
        auto done = std::from_chars(collected_.data(), collected_.data() + collected_.size(), exact);
        if (done.ec != std::errc{} && !is_tiny(exact, done.ec)) return refuse("数字超出范围", failed);
        collected_.clear();
        stack_.push_double(exact);
        return true;
    }
    bool on_bool(bool b, Code&) {
        stack_.push_bool(b);
        return true;
    }
    bool on_null(Code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }

    Json release() { return stack_.release(); }
    [[nodiscard]] std::string const& why() const { return why_; }

private:
    bool write_number(Text part) {
        collected_.append(part.data(), part.size());
        stack_.push_key("$number");
        stack_.push_string(collected_);
        stack_.push_object(1);
        collected_.clear();
        return true;
    }
    [[nodiscard]] bool has_nul() const { return collected_.find('\0') != std::string::npos; }
    /// from_chars says out_of_range for too large and too small alike; 1e-400 may be read as 0.
    bool is_tiny(double& value, std::errc failed) const {
        if (failed != std::errc::result_out_of_range) return false;
        auto exponent = collected_.find_first_of("eE");
        if (exponent == std::string::npos || collected_.compare(exponent + 1, 1, "-") != 0) return false;
        value = 0;
        return true;
    }
    bool refuse(char const* why, Code& failed) {
        why_ = why;
        failed = json::error::syntax;
        return false;
    }

    Numbers numbers_;
    json::value_stack stack_;
    std::vector<std::unordered_set<std::string>> keys_;
    std::string collected_, why_;
};

Error not_json(std::size_t at, std::string const& why) {
    return {ErrorKind::bad_request, "body_is_not_json",
            "不是合格的 JSON：第 " + std::to_string(at + 1) + " 个字节附近" +
                (why.empty() ? "有语法错误" : why) + "。"};
}

void append_double(std::string& out, double value) {
    ensure(std::isfinite(value), "JSON numbers are finite");
    char buffer[32];
    auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    out.append(buffer, end);
}

/// What follows the backslash, for each byte: 0 where the byte stands for itself, u for \u00xx.
constexpr std::array<char, 256> escapes = [] {
    std::array<char, 256> all{};
    for (std::size_t control = 0; control < 0x20; ++control) all[control] = 'u';
    all['\b'] = 'b';
    all['\f'] = 'f';
    all['\n'] = 'n';
    all['\r'] = 'r';
    all['\t'] = 't';
    all['"'] = '"';
    all['\\'] = '\\';
    return all;
}();

/// The same bytes as json::serialize, which builds a serializer and a string for every key and value.
void append_string(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto escape = escapes[static_cast<unsigned char>(text[i])];
        if (escape == 0) continue;
        out.append(text, written, i - written);
        written = i + 1;
        out += '\\';
        out += escape;
        if (escape != 'u') continue;
        out += "00";
        out += hex[text[i] >> 4];
        out += hex[text[i] & 15];
    }
    out.append(text, written);
    out += '"';
}

enum class KeyOrder { kept, sorted };

void append(std::string& out, Json const& value, KeyOrder order);

void append_object(std::string& out, json::object const& object, KeyOrder order) {
    auto append_pair = [&, first = true](json::key_value_pair const& pair) mutable {
        if (!std::exchange(first, false)) out += ',';
        append_string(out, {pair.key().data(), pair.key().size()});
        out += ':';
        append(out, pair.value(), order);
    };
    out += '{';
    if (order == KeyOrder::kept) {
        for (auto const& pair : object) append_pair(pair);
    } else {
        std::vector<json::key_value_pair const*> pairs;
        for (auto const& pair : object) pairs.push_back(&pair);
        std::sort(pairs.begin(), pairs.end(), [](auto* a, auto* b) { return a->key() < b->key(); });
        for (auto const* pair : pairs) append_pair(*pair);
    }
    out += '}';
}

void append_array(std::string& out, json::array const& array, KeyOrder order) {
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (i != 0) out += ',';
        append(out, array[i], order);
    }
    out += ']';
}

void append(std::string& out, Json const& value, KeyOrder order) {
    switch (value.kind()) {
        case json::kind::object:
            return append_object(out, value.get_object(), order);
        case json::kind::array:
            return append_array(out, value.get_array(), order);
        case json::kind::double_:
            return append_double(out, value.get_double());
        case json::kind::string:
            return append_string(out, {value.get_string().data(), value.get_string().size()});
        case json::kind::int64:
            out += std::to_string(value.get_int64());
            return;
        case json::kind::uint64:
            out += std::to_string(value.get_uint64());
            return;
        case json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            return;
        case json::kind::null:
            out += "null";
            return;
    }
}

Result<Json> read_as(std::string_view text, Numbers numbers) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<StrictHandler> parser(options, numbers);
    boost::system::error_code failed;
    auto used = parser.write_some(false, text.data(), text.size(), failed);
    if (!failed && used < text.size()) failed = json::error::extra_data;
    // The parser refuses such bytes too, but only says that something is wrong there.
    if (failed && !is_utf8(text)) return not_json(0, "起不是合格的 UTF-8 文字，或含有空字符（NUL）");
    if (failed == json::error::too_deep)
        return not_json(used, "嵌套超过 " + std::to_string(depth_max) + " 层");
    if (failed) return not_json(used, parser.handler().why());
    return parser.handler().release();
}

}  // namespace

Result<Json> read_json(std::string_view text) {
    return read_as(text, Numbers::as_double);
}

Result<Json> read_exact_json(std::string_view text) {
    return read_as(text, Numbers::as_written);
}

std::string to_text(Json const& value) {
    std::string out;
    append(out, value, KeyOrder::kept);
    return out;
}

std::string canonical_text(Json const& value) {
    std::string out;
    append(out, value, KeyOrder::sorted);
    return out;
}

}  // namespace tongban
