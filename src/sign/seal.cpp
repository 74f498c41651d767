#include "sign/seal.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tongban::sign {

namespace {

constexpr double radius = 19.3, border = 1.2, star_radius = 6.2;  // millimetres, of a seal 40 mm across
constexpr double widest_mm = 21.5;  // of a straight line of words: beside it the name on the arc ends
constexpr double pi = std::numbers::pi;

/// The outline of one character or line, centred on the origin, `height` mm high and `width` mm wide.
void add_outline(cairo_t* cr, Typesetter& type, std::string_view text, Face face, double width,
                 double height) {
    auto layout = type.shaped(text, face, 100, 0);
    int natural = 0;
    pango_layout_get_size(layout.get(), &natural, nullptr);
    cairo_save(cr);
    cairo_scale(cr, width / (natural / double(PANGO_SCALE)), height / 100);
    cairo_move_to(cr, -natural / double(PANGO_SCALE) / 2,
                  38);  // the middle of the square is 38 % above its base line
    pango_cairo_layout_line_path(cr, pango_layout_get_line_readonly(layout.get(), 0));
    cairo_restore(cr);
}

void draw_star(cairo_t* cr) {
    for (int i = 0; i < 10; ++i) {
        double r =
            i % 2 ? star_radius * 0.381966 : star_radius;  // the golden star: its edges are straight lines
        cairo_line_to(cr, r * std::sin(i * pi / 5), -r * std::cos(i * pi / 5));
    }
    cairo_close_path(cr);
    cairo_fill(cr);
}

/// The body's name runs clockwise on the arc; a long name gets narrower letters, not a smaller height.
void draw_arc(cairo_t* cr, Typesetter& type, std::u32string const& name) {
    auto count = double(name.size());
    double height = name.size() <= 14 ? 5.2 : name.size() <= 20 ? 4.5 : 3.8;
    double middle = radius - border / 2 - 1.1 - height / 2;
    double step = count < 2 ? 0 : std::min(0.46, 3.8 / (count - 1));
    double width = std::min(height * 0.92, step > 0 ? step * (middle - height / 3) * 0.95 : height);
    for (std::size_t i = 0; i < name.size(); ++i) {
        cairo_save(cr);
        cairo_rotate(cr, (double(i) - (count - 1) / 2) * step);
        cairo_translate(cr, 0, -middle);
        add_outline(cr, type, from_code_points({&name[i], 1}), Face::song_bold, width, height);
        cairo_restore(cr);
    }
    cairo_fill(cr);
}

/// A straight line of words at `y`, as wide as the circle allows there.
void draw_words(cairo_t* cr, Typesetter& type, std::string_view words, double y, double height) {
    if (words.empty()) return;
    double inner = radius - border - 0.8;
    double chord = 2 * std::sqrt(inner * inner - (y + height / 2) * (y + height / 2));
    double width = std::min(std::min(chord, widest_mm), double(code_points(words)) * height);
    cairo_save(cr);
    cairo_translate(cr, 0, y);
    add_outline(cr, type, words, Face::song_bold, width, height);
    cairo_restore(cr);
    cairo_fill(cr);
}

}  // namespace

Result<SealPicture> draw_round_seal(Typesetter& type, SealFace const& face) {
    for (auto const& words : {face.body_name, face.line, face.mark}) TRY(type.check(words, Face::song_bold));
    SealPicture made;
    PdfCanvas canvas(made.side_mm, made.side_mm);
    auto* cr = canvas.context();
    cairo_scale(cr, points_per_mm, points_per_mm);
    cairo_translate(cr, made.side_mm / 2, made.side_mm / 2);
    cairo_set_source_rgb(cr, 0xC8 / 255.0, 0x16 / 255.0, 0x1D / 255.0);
    // Like ink: what is printed below stays readable.
    cairo_set_operator(cr, CAIRO_OPERATOR_MULTIPLY);
    cairo_set_line_width(cr, border);
    cairo_arc(cr, 0, 0, radius - border / 2, 0, 2 * pi);
    cairo_stroke(cr);
    cairo_translate(cr, 0, -0.6);
    draw_star(cr);
    cairo_translate(cr, 0, 0.6);
    draw_arc(cr, type, to_code_points(face.body_name));
    draw_words(cr, type, face.line, 10.1, 3.1);
    if (!face.mark.empty()) draw_words(cr, type, "（" + face.mark + "）", face.line.empty() ? 11 : 14, 2.8);
    cairo_show_page(cr);
    made.pdf = canvas.finish();
    return made;
}

}  // namespace tongban::sign
