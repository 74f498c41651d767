#include "sign/flow.h"

#include <algorithm>
#include <cmath>

#include "sign/qr.h"

namespace tongban::sign {

namespace {

constexpr double cell_pad_mm = 1.6;
constexpr double seal_mm = 40;

double mm(double points) {
    return points / points_per_mm;
}

/// Chinese faces are designed in a square: 0.88 of it above the base line.
double baseline(Style style) {
    return mm((style.line_pt - style.size_pt) / 2 + style.size_pt * 0.88);
}

/// Without its quiet zone: the paper around it is white.
constexpr double qr_side_mm = 25;

class Flow {
public:
    /// `tightness`: of the lines, 1 as the form wants them.
    Flow(Typesetter& type, TemplateBody const& form, Values const& values, double tightness)
        : type_(type),
          form_(form),
          values_(values),
          tightness_(tightness),
          width_(page_.width_mm - form.margins.left - form.margins.right),
          height_(page_.height_mm - form.margins.top - form.margins.bottom) {}

    Result<LayoutBody> run() {
        TRY(require_values());
        for (auto const& block : form_.blocks)
            if (shown(block.when)) TRY(add(block));
        auto footer = TRY(make_footer());
        TRY(paginate(footer));
        TRY(number_pages());
        return std::move(page_);
    }

private:
    bool shown(std::string const& when) const {
        if (when.empty()) return true;
        auto found = values_.text.find(when);
        return found != values_.text.end() && !found->second.empty();
    }

    std::string say(std::string_view text) { return filled(text, values_.text, missing_); }

    /// Named all at once, before anything is set: whoever fills templates wants the whole list.
    Result<void> require_values() {
        for (auto const& block : form_.blocks)
            if (shown(block.when)) note_values(block);
        for (auto const& line : form_.footer.lines) say(line);
        say(form_.footer.qr);
        if (missing_.empty()) return {};
        Error error{ErrorKind::invalid, "template_value_is_missing", "文书缺少要填的内容"};
        std::sort(missing_.begin(), missing_.end());
        missing_.erase(std::unique(missing_.begin(), missing_.end()), missing_.end());
        for (auto const& name : missing_)
            error.fields.push_back({"/" + name, "template_value_is_missing", form_.id});
        return error;
    }
    void note_values(Block const& block) {
        if (auto const* p = std::get_if<Paragraph>(&block.what)) say(p->text);
        if (auto const* s = std::get_if<Signature>(&block.what)) say(s->body), say(s->date);
        if (auto const* l = std::get_if<Items>(&block.what)) note_rows(l->of, l->item.text);
        if (auto const* t = std::get_if<Table>(&block.what)) {
            for (auto const& cell : t->head) say(cell);
            for (auto const& row : t->rows)
                for (auto const& cell : row.cells) {
                    if (!t->of.empty())
                        note_rows(t->of, cell);
                    else if (shown(row.when))
                        say(cell);
                }
        }
    }
    void note_rows(std::string const& list, std::string const& text) {
        auto found = values_.lists.find(list);
        if (found == values_.lists.end()) return missing_.push_back(list);
        for (std::size_t i = 0; i < found->second.size(); ++i) {
            std::vector<std::string> missing;
            filled(text, numbered(found->second[i], i), missing);
            for (auto const& name : missing) missing_.push_back(list + "/" + std::to_string(i) + "/" + name);
        }
    }
    static Row numbered(Row row, std::size_t index) {
        row["n"] = std::to_string(index + 1);
        return row;
    }

    Result<void> add(Block const& block) {
        if (auto const* p = std::get_if<Paragraph>(&block.what)) return add_paragraph(*p, say(p->text));
        if (auto const* l = std::get_if<Items>(&block.what)) return add_items(*l);
        if (auto const* t = std::get_if<Table>(&block.what)) return add_table(*t);
        if (auto const* s = std::get_if<Signature>(&block.what)) return add_signature(*s);
        Strip space;
        space.height_mm = std::get<Space>(block.what).mm * tightness_;
        space.is_space = true;
        space.keep_with_next = !strips_.empty() && strips_.back().keep_with_next;
        strips_.push_back(std::move(space));
        return {};
    }

