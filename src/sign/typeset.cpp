#include "sign/typeset.h"

#include <fontconfig/fcfreetype.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <array>
#include <cstdio>

#if defined(__SANITIZE_ADDRESS__)
/// fontconfig keeps pieces of every configuration, cairo 1.16 384 bytes per font and document: known, small,
/// not ours.
extern "C" char const* __lsan_default_suppressions() {
    return "leak:libfontconfig\nleak:libcairo\n";
}
#endif

namespace tongban::sign {

namespace {

/// Characters that draw nothing or turn the text around: in a document they could only hide something.
bool is_forbidden(char32_t c) {
    if (c < 0x20) return c != '\n';
    return (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           c == 0xfeff || (c >= 0xfff0 && c <= 0xffff);
}

Error cannot_be_drawn(char32_t c) {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(c));
    return {ErrorKind::unavailable, "character_cannot_be_drawn", name.data()};
}

double to_mm(int pango_units) {
    return pango_units / double(PANGO_SCALE) / points_per_mm;
}

std::string without_end_spaces(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return std::string(text);
}

/// A number and the character that counts it (2026年, 第3号) stay on one line: GB/T 9704-2012, 7.3.3. So do
/// month and day: 12月4日.
void keep_numbers_whole(PangoLayout* layout, std::string_view text) {
    auto* attributes = pango_attr_list_new();
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_digit(text[i])) continue;
        auto from = i, until = i;
        do {
            while (i < text.size() && is_digit(text[i])) ++i;
            if (i + 2 >= text.size() || (text[i] & 0xf0) != 0xe0) break;  // not before a Han character
            until = i += 3;
        } while (i < text.size() && is_digit(text[i]) && text.substr(i - 3, 3) == "月");
        if (until == from) continue;
        --i;  // the loop goes on behind it
        auto* whole = pango_attr_allow_breaks_new(FALSE);
        whole->start_index = guint(from);
        whole->end_index = guint(until);
        pango_attr_list_insert(attributes, whole);
    }
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

/// What must be added between the characters of a full line so that it ends at the margin. A line that would
/// be torn apart (a long number went to the next line) stays ragged.
double spacing_for(std::string_view text, double gap_mm, double size_pt) {
    auto count = code_points(text);
    if (count < 2 || gap_mm <= 0) return 0;
    double spacing = gap_mm * points_per_mm / double(count - 1);
    return spacing <= size_pt * 0.13 ? spacing : 0;
}

/// One character and a full stop on a line of their own.
bool ends_in_a_crumb(std::vector<Line> const& lines) {
    return lines.size() > 1 && code_points(lines.back().text) <= 2;
}

/// Puts a face under a family name of ours into the configuration, which keeps it.
bool add_face(FcConfig* config, std::string const& path, std::string const& family) {
    int faces = 0;
    auto* pattern = FcFreeTypeQuery(reinterpret_cast<FcChar8 const*>(path.c_str()), 0, nullptr, &faces);
    if (!pattern) return false;
    FcPatternDel(pattern, FC_FAMILY);
    FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<FcChar8 const*>(family.c_str()));
    return FcFontSetAdd(FcConfigGetFonts(config, FcSetApplication), pattern) == FcTrue;
}

}  // namespace

FontFolder::~FontFolder() {
    FcConfigDestroy(config);
}

Result<Fonts> Fonts::open(std::string const& dir) {
    struct Role {
        Face face;
        char const* file;
    };
    auto folder = std::make_shared<FontFolder>(FcConfigCreate());
    for (auto [face, file] : {Role{Face::song, "song.otf"}, Role{Face::song_bold, "song-bold.otf"},
                              Role{Face::sans, "sans.otf"}, Role{Face::sans_bold, "sans-bold.otf"}}) {
        auto path = dir + "/" + file;
        auto const* name = reinterpret_cast<FcChar8 const*>(path.c_str());
        int faces = 0;
        auto* pattern = FcFreeTypeQuery(name, 0, nullptr, &faces);
        if (!pattern || !FcConfigAppFontAddFile(folder->config, name)) {
            if (pattern) FcPatternDestroy(pattern);
            return Error{ErrorKind::unavailable, "fonts_are_missing",
                         std::string("缺少字体文件 ") + file + "，请先运行 tools/fonts.sh"};
        }
        // The face of common characters comes first: drawing copies its outlines for each document.
        auto family = std::string("Tongban ") + file;
        if (!add_face(folder->config, dir + "/common-" + file, family))
            return Error{ErrorKind::unavailable, "fonts_are_missing",
                         std::string("缺少字体文件 common-") + file + "，请先运行 tools/fonts.sh"};
        auto* description = pango_fc_font_description_from_pattern(pattern, FALSE);
        auto families = family + "," + pango_font_description_get_family(description);
        pango_font_description_set_family(description, families.c_str());
        auto* text = pango_font_description_to_string(description);
        folder->descriptions[face] = text;
        g_free(text);
        pango_font_description_free(description);
        FcPatternDestroy(pattern);
    }
    Fonts made;
    made.folder_ = std::move(folder);
    return made;
}

