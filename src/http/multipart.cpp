#include "http/multipart.h"

#include <algorithm>

namespace tongban::http {

namespace {

constexpr std::size_t parts_most = 20;
constexpr std::size_t part_header_most = 4096;
constexpr std::size_t field_most = 64 * 1024;
constexpr std::size_t file_name_most = 255;

Error malformed(char const* what) {
    return {ErrorKind::bad_request, "multipart_is_malformed",
            std::string("上传的内容无法识别(") + what + ")。"};
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

struct HeaderValue {
    std::string first;
    std::map<std::string, std::string> parameters;
};

/// `form-data; name="a"; filename="b"`. In quotes browsers escape " as %22 and line ends as %0D %0A (HTML
/// standard).
std::optional<HeaderValue> read_header_value(std::string_view text) {
    HeaderValue out;
    auto end = text.find(';');
    out.first = lower(without_spaces(text.substr(0, end)));
    while (end != std::string_view::npos) {
        text = without_spaces(text.substr(end + 1));
        auto equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        auto name = lower(without_spaces(text.substr(0, equals)));
        text = text.substr(equals + 1);
        std::string value;
        if (text.starts_with('"')) {
            auto quote = text.find('"', 1);
            if (quote == std::string_view::npos) return std::nullopt;
            value = text.substr(1, quote - 1);
            text = without_spaces(text.substr(quote + 1));
            if (!text.empty() && text.front() != ';') return std::nullopt;
            end = text.empty() ? std::string_view::npos : 0;
        } else {
            end = text.find(';');
            value = without_spaces(text.substr(0, end));
        }
        if (name.empty() || !out.parameters.emplace(name, value).second) return std::nullopt;
    }
    return out;
}

std::string unescaped(std::string text) {
    for (auto [from, to] : {std::pair{"%22", "\""}, std::pair{"%0D", ""}, std::pair{"%0A", ""}}) {
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
            text.replace(at, 3, to);
    }
    return text;
}

/// Some browsers once sent whole paths.
std::string last_component(std::string_view name) {
    auto cut = name.find_last_of("/\\");
    return std::string(cut == std::string_view::npos ? name : name.substr(cut + 1));
}

struct Part {
    std::string name;
    std::optional<std::string> file_name;
    std::string content_type = "application/octet-stream";
};

Result<Part> read_part_header(std::string_view header) {
    Part part;
    bool named = false;
    while (!header.empty()) {
        auto end = header.find("\r\n");
        auto line = header.substr(0, end);
        header.remove_prefix(end == std::string_view::npos ? header.size() : end + 2);
        auto colon = line.find(':');
        if (colon == std::string_view::npos || line.find_first_of("\r\n") != std::string_view::npos) {
            return malformed("部分头");
        }
        auto name = lower(line.substr(0, colon));
        auto value = without_spaces(line.substr(colon + 1));
        if (name == "content-type") part.content_type = lower(value);
        if (name == "content-transfer-encoding") return malformed("传输编码");
        if (name != "content-disposition") continue;
        auto read = read_header_value(value);
        if (named || !read || read->first != "form-data" || !read->parameters.contains("name")) {
            return malformed("部分名称");
        }
        named = true;
        part.name = unescaped(read->parameters["name"]);
        if (auto file = read->parameters.find("filename"); file != read->parameters.end()) {
            part.file_name = last_component(unescaped(file->second));
        }
    }
    if (!named || part.name.empty() || part.name.size() > 100 || !is_utf8(part.name))
        return malformed("部分名称");
    if (part.file_name && (part.file_name->size() > file_name_most || !is_utf8(*part.file_name))) {
        return malformed("文件名");
    }
    return part;
}

Result<std::string> boundary_of(std::string_view content_type) {
    auto read = read_header_value(content_type);
    if (!read || read->first != "multipart/form-data") return malformed("类型");
    auto boundary = read->parameters["boundary"];
    auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
    };
    if (boundary.empty() || boundary.size() > 70 || !std::ranges::all_of(boundary, allowed)) {
        return malformed("分隔符");
    }
    return boundary;
}

Result<void> keep(Multipart& out, Part part, std::string_view content) {
    if (part.file_name) {
        if (part.file_name->empty() && content.empty()) return {};  // a file field left empty
        out.uploads.push_back({part.name, *part.file_name, part.content_type, Bytes(content)});
        return {};
    }
    if (content.size() > field_most || !is_utf8(content)) return malformed("文字");
    if (!out.fields.emplace(part.name, content).second) return malformed("重复的部分");
    return {};
}

}  // namespace

Result<Multipart> read_multipart(std::string_view content_type, std::string_view body) {
    auto delimiter = "\r\n--" + TRY(boundary_of(content_type));
    Multipart out;
    std::size_t parts = 0;
    auto first = std::string_view(delimiter).substr(2);
    if (!body.starts_with(first)) return malformed("开头");
    body.remove_prefix(first.size());
    while (!body.starts_with("--")) {
        if (!body.starts_with("\r\n")) return malformed("分隔");
        if (++parts > parts_most) {
            return Error{ErrorKind::bad_request, "multipart_has_too_many_parts",
                         "一次上传的内容太多，请分几次上传。"};
        }
        body.remove_prefix(2);
        auto header_end = body.substr(0, part_header_most).find("\r\n\r\n");
        if (header_end == std::string_view::npos) return malformed("部分头");
        auto part = TRY(read_part_header(body.substr(0, header_end)));
        body.remove_prefix(header_end + 2);  // keeps a line end, for an empty part's delimiter begins with it
        auto end = body.find(delimiter);
        if (end == std::string_view::npos) return malformed("结尾");
        TRY(keep(out, std::move(part), end < 2 ? std::string_view{} : body.substr(2, end - 2)));
        body.remove_prefix(end + delimiter.size());
    }
    body.remove_prefix(2);
    if (!body.empty() && body != "\r\n") return malformed("结尾");
    return out;
}

}  // namespace tongban::http
