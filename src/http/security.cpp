// What protects the browser's side: headers on every reply, and whether a request comes from our own pages.
#include <algorithm>

#include "http/dispatch.h"

namespace tongban::http {

namespace {

constexpr char const* policy_of_apps =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'; connect-src 'self'";
// The desk's component library writes inline styles (architecture: the only exception), and shows letters in
// a frame.
constexpr char const* policy_of_desk =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; connect-src 'self'; "
    "frame-src 'self' blob:";
constexpr char const* policy_of_data = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
// The browser's own viewer needs its styles and object; `sandbox` would stop it.
constexpr char const* policy_of_pdf =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: blob:; object-src 'self'; base-uri "
    "'none'; "
    "form-action 'none'; frame-ancestors 'self'";

bool has_header(Reply const& reply, std::string_view name) {
    return std::ranges::any_of(reply.headers, [&](auto const& each) { return each.first == name; });
}

bool same_host(std::string_view origin, std::string_view host) {
    auto scheme = origin.find("://");
    if (scheme == std::string_view::npos || host.empty()) return false;
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(origin.substr(scheme + 3), host,
                              [&](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

void add_security_headers(Reply& reply, std::string_view path, Settings const& settings) {
    auto add = [&](char const* name, char const* value) {
        if (!has_header(reply, name)) reply.headers.emplace_back(name, value);
    };
    bool api = path.starts_with("/api/") || path == "/api" || path == "/metrics" || path == "/healthz";
    bool pdf = api && reply.type == "application/pdf";
    auto const* policy = path.starts_with("/desk/") ? policy_of_desk : policy_of_apps;
    if (api) policy = pdf ? policy_of_pdf : policy_of_data;
    add("Content-Security-Policy", policy);
    add("X-Content-Type-Options", "nosniff");
    add("X-Frame-Options", pdf ? "SAMEORIGIN" : "DENY");
    add("Referrer-Policy", "same-origin");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    if (api) add("Cache-Control", "no-store");
    if (settings.secure_cookies) add("Strict-Transport-Security", "max-age=31536000");
}

bool comes_from_here(Request const& request) {
    // Sec-Fetch-Site cannot be set by a page's script; where a browser sends it, it is the better witness.
    auto site = request.header("Sec-Fetch-Site");
    if (!site.empty()) return site == "same-origin" || site == "none";
    auto origin = request.header("Origin");
    return origin.empty() || same_host(origin, request.header("Host"));
}

}  // namespace tongban::http