Typesetter::Typesetter(std::shared_ptr<FontFolder const> folder)
    : folder_(std::move(folder)), map_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
    ensure(map_ != nullptr, "Pango was built without FreeType");
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), folder_->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);
    context_.reset(pango_font_map_create_context(map_.get()));
    pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    auto* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
}

LayoutHandle Typesetter::shaped(std::string_view text, Face face, double size_pt, double spacing_pt) {
    LayoutHandle made(pango_layout_new(context_.get()));
    auto* description = pango_font_description_from_string(folder_->descriptions.at(face).c_str());
    pango_font_description_set_absolute_size(description, size_pt * PANGO_SCALE);
    pango_layout_set_font_description(made.get(), description);
    pango_font_description_free(description);
    pango_layout_set_auto_dir(made.get(), FALSE);
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    if (spacing_pt > 0) {
        auto* attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(int(spacing_pt * PANGO_SCALE)));
        pango_layout_set_attributes(made.get(), attributes);
        pango_attr_list_unref(attributes);
    }
    return made;
}

Result<void> Typesetter::check(std::string_view text, Face face) {
    if (!is_utf8(text)) return Error{ErrorKind::unavailable, "character_cannot_be_drawn", "not UTF-8"};
    auto points = to_code_points(text);
    for (auto c : points)
        if (is_forbidden(c)) return cannot_be_drawn(c);
    auto whole = shaped(text, face, 16, 0);
    if (pango_layout_get_unknown_glyphs_count(whole.get()) == 0) return {};
    for (auto c : points) {
        auto one = shaped(from_code_points({&c, 1}), face, 16, 0);
        if (pango_layout_get_unknown_glyphs_count(one.get()) > 0) return cannot_be_drawn(c);
    }
    return cannot_be_drawn(points.empty() ? 0 : points[0]);
}

Result<Line> Typesetter::line(std::string_view text, Style style) {
    TRY(check(text, style.face));
    auto layout = shaped(text, style.face, style.size_pt, 0);
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    return Line{std::string(text), 0, to_mm(width), 0};
}

std::vector<Line> Typesetter::broken(std::string_view text, Style style, double width_mm, Align align,
                                     double indent_em, double give_mm) {
    auto layout = shaped(text, style.face, style.size_pt, 0);
    double indent_mm = indent_em * style.size_pt / points_per_mm;
    // Half a unit of grace: twenty-eight characters of 16 pt must fit where twenty-eight are meant to.
    pango_layout_set_width(layout.get(),
                           int((width_mm - give_mm) * points_per_mm * PANGO_SCALE) + PANGO_SCALE / 2);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    keep_numbers_whole(layout.get(), text);
    pango_layout_set_indent(layout.get(), int(indent_mm * points_per_mm * PANGO_SCALE));
    std::vector<Line> made;
    for (auto* item = pango_layout_get_lines_readonly(layout.get()); item; item = item->next) {
        auto* found = static_cast<PangoLayoutLine*>(item->data);
        auto piece = text.substr(std::size_t(found->start_index), std::size_t(found->length));
        auto words = without_end_spaces(piece);
        int width = 0;
        auto alone = shaped(words, style.face, style.size_pt, 0);
        pango_layout_get_size(alone.get(), &width, nullptr);
        Line line{words, found->is_paragraph_start ? indent_mm : 0, to_mm(width), 0};
        double gap = width_mm - line.x_mm - line.width_mm;
        auto after = std::size_t(found->start_index + found->length);
        bool ends_paragraph = after >= text.size() || text[after] == '\n';
        if (align == Align::justify && !ends_paragraph)
            line.spacing_pt = spacing_for(words, gap, style.size_pt);
        if (align == Align::centre) line.x_mm += gap / 2;
        if (align == Align::right) line.x_mm += gap;
        made.push_back(std::move(line));
    }
    return made;
}

Result<std::vector<Line>> Typesetter::lines(std::string_view text, Style style, double width_mm, Align align,
                                            double indent_em) {
    TRY(check(text, style.face));
    auto made = broken(text, style, width_mm, align, indent_em, 0);
    if (align != Align::justify) return made;
    for (int give : {1, 2}) {
        if (!ends_in_a_crumb(made)) break;
        auto other = broken(text, style, width_mm, align, indent_em, give * style.size_pt / points_per_mm);
        bool even = other.size() == made.size() && !ends_in_a_crumb(other) &&
                    std::all_of(other.begin(), other.end() - 1, [&](Line const& line) {
                        return line.spacing_pt > 0 || line.width_mm + line.x_mm > width_mm - 0.1;
                    });
        if (even) return other;
    }
    return made;
}

}  // namespace tongban::sign
