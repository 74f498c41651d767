#include "sign/template.h"

#include <algorithm>
#include <set>

namespace tongban::sign {

namespace {

/// Walks a JSON document and remembers the first thing that is wrong, with its place.
class Node {
public:
    Node(Json const& value, std::string path, std::string& problem)
        : value_(&value), path_(std::move(path)), problem_(&problem) {}

    void wrong(std::string const& what) const {
        if (problem_->empty()) *problem_ = (path_.empty() ? "/" : path_) + ": " + what;
    }
    bool is_array() const { return value_->is_array(); }
    bool has(std::string_view key) const { return value_->is_object() && value_->as_object().contains(key); }
    Node at(std::string_view key) const {
        static Json const nothing = nullptr;
        auto const* found = value_->is_object() ? value_->as_object().if_contains(key) : nullptr;
        return {found ? *found : nothing, path_ + "/" + std::string(key), *problem_};
    }
    std::vector<Node> list() const {
        std::vector<Node> all;
        if (!value_->is_array()) return wrong("a list is wanted"), all;
        for (auto const& one : value_->as_array())
            all.emplace_back(one, path_ + "/" + std::to_string(all.size()), *problem_);
        return all;
    }
    std::string text() const {
        if (!value_->is_string()) return wrong("a text is wanted"), "";
        std::string found(value_->as_string());
        check_braces(found);
        return found;
    }
    std::string text_or(std::string fallback) const { return value_->is_null() ? fallback : text(); }
    double number_or(double fallback, double least, double most) const {
        if (value_->is_null()) return fallback;
        double found = value_->is_number() ? value_->to_number<double>() : least - 1;
        if (found < least || found > most) return wrong("a number in its limits is wanted"), fallback;
        return found;
    }
    void only(std::initializer_list<std::string_view> keys) const {
        if (!value_->is_object()) return wrong("an object is wanted");
        for (auto const& [key, value] : value_->as_object())
            if (std::find(keys.begin(), keys.end(), std::string_view(key)) == keys.end())
                wrong("unknown key " + std::string(key));
    }

private:
    void check_braces(std::string_view text) const {
        static constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '}') return wrong("a brace closes that never opened");
            if (text[i] != '{') continue;
            auto close = text.find('}', i);
            auto name = close == text.npos ? text.substr(0, 0) : text.substr(i + 1, close - i - 1);
            if (name.empty() || name.find_first_not_of(allowed) != name.npos)
                return wrong("braces hold a name of small letters, digits and _");
            i = close;
        }
    }
    Json const* value_;
    std::string path_;
    std::string* problem_;
};

template <class T>
T one_of(Node const& node, T fallback, std::initializer_list<std::pair<std::string_view, T>> words) {
    auto word = node.text_or("");
    if (word.empty()) return fallback;
    for (auto const& [name, value] : words)
        if (name == word) return value;
    node.wrong("unknown word " + word);
    return fallback;
}

Align read_align(Node const& node, Align fallback) {
    return one_of<Align>(node, fallback,
                         {{"justify", Align::justify},
                          {"left", Align::left},
                          {"centre", Align::centre},
                          {"right", Align::right}});
}

/// The styles of an official document (GB/T 9704-2012, 5.2.2: body in size 三号, 16 pt, 22 lines a page).
std::map<std::string, Style> read_styles(Node const& node) {
    std::map<std::string, Style> all{{"title", {Face::song_bold, 22, 36}},
                                     {"body", {Face::song, 16, 28}},
                                     {"note", {Face::song, 14, 24}},
                                     {"table", {Face::song, 12, 18}},
                                     {"small", {Face::sans, 9, 14}}};
    if (!node.has("styles")) return all;
    auto styles = node.at("styles");
    styles.only({"title", "body", "note", "table", "small"});
    for (auto& [name, style] : all) {
        if (!styles.has(name)) continue;
        auto given = styles.at(name);
        given.only({"face", "size_pt", "line_pt"});
        style.face = one_of<Face>(given.at("face"), style.face,
                                  {{"song", Face::song},
                                   {"song_bold", Face::song_bold},
                                   {"sans", Face::sans},
                                   {"sans_bold", Face::sans_bold}});
        style.size_pt = given.at("size_pt").number_or(style.size_pt, 7, 48);
        style.line_pt = given.at("line_pt").number_or(style.line_pt, style.size_pt, 72);
    }
    return all;
}

