#include <algorithm>

#include "http/http.h"

namespace tongban::http {

namespace {

bool same_name(std::string_view a, std::string_view b) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

/// RFC 8187, 3.2.1: what may stand unescaped in filename*.
std::string extended_value(std::string_view text) {
    std::string out;
    for (char c : text) {
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                     c == '.' || c == '_';
        if (plain)
            out += c;
        else
            out += "%" + to_hex(std::string_view(&c, 1));
    }
    return out;
}

}  // namespace

std::string const& Request::param(std::string_view name) const {
    auto found = params.find(std::string(name));
    ensure(found != params.end(), "a handler asks for a parameter that its route has not");
    return found->second;
}

std::optional<std::string> Request::asked(std::string_view name) const {
    auto found = query.find(std::string(name));
    return found == query.end() ? std::nullopt : std::optional(found->second);
}

std::string Request::header(std::string_view name) const {
    for (auto const& [key, value] : headers) {
        if (same_name(key, name)) return value;
    }
    return "";
}

std::string Request::cookie(std::string_view name) const {
    auto const all = header("Cookie");
    std::string_view rest = all;
    while (!rest.empty()) {
        auto end = rest.find(';');
        auto pair = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return std::string(pair.substr(equals + 1));
        }
    }
    return "";
}

std::string Request::idempotency_key() const {
    return header("Idempotency-Key");
}

Language Request::language() const {
    return header("Accept-Language").starts_with("en") ? Language::en : Language::zh;
}

Reply ok(std::string json_body) {
    return {.body = std::move(json_body)};
}
Reply created(std::string json_body) {
    return {.status = 201, .body = std::move(json_body)};
}
Reply no_content() {
    return {.status = 204, .type = "", .body = ""};
}

Reply file(Bytes bytes, std::string type, std::string download_name) {
    Reply reply{.type = std::move(type), .body = std::move(bytes)};
    auto disposition = std::string("inline");
    if (!download_name.empty()) disposition = "attachment; filename*=UTF-8''" + extended_value(download_name);
    reply.headers.emplace_back("Content-Disposition", disposition);
    reply.headers.emplace_back("Cache-Control", "no-store");
    return reply;
}

}  // namespace tongban::http