    Style tightened(Style style) const {
        constexpr double least = 1.3;
        style.line_pt = std::max(std::min(style.line_pt, style.size_pt * least), style.line_pt * tightness_);
        return style;
    }

    Result<void> add_paragraph(Paragraph const& form, std::string const& text) {
        auto lines = TRY(type_.lines(text, form.style, width_, form.align, form.indent_em));
        auto style = tightened(form.style);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            Strip strip;
            strip.height_mm = mm(style.line_pt);
            strip.marks.texts.push_back(text_mark(lines[i], style, 0, baseline(style)));
            // No line of a paragraph stands alone at the foot or the head of a page; a heading never ends
            // one.
            bool first = i == 0, before_last = i + 2 == lines.size();
            strip.keep_with_next =
                (lines.size() > 1 && (first || before_last)) || form.align == Align::centre || form.keep;
            strips_.push_back(std::move(strip));
        }
        return {};
    }

    static TextMark text_mark(Line const& line, Style style, double x, double baseline_mm) {
        return {x + line.x_mm, baseline_mm, style.face, style.size_pt, line.spacing_pt, line.text};
    }

    Result<void> add_items(Items const& form) {
        auto const& rows = values_.lists.find(form.of)->second;
        if (rows.empty() && !form.none.empty()) return add_paragraph(form.item, form.none);
        for (std::size_t i = 0; i < rows.size(); ++i)
            TRY(add_paragraph(form.item, filled(form.item.text, numbered(rows[i], i), missing_)));
        return {};
    }

    // Tables

    struct Cell {
        double x = 0, width = 0;
        Style style;
        std::vector<Line> lines;
        double height() const { return mm(style.line_pt) * double(lines.size()) + cell_pad_mm; }
    };

    std::vector<double> column_edges(Table const& form) const {
        double total = 0;
        for (auto share : form.widths) total += share;
        std::vector<double> edges{0};
        for (auto share : form.widths) edges.push_back(edges.back() + width_ * share / total);
        return edges;
    }

    /// Text first wraps, then shrinks until it fits into `lines_max` lines, and at 9 pt the row grows after
    /// all.
    Result<Cell> make_cell(std::string const& text, Table const& form, double left, double right,
                           Align align) {
        Cell cell{left, right - left, tightened(form.style), {}};
        for (;;) {
            cell.lines = TRY(type_.lines(text, cell.style, cell.width - 2 * cell_pad_mm, align, 0));
            if (int(cell.lines.size()) <= form.lines_max || cell.style.size_pt <= 9) return cell;
            double next = std::max(9.0, cell.style.size_pt - 0.5);
            cell.style.line_pt *= next / cell.style.size_pt;
            cell.style.size_pt = next;
        }
    }

    Result<Strip> make_row(Table const& form, std::vector<std::string> const& texts, Style style) {
        auto edges = column_edges(form);
        Table dressed = form;
        dressed.style = style;
        std::vector<Cell> cells;
        double height = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            // The last cell of a short row reaches to the right edge.
            auto right = i + 1 == texts.size() ? edges.back() : edges[i + 1];
            cells.push_back(TRY(make_cell(texts[i], dressed, edges[i], right, form.aligns[i])));
            height = std::max(height, cells.back().height());
        }
        Strip strip;
        strip.height_mm = height + 0.8;
        for (auto const& cell : cells) {
            double used = mm(cell.style.line_pt) * double(cell.lines.size());
            double y = (strip.height_mm - used) / 2;
            for (auto const& line : cell.lines) {
                strip.marks.texts.push_back(
                    text_mark(line, cell.style, cell.x + cell_pad_mm, y + baseline(cell.style)));
                y += mm(cell.style.line_pt);
            }
            strip.marks.rules.push_back({cell.x, 0, cell.x, strip.height_mm});
        }
        strip.marks.rules.push_back({width_, 0, width_, strip.height_mm});
        strip.marks.rules.push_back({0, 0, width_, 0});
        strip.marks.rules.push_back({0, strip.height_mm, width_, strip.height_mm});
        return strip;
    }

