#include "files/inspect.h"

#include <magic.h>
#include <vips/vips.h>

#include "files/decide.h"

namespace tongban::files {

Result<Inspector> Inspector::open() {
    auto* magic = magic_open(MAGIC_MIME_TYPE);
    if (magic == nullptr || magic_load(magic, nullptr) != 0)
        return Error{ErrorKind::unavailable, "file_types_are_missing", "缺少文件类型库（libmagic）。"};
    if (vips_init("tongban") != 0)
        return Error{ErrorKind::unavailable, "image_library_is_missing", "图片库（libvips）不能启动。"};
    vips_block_untrusted_set(TRUE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    return Inspector(magic);
}

Result<Checked> Inspector::inspect(std::string const& bytes) const {
    auto const* type = magic_buffer(static_cast<magic_t>(magic_), bytes.data(), bytes.size());
    auto kind = kind_by_type(type == nullptr ? "" : type);
    if (kind.empty()) return refusal("file_kind_is_not_accepted");
    return kind == "pdf" ? inspect_pdf(bytes) : inspect_image(bytes, kind);
}

}  // namespace tongban::files
