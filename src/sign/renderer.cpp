#include <cairo-pdf.h>

#include <cmath>

#include "sign/flow.h"
#include "sign/pdf.h"
#include "sign/qr.h"
#include "sign/seal.h"

namespace tongban::sign {

struct Renderer::Body {
    explicit Body(std::shared_ptr<FontFolder const> folder) : type(std::move(folder)) {}
    Typesetter type;
};

namespace {

void draw_text(cairo_t* cr, Typesetter& type, TextMark const& mark) {
    auto layout = type.shaped(mark.text, mark.face, mark.size_pt, mark.spacing_pt);
    auto* line = pango_layout_get_line_readonly(layout.get(), 0);
    cairo_move_to(cr, mark.x_mm * points_per_mm, mark.baseline_mm * points_per_mm);
    pango_cairo_show_layout_line(cr, line);
}

void draw_code(cairo_t* cr, QrMark const& mark) {
    auto code = MUST(qr_modules(mark.text));
    double module = mark.side_mm * points_per_mm / code.side;
    double left = mark.x_mm * points_per_mm, top = mark.y_mm * points_per_mm;
    for (int y = 0; y < code.side; ++y)
        for (int x = 0; x < code.side; ++x) {
            if (!code.at(x, y)) continue;
            int from = x;
            while (x + 1 < code.side && code.at(x + 1, y)) ++x;
            cairo_rectangle(cr, left + from * module, top + y * module, (x - from + 1) * module, module);
        }
    cairo_fill(cr);
}

void draw_page(cairo_t* cr, Typesetter& type, Marks const& page) {
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.6);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
    for (auto const& rule : page.rules) {
        cairo_move_to(cr, rule.x1_mm * points_per_mm, rule.y1_mm * points_per_mm);
        cairo_line_to(cr, rule.x2_mm * points_per_mm, rule.y2_mm * points_per_mm);
    }
    cairo_stroke(cr);
    for (auto const& code : page.codes) draw_code(cr, code);
    for (auto const& text : page.texts) draw_text(cr, type, text);
    cairo_show_page(cr);
}

}  // namespace

PdfCanvas::PdfCanvas(double width_mm, double height_mm) {
    auto write = [](void* to, unsigned char const* data, unsigned length) {
        static_cast<Bytes*>(to)->append(reinterpret_cast<char const*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    };
    surface_ = cairo_pdf_surface_create_for_stream(write, &bytes_, width_mm * points_per_mm,
                                                   height_mm * points_per_mm);
    // Else cairo would write the time of day into the file.
    cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    context_ = cairo_create(surface_);
}

PdfCanvas::~PdfCanvas() {
    if (context_) cairo_destroy(context_);
    cairo_surface_destroy(surface_);
}

Bytes PdfCanvas::finish() {
    cairo_destroy(context_);
    context_ = nullptr;
    cairo_surface_finish(surface_);
    ensure(cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS,
           "a PDF in memory cannot fail to be written");
    return std::move(bytes_);
}

Renderer::Renderer(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;
Renderer::~Renderer() = default;

Result<Renderer> Renderer::open(Fonts const& fonts) {
    if (!fonts.folder_) return Error{ErrorKind::unavailable, "fonts_are_missing", ""};
    return Renderer(std::make_unique<Body>(fonts.folder_));
}

Result<Layout> Renderer::lay_out(Template const& form, Values const& values) {
    Layout made;
    made.body_ = std::make_shared<LayoutBody>(TRY(lay_out_document(body_->type, *form.body_, values)));
    return made;
}

Result<Bytes> Renderer::render_pdf(Layout const& layout, Metadata const& metadata) {
    PdfCanvas canvas(layout.body_->width_mm, layout.body_->height_mm);
    for (auto const& page : layout.body_->pages) draw_page(canvas.context(), body_->type, page);
    return with_archive_furniture(canvas.finish(), metadata);
}

Result<SealPicture> Renderer::draw_seal(SealFace const& face) {
    return draw_round_seal(body_->type, face);
}

int Layout::pages() const {
    return static_cast<int>(body_->pages.size());
}
std::optional<SealSpot> Layout::seal_spot() const {
    return body_->seal;
}

std::string formal_date(Day day) {
    static constexpr std::array<char const*, 10> digits{"〇", "一", "二", "三", "四",
                                                        "五", "六", "七", "八", "九"};
    std::chrono::year_month_day date(day);
    auto small = [](unsigned n) {  // 1–31: 十, 十一, 二十, 三十一
        std::string made;
        if (n >= 20) made += digits[n / 10];
        if (n >= 10) made += "十";
        if (n % 10) made += digits[n % 10];
        return made;
    };
    std::string made;
    for (char c : std::to_string(int(date.year()))) made += digits[std::size_t(c - '0')];
    return made + "年" + small(unsigned(date.month())) + "月" + small(unsigned(date.day())) + "日";
}

}  // namespace tongban::sign
