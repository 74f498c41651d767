#include "sign/qr.h"

#include <cairo.h>
#include <qrencode.h>

#include <algorithm>
#include <cctype>

namespace tongban::sign {

Result<QrModules> qr_modules(std::string_view text) {
    Error too_long{ErrorKind::invalid, "qr_text_is_too_long", "二维码内容过长"};
    if (text.empty() || text.find('\0') != text.npos)
        return Error{ErrorKind::invalid, "qr_text_is_too_long", ""};
    // Splits into alphanumeric and byte segments by itself, so that upper-case addresses give small codes.
    auto* code = QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code) return too_long;
    QrModules made;
    made.side = code->width;
    int version = code->version;
    for (int i = 0; i < code->width * code->width; ++i) made.dark += (code->data[i] & 1) ? '1' : '0';
    QRcode_free(code);
    if (version > 10) return too_long;
    return made;
}

std::string url_for_qr(std::string_view url) {
    std::string made(url);
    auto host = made.find("://");
    auto path = host == made.npos ? 0 : made.find_first_of("/?#", host + 3);
    if (path == made.npos) path = made.size();
    std::transform(made.begin(), made.begin() + std::ptrdiff_t(path), made.begin(),
                   [](unsigned char c) { return char(std::toupper(c)); });
    return made;
}

Result<std::string> qr_svg(std::string_view text) {
    auto code = TRY(qr_modules(text));
    auto side = std::to_string(code.side + 2 * qr_quiet_zone);
    std::string path;
    for (int y = 0; y < code.side; ++y)
        for (int x = 0; x < code.side; ++x) {
            if (!code.at(x, y)) continue;
            int from = x;
            while (x + 1 < code.side && code.at(x + 1, y)) ++x;
            path += "M" + std::to_string(from + qr_quiet_zone) + " " + std::to_string(y + qr_quiet_zone) +
                    "h" + std::to_string(x - from + 1) + "v1h-" + std::to_string(x - from + 1) + "z";
        }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
           "H0z\"/><path d=\"" + path + "\"/></svg>";
}

Result<Bytes> qr_png(std::string_view text, int pixels_per_module) {
    auto code = TRY(qr_modules(text));
    int scale = std::clamp(pixels_per_module, 1, 32);
    int side = (code.side + 2 * qr_quiet_zone) * scale;
    auto* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    auto* cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (int y = 0; y < code.side; ++y)
        for (int x = 0; x < code.side; ++x)
            if (code.at(x, y))
                cairo_rectangle(cr, (x + qr_quiet_zone) * scale, (y + qr_quiet_zone) * scale, scale, scale);
    cairo_fill(cr);
    Bytes made;
    auto write = [](void* to, unsigned char const* data, unsigned length) {
        static_cast<Bytes*>(to)->append(reinterpret_cast<char const*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    };
    auto status = cairo_surface_write_to_png_stream(surface, write, &made);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    ensure(status == CAIRO_STATUS_SUCCESS, "a QR picture in memory cannot fail to be written");
    return made;
}

}  // namespace tongban::sign