    Result<void> add_table(Table const& form) {
        std::shared_ptr<Strip const> head;
        if (!form.head.empty()) {
            std::vector<std::string> texts;
            for (auto const& cell : form.head) texts.push_back(say(cell));
            auto style = form.style;
            style.face = style.face == Face::song ? Face::song_bold : Face::sans_bold;
            auto strip = TRY(make_row(form, texts, style));
            strip.keep_with_next = true;
            head = std::make_shared<Strip>(strip);
            strips_.push_back(std::move(strip));
        }
        for (auto const& texts : table_texts(form)) {
            auto strip = TRY(make_row(form, texts, form.style));
            strip.head = head;
            strips_.push_back(std::move(strip));
        }
        return {};
    }

    std::vector<std::vector<std::string>> table_texts(Table const& form) {
        std::vector<std::vector<std::string>> all;
        auto fill_row = [&](TableRow const& row, Row const& values) {
            all.emplace_back();
            for (auto const& cell : row.cells) all.back().push_back(filled(cell, values, missing_));
        };
        if (form.of.empty()) {
            for (auto const& row : form.rows)
                if (shown(row.when)) fill_row(row, values_.text);
            return all;
        }
        auto const& rows = values_.lists.find(form.of)->second;
        for (std::size_t i = 0; i < rows.size(); ++i) fill_row(form.rows[0], numbered(rows[i], i));
        return all;
    }

    // Signature and foot

    /// GB/T 9704-2012, 7.3.5.1: the date four characters from the right edge, the body's name centred on it,
    /// the seal pressed on both. Some words of the text stay on the same page, so that no seal stands on an
    /// empty sheet.
    Result<void> add_signature(Signature const& form) {
        auto name = TRY(type_.line(say(form.body), form.style));
        auto date = TRY(type_.line(say(form.date), form.style));
        double centre = width_ - 4 * mm(form.style.size_pt) - date.width_mm / 2;
        centre = std::min(centre, width_ - name.width_mm / 2);
        if (name.width_mm > width_)
            return Error{ErrorKind::invalid, "text_is_too_long_for_its_place", "机关名称过长"};
        name.x_mm = centre - name.width_mm / 2;
        date.x_mm = centre - date.width_mm / 2;
        double line = mm(tightened(form.style).line_pt);
        Strip strip;
        double top = form.seal ? (seal_mm + 2) / 2 - line : line;
        strip.height_mm = form.seal ? seal_mm + 2 : 3 * line;
        strip.marks.texts.push_back(text_mark(name, form.style, 0, top + baseline(form.style)));
        strip.marks.texts.push_back(text_mark(date, form.style, 0, top + line + baseline(form.style)));
        if (form.seal) strip.seal_x_mm = centre, strip.seal_y_mm = strip.height_mm / 2;
        strip.keep_with_next = true;
        for (auto before = strips_.rbegin(); before != strips_.rend(); ++before) {
            before->keep_with_next = true;
            if (!before->is_space) break;
        }
        strips_.push_back(std::move(strip));
        return {};
    }

    Result<Strip> make_footer() {
        Strip strip;
        bool has_code = !form_.footer.qr.empty();
        if (form_.footer.lines.empty() && !has_code) return strip;
        Style style{Face::sans, 9, 14};
        double gap = 4, room = width_ - (has_code ? qr_side_mm + 6 : 0), y = gap;
        for (auto const& text : form_.footer.lines) {
            auto lines = TRY(type_.lines(say(text), style, room, Align::left, 0));
            for (auto const& line : lines) {
                strip.marks.texts.push_back(text_mark(line, style, 0, y + baseline(style)));
                y += mm(style.line_pt);
            }
        }
        strip.marks.rules.push_back({0, 0, width_, 0});
        if (has_code) {
            auto text = say(form_.footer.qr);
            TRY(qr_modules(text));
            strip.marks.codes.push_back({width_ - qr_side_mm, gap, qr_side_mm, text});
            y = std::max(y, gap + qr_side_mm);
        }
        strip.height_mm = y;
        return strip;
    }

