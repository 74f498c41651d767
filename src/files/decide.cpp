#include "files/decide.h"

#include <algorithm>
#include <map>

namespace tongban::files {

namespace {
struct Words {
    ErrorKind kind;
    char const* detail;
};

std::map<std::string_view, Words> const& words() {
    static std::map<std::string_view, Words> const all{
        {"file_is_missing", {ErrorKind::bad_request, "没有收到文件，请重新选择。"}},
        {"file_is_empty", {ErrorKind::invalid, "文件是空的，请重新选择。"}},
        {"file_is_too_large", {ErrorKind::too_large, "文件超过 20 MB。请拍得小一点，或分成几个文件。"}},
        {"file_kind_is_not_accepted",
         {ErrorKind::unsupported,
          "只收 PDF、JPG 和 PNG。苹果手机的 HEIC 照片，请在设置里改为“兼容性最佳”后重拍。"}},
        {"file_is_not_what_its_name_says",
         {ErrorKind::invalid, "文件内容与文件名的类型不符，请用原来的软件另存后再传。"}},
        {"file_is_damaged",
         {ErrorKind::invalid, "文件打不开，可能没有传完或已损坏，请重新拍照或另存后再传。"}},
        {"pdf_is_encrypted", {ErrorKind::invalid, "这个 PDF 有密码，我们看不到内容。请去掉密码后再传。"}},
        {"pdf_has_active_content",
         {ErrorKind::invalid, "这个 PDF 带有脚本、附件或动态表单，不能收。请用“打印为 PDF”另存后再传。"}},
        {"pdf_has_too_many_pages", {ErrorKind::invalid, "这个 PDF 超过 50 页，请分成几个文件。"}},
        {"image_is_too_large",
         {ErrorKind::invalid, "图片太大（长宽超过 20000 或总像素超过 6000 万），请缩小后再传。"}},
        {"file_check_took_too_long",
         {ErrorKind::invalid, "文件检查用时太长，没有收下。请另存或重新拍照后再传。"}},
    };
    return all;
}

std::string ending_of(std::string_view name) {
    auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return "";
    std::string ending(name.substr(dot + 1));
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return ending;
}

/// Characters that hide what a name really is, or break lists and headers.
bool is_unfit(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == U'"' ||
           c == U'<' || c == U'>' || c == U'|' || c == U'?' || c == U'*' || c == U':';
}
}  // namespace

Error refusal(std::string_view code) {
    auto found = words().find(code);
    if (found == words().end())
        return {ErrorKind::invalid, "file_is_damaged", words().at("file_is_damaged").detail};
    return {found->second.kind, std::string(code), found->second.detail};
}

std::string kind_by_name(std::string_view name) {
    auto ending = ending_of(name);
    if (ending == "pdf" || ending == "png") return ending;
    return ending == "jpg" || ending == "jpeg" || ending == "jpe" || ending == "jfif" ? "jpeg" : "";
}

std::string kind_by_type(std::string_view mime_type) {
    if (mime_type == "application/pdf") return "pdf";
    if (mime_type == "image/jpeg") return "jpeg";
    return mime_type == "image/png" ? "png" : "";
}

Result<void> judge_kind(std::string_view name, std::string_view found) {
    auto said = kind_by_name(name);
    if (!said.empty() && said != found) return refusal("file_is_not_what_its_name_says");
    if (found.empty()) return refusal("file_kind_is_not_accepted");
    return {};
}

std::string clean_name(std::string_view name, std::string_view kind) {
    auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    auto points = is_utf8(name) ? to_code_points(name) : std::u32string{};
    std::erase_if(points, is_unfit);
    auto stem = from_code_points(points);
    if (kind_by_name(stem) == kind) stem.erase(stem.rfind('.'));
    auto bare = trimmed(stem);
    while (bare.starts_with('.')) bare.erase(0, 1);
    if (bare.empty()) bare = "文件";
    auto ending = "." + std::string(kind == "jpeg" ? "jpg" : kind);
    auto kept = to_code_points(bare);
    kept.resize(std::min(kept.size(), name_length_max - ending.size()));
    return from_code_points(kept) + ending;
}

std::string type_of(std::string_view kind) {
    return (kind == "pdf" ? "application/" : "image/") + std::string(kind);
}

}  // namespace tongban::files