using Styles = std::map<std::string, Style>;

Style named_style(Node const& node, Styles const& styles, std::string fallback) {
    auto found = styles.find(node.text_or(fallback));
    if (found != styles.end()) return found->second;
    node.wrong("unknown style");
    return {};
}

Paragraph read_paragraph(Node const& node, Styles const& styles, char const* text_key) {
    Paragraph made;
    made.text = node.at(text_key).text();
    made.style = named_style(node.at("style"), styles, "body");
    made.align = read_align(node.at("align"), Align::justify);
    bool running = made.align == Align::justify;
    made.indent_em = node.at("indent_em").number_or(running ? 2 : 0, 0, 12);
    made.keep = one_of<int>(node.at("keep"), 0, {{"with_next", 1}}) == 1;
    return made;
}

Table read_table(Node const& node, Styles const& styles) {
    node.only({"kind", "when", "widths", "aligns", "head", "rows", "of", "style", "lines_max"});
    Table made;
    for (auto const& one : node.at("widths").list()) made.widths.push_back(one.number_or(1, 0.1, 1000));
    if (node.has("aligns"))
        for (auto const& one : node.at("aligns").list()) made.aligns.push_back(read_align(one, Align::left));
    made.aligns.resize(std::max(made.widths.size(), made.aligns.size()), Align::left);
    if (made.aligns.size() > made.widths.size()) node.at("aligns").wrong("more entries than columns");
    if (node.has("head"))
        for (auto const& one : node.at("head").list()) made.head.push_back(one.text());
    if (!made.head.empty() && made.head.size() != made.widths.size())
        node.at("head").wrong("one text per column is wanted");
    for (auto const& one : node.at("rows").list()) {
        TableRow row;
        if (!one.is_array()) one.only({"cells", "when"}), row.when = one.at("when").text_or("");
        for (auto const& cell : (one.is_array() ? one : one.at("cells")).list())
            row.cells.push_back(cell.text());
        if (row.cells.empty() || row.cells.size() > made.widths.size())
            one.wrong("between one cell and all columns");
        made.rows.push_back(std::move(row));
    }
    made.of = node.at("of").text_or("");
    if (!made.of.empty() && made.rows.size() != 1) node.at("rows").wrong("with `of`, exactly one pattern");
    made.style = named_style(node.at("style"), styles, "table");
    made.lines_max = static_cast<int>(node.at("lines_max").number_or(2, 1, 200));
    return made;
}

Block read_block(Node const& node, Styles const& styles) {
    Block made;
    auto kind = node.at("kind").text();
    made.when = node.at("when").text_or("");
    if (kind == "title") {
        node.only({"kind", "when", "text"});
        made.what = Paragraph{node.at("text").text(), styles.at("title"), Align::centre, 0};
    } else if (kind == "paragraph") {
        node.only({"kind", "when", "text", "style", "align", "indent_em", "keep"});
        made.what = read_paragraph(node, styles, "text");
    } else if (kind == "list") {
        node.only({"kind", "when", "of", "item", "none", "style", "align", "indent_em"});
        made.what =
            Items{node.at("of").text(), read_paragraph(node, styles, "item"), node.at("none").text_or("")};
    } else if (kind == "table") {
        made.what = read_table(node, styles);
    } else if (kind == "signature") {
        node.only({"kind", "when", "body", "date", "seal", "style"});
        bool seal = one_of<int>(node.at("seal"), 1, {{"yes", 1}, {"no", 0}}) == 1;
        made.what = Signature{node.at("body").text(), node.at("date").text(),
                              named_style(node.at("style"), styles, "body"), seal};
    } else if (kind == "space") {
        node.only({"kind", "when", "mm"});
        made.what = Space{node.at("mm").number_or(5, 0, 200)};
    } else {
        node.at("kind").wrong("unknown kind " + kind);
    }
    return made;
}

