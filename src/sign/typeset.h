// Sets lines of type with Pango: which characters go on which line, and how wide they are.
#pragma once

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "sign/display.h"

namespace tongban::sign {

/// The faces of the font folder. An own fontconfig configuration, so that the same document looks the same
/// anywhere.
struct FontFolder {
    explicit FontFolder(FcConfig* config) : config(config) {}
    FontFolder(FontFolder const&) = delete;
    FontFolder& operator=(FontFolder const&) = delete;
    ~FontFolder();
    FcConfig* config;
    std::map<Face, std::string> descriptions;  ///< as pango_font_description_from_string reads them
};

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
using LayoutHandle = std::unique_ptr<PangoLayout, Unref>;

struct Line {
    std::string text;
    double x_mm = 0, width_mm = 0, spacing_pt = 0;
};

class Typesetter {
public:
    explicit Typesetter(std::shared_ptr<FontFolder const> folder);

    /// Lines of at most `width_mm`; a line feed in the text starts a new paragraph. Running text is set a
    /// little wider where else one character would stand alone on its last line.
    Result<std::vector<Line>> lines(std::string_view text, Style style, double width_mm, Align align,
                                    double indent_em);
    /// One line, as wide as it comes.
    Result<Line> line(std::string_view text, Style style);
    /// For drawing: a single line with its spacing.
    LayoutHandle shaped(std::string_view text, Face face, double size_pt, double spacing_pt);
    /// Refuses with character_cannot_be_drawn. A missing glyph prints as a box and extracts as nonsense:
    /// never issue it.
    Result<void> check(std::string_view text, Face face);

private:
    /// `give_mm`: how much earlier than the margin a line is broken.
    std::vector<Line> broken(std::string_view text, Style style, double width_mm, Align align,
                             double indent_em, double give_mm);

    std::shared_ptr<FontFolder const> folder_;
    std::unique_ptr<PangoFontMap, Unref> map_;
    std::unique_ptr<PangoContext, Unref> context_;
};

}  // namespace tongban::sign
