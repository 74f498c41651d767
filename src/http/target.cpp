#include "http/target.h"

#include <algorithm>
#include <optional>

namespace tongban::http {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Plus { is_plus, is_space };

std::optional<std::string> decoded(std::string_view text, Plus plus) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus == Plus::is_space) {
            c = ' ';
        } else if (static_cast<unsigned char>(c) >= 0x80 || c == ' ') {
            return std::nullopt;  // must be percent-encoded
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
        out += c;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

bool climbs(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        auto end = path.find('/');
        auto segment = path.substr(0, end);
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(end == std::string_view::npos ? path.size() : end);
    }
    return false;
}

}  // namespace

Result<Target> read_target(std::string_view text) {
    Error wrong_path{ErrorKind::bad_request, "path_is_malformed", "网址有误，请检查后重试。"};
    Error wrong_query{ErrorKind::bad_request, "query_is_malformed", "网址中的查询部分有误，请检查后重试。"};
    auto mark = text.find('?');
    auto raw_path = text.substr(0, mark);
    if (!raw_path.starts_with('/') || raw_path.find('#') != std::string_view::npos) return wrong_path;
    auto path = decoded(raw_path, Plus::is_plus);
    if (!path || path->find('\\') != std::string::npos || climbs(*path)) return wrong_path;
    // A decoded %2F would be taken for a separator by whoever splits the path later.
    if (std::ranges::count(*path, '/') != std::ranges::count(raw_path, '/')) return wrong_path;
    Target target{std::move(*path), {}};
    auto rest = mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1);
    while (!rest.empty()) {
        auto end = rest.find('&');
        auto pair = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (pair.empty()) continue;
        auto equals = pair.find('=');
        auto name = decoded(pair.substr(0, equals), Plus::is_space);
        auto value = equals == std::string_view::npos ? std::string()
                                                      : decoded(pair.substr(equals + 1), Plus::is_space);
        if (!name || !value || !target.query.emplace(*name, *value).second) return wrong_query;
    }
    return target;
}

}  // namespace tongban::http