TemplateBody read_body(Node const& root) {
    root.only({"$schema", "id", "version", "title", "margin_mm", "styles", "blocks", "footer"});
    TemplateBody made;
    made.id = root.at("id").text();
    made.title = root.at("title").text();
    made.version = static_cast<int>(root.at("version").number_or(1, 1, 1e6));
    if (root.has("margin_mm")) {
        auto margin = root.at("margin_mm");
        margin.only({"top", "right", "bottom", "left"});
        made.margins.top = margin.at("top").number_or(made.margins.top, 10, 80);
        made.margins.right = margin.at("right").number_or(made.margins.right, 10, 60);
        made.margins.bottom = margin.at("bottom").number_or(made.margins.bottom, 15, 80);
        made.margins.left = margin.at("left").number_or(made.margins.left, 10, 60);
    }
    auto styles = read_styles(root);
    for (auto const& one : root.at("blocks").list()) made.blocks.push_back(read_block(one, styles));
    if (root.has("footer")) {
        auto footer = root.at("footer");
        footer.only({"lines", "qr"});
        for (auto const& one : footer.at("lines").list()) made.footer.lines.push_back(one.text());
        made.footer.qr = footer.at("qr").text_or("");
    }
    return made;
}

/// Gathers names; those that only stand in blocks under a condition are optional.
struct Gathering {
    std::set<std::string> text, optional;
    std::map<std::string, std::set<std::string>> lists;

    void add(std::string_view words, std::string_view when) {
        if (!when.empty()) optional.emplace(when);
        for (auto& name : placeholders(words)) (when.empty() ? text : optional).insert(name);
    }
    void add_columns(std::string const& list, std::string_view words) {
        lists[list];
        for (auto& name : placeholders(words))
            if (name != "n") lists[list].insert(name);
    }
    void add(Block const& block) {
        if (!block.when.empty()) optional.insert(block.when);
        if (auto const* p = std::get_if<Paragraph>(&block.what)) add(p->text, block.when);
        if (auto const* l = std::get_if<Items>(&block.what)) add_columns(l->of, l->item.text);
        if (auto const* s = std::get_if<Signature>(&block.what)) {
            add(s->body, block.when);
            add(s->date, block.when);
        }
        if (auto const* t = std::get_if<Table>(&block.what)) {
            for (auto const& cell : t->head) add(cell, block.when);
            for (auto const& row : t->rows)
                for (auto const& cell : row.cells) {
                    if (t->of.empty())
                        add(cell, row.when.empty() ? block.when : row.when);
                    else
                        add_columns(t->of, cell);
                }
        }
    }
};

}  // namespace

namespace {
/// What people paste along without seeing it. It would print as nothing, so nothing is lost; names are
/// checked earlier.
std::string without_invisible(std::string_view text) {
    if (!is_utf8(text)) return std::string(text);
    std::u32string kept;
    for (auto c : to_code_points(text)) {
        if (c == '\t') c = ' ';
        if (c != '\r' && c != 0xad && c != 0x200b && c != 0x200c && c != 0x200d && c != 0x2060 && c != 0xfeff)
            kept += c;
    }
    return from_code_points(kept);
}
}  // namespace

std::vector<std::string> placeholders(std::string_view text) {
    std::vector<std::string> names;
    for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
        auto close = text.find('}', open);
        if (close == text.npos) break;
        names.emplace_back(text.substr(open + 1, close - open - 1));
    }
    return names;
}

std::string filled(std::string_view text, Row const& values, std::vector<std::string>& missing) {
    return fill(text, [&](std::string_view name) -> std::string {
        auto found = values.find(name);
        if (found != values.end()) return without_invisible(found->second);
        missing.emplace_back(name);
        return "";
    });
}

Result<Template> Template::read(std::string_view json_text) {
    auto value = read_json(json_text);
    if (!value) return Error{ErrorKind::invalid, "template_cannot_be_read", value.error().detail};
    std::string problem;
    auto body = std::make_shared<TemplateBody>(read_body(Node(*value, "", problem)));
    if (!problem.empty()) return Error{ErrorKind::invalid, "template_cannot_be_read", problem};
    Template made;
    made.body_ = std::move(body);
    return made;
}

std::string const& Template::id() const {
    return body_->id;
}
std::string const& Template::title() const {
    return body_->title;
}
int Template::version() const {
    return body_->version;
}

Needs Template::needs() const {
    Gathering all;
    for (auto const& block : body_->blocks) all.add(block);
    for (auto const& line : body_->footer.lines) all.add(line, "");
    all.add(body_->footer.qr, "");
    Needs needs;
    needs.text.assign(all.text.begin(), all.text.end());
    for (auto const& name : all.optional)
        if (!all.text.contains(name)) needs.optional.push_back(name);
    for (auto const& [list, columns] : all.lists) needs.lists[list].assign(columns.begin(), columns.end());
    return needs;
}

}  // namespace tongban::sign
