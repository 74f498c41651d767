#include <vips/vips.h>

#include <memory>

#include "files/inspect.h"

namespace tongban::files {

namespace {
struct Unref {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

Result<void> judge_size(VipsImage* image) {
    auto width = vips_image_get_width(image), height = vips_image_get_height(image);
    if (width > image_side_max || height > image_side_max ||
        static_cast<std::int64_t>(width) * height > image_pixels_max)
        return refusal("image_is_too_large");
    return {};
}
}  // namespace

Result<Checked> inspect_image(std::string const& bytes, std::string const& kind) {
    Image header(vips_image_new_from_buffer(bytes.data(), bytes.size(), "", "access", VIPS_ACCESS_SEQUENTIAL,
                                            nullptr));
    if (header == nullptr) return refusal("file_is_damaged");
    TRY(judge_size(header.get()));
    VipsImage* made = nullptr;
    // As an option of the loader: libvips 8.14 does not hand its own `fail_on` of thumbnails on to it.
    auto failed = vips_thumbnail_buffer(const_cast<char*>(bytes.data()), bytes.size(), &made, kept_side_max,
                                        "height", kept_side_max, "size", VIPS_SIZE_DOWN, "option_string",
                                        "fail_on=error", "export_profile", "srgb", nullptr);
    if (failed != 0) return refusal("file_is_damaged");
    Image image(made);
    void* encoded = nullptr;
    std::size_t size = 0;
    failed = kind == "png" ? vips_pngsave_buffer(image.get(), &encoded, &size, "strip", TRUE, nullptr)
                           : vips_jpegsave_buffer(image.get(), &encoded, &size, "Q", jpeg_quality, "strip",
                                                  TRUE, "optimize_coding", TRUE, nullptr);
    if (failed != 0) return refusal("file_is_damaged");
    Checked checked{kind, 1, vips_image_get_width(image.get()), vips_image_get_height(image.get()),
                    std::string(static_cast<char*>(encoded), size)};
    g_free(encoded);
    return checked;
}

}  // namespace tongban::files