    // Pages

    /// The foot stands at the bottom of the last page; the last chunk must leave room for it.
    Result<void> paginate(Strip const& footer) {
        page_.pages.emplace_back();
        double y = 0;
        for (std::size_t from = 0; from < strips_.size();) {
            std::size_t to = from + 1;
            while (to < strips_.size() && strips_[to - 1].keep_with_next) ++to;
            double need = 0;
            for (auto i = from; i < to; ++i) need += strips_[i].height_mm;
            double room = height_ - (to == strips_.size() && footer.height_mm > 0 ? footer.height_mm + 4 : 0);
            if (y > 0 && y + need > room + 0.01) {
                page_.pages.emplace_back();
                y = 0;
            }
            if (y == 0 && strips_[from].head) y += put(*strips_[from].head, y);
            if (y + need > room + 0.01)
                return Error{ErrorKind::invalid, "text_is_too_long_for_its_place", "一段内容比一页还长"};
            for (; from < to; ++from)
                if (y > 0 || !strips_[from].is_space) y += put(strips_[from], y);
        }
        put(footer, height_ - footer.height_mm);
        return {};
    }

    double put(Strip const& strip, double y) {
        place(page_.pages.back(), strip.marks, form_.margins.left, form_.margins.top + y);
        if (strip.seal_x_mm)
            page_.seal = SealSpot{int(page_.pages.size()), form_.margins.left + *strip.seal_x_mm,
                                  form_.margins.top + y + *strip.seal_y_mm};
        return strip.height_mm;
    }

    Result<void> number_pages() {
        auto count = page_.pages.size();
        if (count < 2) return {};
        Style style{Face::song, 12, 18};
        for (std::size_t i = 0; i < count; ++i) {
            auto text = "第 " + std::to_string(i + 1) + " 页　共 " + std::to_string(count) + " 页";
            auto line = TRY(type_.line(text, style));
            double x = (page_.width_mm - line.width_mm) / 2;
            page_.pages[i].texts.push_back(
                text_mark(line, style, x, page_.height_mm - form_.margins.bottom + 12));
        }
        return {};
    }

    Typesetter& type_;
    TemplateBody const& form_;
    Values const& values_;
    LayoutBody page_;
    double tightness_, width_, height_;
    std::vector<Strip> strips_;
    std::vector<std::string> missing_;
};

}  // namespace

void place(Marks& page, Marks const& marks, double x_mm, double y_mm) {
    for (auto mark : marks.texts) {
        mark.x_mm += x_mm;
        mark.baseline_mm += y_mm;
        if (!mark.text.empty()) page.texts.push_back(std::move(mark));
    }
    for (auto const& rule : marks.rules)
        page.rules.push_back({rule.x1_mm + x_mm, rule.y1_mm + y_mm, rule.x2_mm + x_mm, rule.y2_mm + y_mm});
    for (auto code : marks.codes) {
        code.x_mm += x_mm;
        code.y_mm += y_mm;
        page.codes.push_back(std::move(code));
    }
}

Result<LayoutBody> lay_out_document(Typesetter& type, TemplateBody const& form, Values const& values) {
    auto page = TRY(Flow(type, form, values, 1).run());
    if (page.pages.size() < 2 || !page.seal) return page;
    // GB/T 9704-2012, 7.3.5.5: where seal and date would not find room, the lines move together.
    for (double tightness : {0.95, 0.9, 0.85}) {
        auto tighter = Flow(type, form, values, tightness).run();
        if (tighter.ok() && tighter->pages.size() < page.pages.size()) return tighter;
    }
    return page;
}

}  // namespace tongban::sign
