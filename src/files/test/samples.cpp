#include "samples.h"

#include <vips/vips.h>
#include <zlib.h>

#include <vector>

#include "base/base.h"
#include "encrypted.h"

namespace tongban::files::testing {

namespace {
/// Objects in the order given, with a cross-reference table that fits.
std::string with_table(std::vector<std::pair<int, std::string>> const& objects) {
    std::string out = "%PDF-1.7\n";
    std::map<int, std::size_t> at;
    for (auto const& [number, text] : objects) {
        at[number] = out.size();
        out += std::to_string(number) + " 0 obj\n" + text + "\nendobj\n";
    }
    auto table = out.size();
    auto size = at.rbegin()->first + 1;
    out += "xref\n";
    out += "0 1\n0000000000 65535 f \n";
    for (auto const& [number, offset] : at) {
        auto digits = std::to_string(offset);
        out +=
            std::to_string(number) + " 1\n" + std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    return out + "trailer\n<< /Size " + std::to_string(size) + " /Root 1 0 R >>\nstartxref\n" +
           std::to_string(table) + "\n%%EOF\n";
}

std::string encoded(VipsImage* image, char const* kind) {
    void* bytes = nullptr;
    std::size_t size = 0;
    ensure(vips_image_write_to_buffer(image, kind, &bytes, &size, nullptr) == 0, "libvips encodes");
    std::string out(static_cast<char*>(bytes), size);
    g_free(bytes);
    return out;
}

VipsImage* noise(int width, int height) {
    ensure(vips_init("test_files") == 0, "libvips starts");
    VipsImage *grey = nullptr, *bytes = nullptr;
    ensure(vips_gaussnoise(&grey, width, height, "mean", 128.0, "sigma", 40.0, nullptr) == 0, "noise");
    ensure(vips_cast_uchar(grey, &bytes, nullptr) == 0, "bytes");
    g_object_unref(grey);
    return bytes;
}

std::string chunk(std::string const& body) {
    auto length = [](std::size_t n) {
        std::string out;
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(n >> shift & 0xFF);
        return out;
    };
    auto crc =
        crc32(0, reinterpret_cast<unsigned char const*>(body.data()), static_cast<unsigned>(body.size()));
    return length(body.size() - 4) + body + length(crc);
}
}  // namespace

std::string pdf(int pages, std::string const& catalog, std::string const& page, std::string const& objects) {
    std::vector<std::pair<int, std::string>> all;
    std::string kids;
    for (int i = 0; i < pages; ++i) kids += std::to_string(10 + i) + " 0 R ";
    all.push_back({1, "<< /Type /Catalog /Pages 2 0 R " + catalog + " >>"});
    all.push_back({2, "<< /Type /Pages /Count " + std::to_string(pages) + " /Kids [ " + kids + "] >>"});
    for (int i = 0; i < pages; ++i)
        all.push_back({10 + i, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + page + " >>"});
    if (!objects.empty()) all.push_back({100, objects});
    return with_table(all);
}

std::string encrypted_pdf() {
    return encrypted(pdf());
}

std::string jpeg(int width, int height) {
    auto* image = noise(width, height);
    auto out = encoded(image, ".jpg");
    g_object_unref(image);
    return out;
}

std::string png(int width, int height) {
    auto* image = noise(width, height);
    auto out = encoded(image, ".png");
    g_object_unref(image);
    return out;
}

std::string sideways_jpeg_with_place() {
    auto* image = noise(200, 100);
    VipsImage* marked = nullptr;
    ensure(vips_copy(image, &marked, nullptr) == 0, "copy");
    vips_image_set_int(marked, "orientation", 6);
    vips_image_set_string(marked, "exif-ifd3-GPSLatitudeRef", "N (N, ASCII, 2 components, 2 bytes)");
    vips_image_set_string(marked, "exif-ifd0-Make", "GeheimCam (GeheimCam, ASCII, 10 components, 10 bytes)");
    auto out = encoded(marked, ".jpg");
    g_object_unref(marked);
    g_object_unref(image);
    return out;
}

std::string png_bomb(unsigned width, unsigned height) {
    std::string header = "IHDR";
    for (auto side : {width, height})
        for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(side >> shift & 0xFF);
    header += std::string("\x08\x02\x00\x00\x00", 5);
    return "\x89PNG\r\n\x1a\n" + chunk(header) +
           chunk(std::string("IDAT\x78\x9c\x03\x00\x00\x00\x00\x01", 12)) + chunk("IEND");
}

std::string program() {
    std::string out("MZ\x90\0\x03\0\0\0", 8);
    out.resize(0x3C, '\0');
    out += std::string("\x40\0\0\0PE\0\0\x64\x86\x02\0", 12);
    out.resize(1024, '\0');
    return out;
}

std::string heic() {
    std::string out(
        "\0\0\0\x18"
        "ftypheic\0\0\0\0mif1heic",
        24);
    out.resize(512, '\0');
    return out;
}

}  // namespace tongban::files::testing
