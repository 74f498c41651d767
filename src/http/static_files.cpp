#include "http/static_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tongban::http {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kept_file_most = 1024 * 1024;
constexpr std::size_t kept_total_most = 64 * 1024 * 1024;

std::string type_of(std::string_view path) {
    static std::map<std::string_view, char const*> const types{{"html", "text/html; charset=utf-8"},
                                                               {"js", "text/javascript; charset=utf-8"},
                                                               {"mjs", "text/javascript; charset=utf-8"},
                                                               {"css", "text/css; charset=utf-8"},
                                                               {"json", "application/json"},
                                                               {"map", "application/json"},
                                                               {"webmanifest", "application/manifest+json"},
                                                               {"svg", "image/svg+xml"},
                                                               {"png", "image/png"},
                                                               {"jpg", "image/jpeg"},
                                                               {"jpeg", "image/jpeg"},
                                                               {"webp", "image/webp"},
                                                               {"gif", "image/gif"},
                                                               {"ico", "image/x-icon"},
                                                               {"woff2", "font/woff2"},
                                                               {"woff", "font/woff"},
                                                               {"ttf", "font/ttf"},
                                                               {"wasm", "application/wasm"},
                                                               {"pdf", "application/pdf"},
                                                               {"txt", "text/plain; charset=utf-8"}};
    auto dot = path.rfind('.');
    auto found = dot == std::string_view::npos ? types.end() : types.find(path.substr(dot + 1));
    return found == types.end() ? "application/octet-stream" : found->second;
}

/// One range of RFC 9110, 14.1.2. nullopt: not one we understand, so the whole is sent.
struct ByteRange {
    std::size_t first = 0, last = 0;
    bool satisfiable = false;
};
std::optional<ByteRange> read_range(std::string_view text, std::size_t size) {
    if (!text.starts_with("bytes=") || text.find(',') != std::string_view::npos) return std::nullopt;
    text.remove_prefix(6);
    auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    auto read = [](std::string_view digits) -> std::optional<std::size_t> {
        std::size_t value = 0;
        auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (wrong != std::errc{} || end != digits.data() + digits.size() || digits.empty())
            return std::nullopt;
        return value;
    };
    auto first = read(text.substr(0, dash)), last = read(text.substr(dash + 1));
    bool open_end = dash + 1 == text.size();
    if (dash == 0) {  // the last n bytes
        if (!last) return std::nullopt;
        if (*last == 0 || size == 0) return ByteRange{};
        return ByteRange{size - std::min(*last, size), size - 1, true};
    }
    if (!first || (!open_end && (!last || *last < *first))) return std::nullopt;
    if (*first >= size) return ByteRange{};
    return ByteRange{*first, open_end ? size - 1 : std::min(*last, size - 1), true};
}

