// The display list: what stands where, in millimetres from the top left corner of a page, sizes of type in
// points. Every output format (PDF now) is drawn from it.
#pragma once

#include "sign/template.h"

namespace tongban::sign {

constexpr double points_per_mm = 72.0 / 25.4;

/// One line of type. `spacing_pt` is added between characters (justified lines).
struct TextMark {
    double x_mm = 0, baseline_mm = 0;
    Face face = Face::song;
    double size_pt = 16, spacing_pt = 0;
    std::string text;
};
struct RuleMark {
    double x1_mm = 0, y1_mm = 0, x2_mm = 0, y2_mm = 0;
};
struct QrMark {
    double x_mm = 0, y_mm = 0, side_mm = 25;
    std::string text;
};

struct Marks {
    std::vector<TextMark> texts;
    std::vector<RuleMark> rules;
    std::vector<QrMark> codes;
};

struct LayoutBody {
    double width_mm = 210, height_mm = 297;  // A4
    std::vector<Marks> pages;
    std::optional<SealSpot> seal;
};

}  // namespace tongban::sign
