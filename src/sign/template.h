// A document's form, read and checked. What the keys mean: packs/schemas/template.schema.json.
#pragma once

#include <variant>

#include "sign/sign.h"

namespace tongban::sign {

enum class Face { song, song_bold, sans, sans_bold };
enum class Align { justify, left, centre, right };

struct Style {
    Face face = Face::song;
    double size_pt = 16, line_pt = 28;
};

struct Paragraph {
    std::string text;
    Style style;
    Align align = Align::justify;
    double indent_em = 2;
    bool keep = false;  ///< on the page of what follows
};
/// One paragraph per row of a list.
struct Items {
    std::string of;    ///< the list
    Paragraph item;    ///< its text names the row's columns, and {n}
    std::string none;  ///< what is said of an empty list; nothing when empty
};
struct TableRow {
    std::vector<std::string> cells;
    std::string when;
};
struct Table {
    std::vector<double> widths;     ///< shares of the whole
    std::vector<Align> aligns;      ///< one per column
    std::vector<std::string> head;  ///< empty: no head
    std::vector<TableRow> rows;     ///< with `of`: one pattern, repeated for each row of that list
    std::string of;
    Style style;
    int lines_max = 2;  ///< a cell shrinks before it grows beyond this
};
struct Signature {
    std::string body, date;
    Style style;
    bool seal = true;
};
struct Space {
    double mm = 0;
};
struct Block {
    std::string when;  ///< shown only when this value is there and not empty
    std::variant<Paragraph, Items, Table, Signature, Space> what;
};
struct Footer {
    std::vector<std::string> lines;
    std::string qr;
};
struct Margins {
    double top = 37, right = 24, bottom = 28,
           left = 28;  // GB/T 9704-2012, 5.2.1: 37 above, 28 at the binding
};

struct TemplateBody {
    std::string id, title;
    int version = 1;
    Margins margins;
    std::vector<Block> blocks;
    Footer footer;
};

/// The names in braces, in order, with repetitions.
std::vector<std::string> placeholders(std::string_view text);

/// `text` with each name replaced by its value; names without one are added to `missing`.
std::string filled(std::string_view text, Row const& values, std::vector<std::string>& missing);

}  // namespace tongban::sign