bool tag_matches(std::string_view if_none_match, std::string_view tag) {
    return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

void cut_to_range(Reply& reply, Request const& request, std::string const& tag) {
    auto condition = request.header("If-Range");
    auto range = read_range(request.header("Range"), reply.body.size());
    if (!range || (!condition.empty() && condition != tag)) return;
    auto size = std::to_string(reply.body.size());
    if (!range->satisfiable) {
        reply.status = 416;
        reply.headers.emplace_back("Content-Range", "bytes */" + size);
        reply.body.clear();
        return;
    }
    reply.status = 206;
    reply.headers.emplace_back("Content-Range", "bytes " + std::to_string(range->first) + "-" +
                                                    std::to_string(range->last) + "/" + size);
    reply.body = reply.body.substr(range->first, range->last - range->first + 1);
}

}  // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
    while (!accept_encoding.empty()) {
        auto end = accept_encoding.find(',');
        auto each = accept_encoding.substr(0, end);
        accept_encoding.remove_prefix(end == std::string_view::npos ? accept_encoding.size() : end + 1);
        while (each.starts_with(' ')) each.remove_prefix(1);
        auto weight = each.find(';');
        auto name = each.substr(0, weight);
        while (name.ends_with(' ')) name.remove_suffix(1);
        if (name != coding) continue;
        auto q = weight == std::string_view::npos ? std::string_view("q=1") : each.substr(weight + 1);
        auto value = q.substr(std::min(q.find('=') + 1, q.size()));
        return value.find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

StaticFiles::StaticFiles(std::string root) {
    std::error_code none;
    if (!root.empty()) root_ = fs::canonical(root, none).string();
}

std::shared_ptr<StaticFiles::Content const> StaticFiles::load(std::string const& path) {
    std::error_code none;
    auto real = fs::canonical(path, none).string();  // a link may stay inside, never lead out
    if (none || !real.starts_with(root_ + "/")) return nullptr;
    struct stat facts {};
    if (stat(real.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return nullptr;
    auto changed = facts.st_mtim.tv_sec * 1'000'000'000LL + facts.st_mtim.tv_nsec;
    {
        std::lock_guard lock(mutex_);
        auto found = kept_.find(real);
        if (found != kept_.end() && found->second->changed_ns == changed &&
            found->second->size == facts.st_size) {
            return found->second;
        }
    }
    std::ifstream in(real, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in)
        return facts.st_size == 0 ? std::make_shared<Content>(Content{0, changed, "", "\"empty\""}) : nullptr;
    auto content = std::make_shared<Content>(Content{facts.st_size, changed, std::move(bytes).str(), ""});
    content->tag = "\"" + sha256_hex(content->bytes).substr(0, 20) + "\"";
    if (content->bytes.size() > kept_file_most) return content;
    std::lock_guard lock(mutex_);
    if (kept_bytes_ + content->bytes.size() > kept_total_most) {
        kept_.clear();
        kept_bytes_ = 0;
    }
    auto& place = kept_[real];
    if (place) kept_bytes_ -= place->bytes.size();
    kept_bytes_ += content->bytes.size();
    place = content;
    return content;
}

std::optional<Reply> StaticFiles::reply_with(Request const& request, std::string const& path) {
    auto content = load(path);
    if (!content) return std::nullopt;
    Reply reply{.type = type_of(path)};
    auto accepted = request.header("Accept-Encoding");
    auto wants_range = !request.header("Range").empty();
    for (auto [coding, suffix] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
        if (wants_range || !accepts_coding(accepted, coding)) continue;
        if (auto packed = load(path + suffix); packed) {
            content = packed;
            reply.headers.emplace_back("Content-Encoding", coding);
            break;
        }
    }
    bool hashed = path.find("/assets/") != std::string::npos;  // the bundler puts a hash into these names
    reply.headers.emplace_back("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    reply.headers.emplace_back("Vary", "Accept-Encoding");
    reply.headers.emplace_back("ETag", content->tag);
    if (auto known = request.header("If-None-Match"); !known.empty() && tag_matches(known, content->tag)) {
        reply.status = 304;
        return reply;
    }
    reply.headers.emplace_back("Accept-Ranges", "bytes");
    reply.body = content->bytes;
    if (wants_range) cut_to_range(reply, request, content->tag);
    return reply;
}

std::optional<Reply> StaticFiles::serve(Request const& request) {
    auto const& path = request.path;
    if (root_.empty() || request.method != Method::get || path == "/api" || path.starts_with("/api/")) {
        return std::nullopt;
    }
    if (path == "/desk") {
        return Reply{.status = 308,
                     .type = "text/plain; charset=utf-8",
                     .body = "",
                     .headers = {{"Location", "/desk/"}}};
    }
    bool desk = path.starts_with("/desk/");
    auto app = root_ + (desk ? "/desk" : "/portal");
    auto rest = desk ? path.substr(5) : path;
    if (rest.find("/.") != std::string::npos || rest.find('\0') != std::string::npos) return std::nullopt;
    auto last = rest.substr(rest.rfind('/') + 1);
    if (last.find('.') != std::string::npos) return reply_with(request, app + rest);
    return reply_with(request, app + "/index.html");
}

}  // namespace tongban::http
