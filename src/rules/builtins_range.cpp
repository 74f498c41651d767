// Where points and ranges lie to each other (DMN 1.5, table 80).
#include "rules/builtins.h"

namespace tongban::rules::detail {

namespace {

/// One side of a range, or a point.
struct Bound {
    Value const* value = nullptr;
    bool included = true;
    int infinite = 0;  ///< -1, 1: there is no bound on that side
};

struct Span {
    Bound start, end;
    bool is_point = true;
};

/// `fits` falls, and stays down, as soon as two values do not compare.
class Places {
public:
    bool fits = true;
    bool less(Bound const& a, Bound const& b) { return order_of(a, b) < 0; }
    bool greater(Bound const& a, Bound const& b) { return order_of(a, b) > 0; }
    bool same(Bound const& a, Bound const& b) { return order_of(a, b) == 0; }
    /// At the same value, and both are in.
    bool touches(Bound const& a, Bound const& b) { return same(a, b) && a.included && b.included; }

private:
    int order_of(Bound const& a, Bound const& b) {
        if (a.infinite != 0 || b.infinite != 0) return a.infinite - b.infinite;
        auto const found = order(*a.value, *b.value);
        if (!found) fits = false;
        return !found ? 0 : *found < 0 ? -1 : *found > 0 ? 1 : 0;
    }
};

std::optional<Span> span_of(Value const& value) {
    auto const* range = value.range();
    if (range == nullptr) {
        if (!order(value, value)) return std::nullopt;
        return Span{{&value, true, 0}, {&value, true, 0}, true};
    }
    if (range->form == Range::Form::not_equal) return std::nullopt;
    Span out;
    out.is_point = false;
    out.start = {&range->low, range->low_end == Range::End::closed,
                 range->form == Range::Form::below ? -1 : 0};
    out.end = {&range->high, range->high_end == Range::End::closed,
               range->form == Range::Form::above ? 1 : 0};
    return out;
}

using Relation = bool (*)(Places& at, Span const& a, Span const& b);

enum class Shape { any, ranges, range_last, range_first, alike };

Value related(Call& call, Shape shape, Relation holds) {
    auto const a = span_of(call.value(0)), b = span_of(call.value(1));
    if (!a || !b)
        return call.trouble(call.given(0) && call.given(1) ? "types_do_not_fit" : "datum_is_missing");
    bool const fits = shape == Shape::any || (shape == Shape::ranges && !a->is_point && !b->is_point) ||
                      (shape == Shape::range_last && !b->is_point) ||
                      (shape == Shape::range_first && !a->is_point) ||
                      (shape == Shape::alike && a->is_point == b->is_point);
    if (!fits) return call.trouble("types_do_not_fit");
    Places at;
    bool const out = holds(at, *a, *b);
    return at.fits ? Value(out) : call.trouble("types_do_not_fit");
}

bool is_before(Places& at, Span const& a, Span const& b) {
    return at.less(a.end, b.start) || (at.same(a.end, b.start) && !(a.end.included && b.start.included));
}

/// a starts earlier than b, or with b but taking in more.
bool starts_earlier(Places& at, Span const& a, Span const& b) {
    return at.less(a.start, b.start) ||
           (at.same(a.start, b.start) && (a.start.included || !b.start.included));
}
bool ends_later(Places& at, Span const& a, Span const& b) {
    return at.greater(a.end, b.end) || (at.same(a.end, b.end) && (a.end.included || !b.end.included));
}
bool holds_all(Places& at, Span const& a, Span const& b) {
    bool const start = starts_earlier(at, a, b), end = ends_later(at, a, b);
    return start && end;
}

bool overlap_before(Places& at, Span const& a, Span const& b) {
    bool const starts =
        at.less(a.start, b.start) || (at.same(a.start, b.start) && a.start.included && !b.start.included);
    bool const meets = at.greater(a.end, b.start) || at.touches(a.end, b.start);
    bool const ends = ends_later(at, b, a);
    return starts && meets && ends;
}

bool same_end(Places& at, Span const& a, Span const& b) {
    return at.same(a.end, b.end) && a.end.included == b.end.included;
}
bool same_start(Places& at, Span const& a, Span const& b) {
    return at.same(a.start, b.start) && a.start.included == b.start.included;
}

bool does_finish(Places& at, Span const& a, Span const& b) {
    if (a.is_point) return at.touches(a.end, b.end);
    return same_end(at, a, b) && starts_earlier(at, b, a);
}
bool does_start(Places& at, Span const& a, Span const& b) {
    if (a.is_point) return at.touches(a.start, b.start);
    return same_start(at, a, b) && ends_later(at, b, a);
}

Value before(Call& call) {
    return related(call, Shape::any, is_before);
}
Value after(Call& call) {
    return related(call, Shape::any,
                   [](Places& at, Span const& a, Span const& b) { return is_before(at, b, a); });
}
Value meets(Call& call) {
    return related(call, Shape::ranges,
                   [](Places& at, Span const& a, Span const& b) { return at.touches(a.end, b.start); });
}
Value met_by(Call& call) {
    return related(call, Shape::ranges,
                   [](Places& at, Span const& a, Span const& b) { return at.touches(a.start, b.end); });
}
Value overlaps(Call& call) {
    return related(call, Shape::ranges, [](Places& at, Span const& a, Span const& b) {
        bool const apart = is_before(at, a, b) || is_before(at, b, a);
        return !apart;
    });
}
Value overlaps_before(Call& call) {
    return related(call, Shape::ranges, overlap_before);
}
Value overlaps_after(Call& call) {
    return related(call, Shape::ranges,
                   [](Places& at, Span const& a, Span const& b) { return overlap_before(at, b, a); });
}
Value finishes(Call& call) {
    return related(call, Shape::range_last, does_finish);
}
Value finished_by(Call& call) {
    return related(call, Shape::range_first,
                   [](Places& at, Span const& a, Span const& b) { return does_finish(at, b, a); });
}
Value includes(Call& call) {
    return related(call, Shape::range_first, holds_all);
}
Value during(Call& call) {
    return related(call, Shape::range_last,
                   [](Places& at, Span const& a, Span const& b) { return holds_all(at, b, a); });
}
Value starts(Call& call) {
    return related(call, Shape::range_last, does_start);
}
Value started_by(Call& call) {
    return related(call, Shape::range_first,
                   [](Places& at, Span const& a, Span const& b) { return does_start(at, b, a); });
}
Value coincides(Call& call) {
    return related(call, Shape::alike, [](Places& at, Span const& a, Span const& b) {
        bool const start = same_start(at, a, b), end = same_end(at, a, b);
        return start && end;
    });
}

constexpr std::string_view any_two =
    "point1: any, point2: any | point: any, range: any | range: any, point: any | range1: any, range2: any";
constexpr std::string_view two_ranges = "range1: any, range2: any";
constexpr std::string_view range_last = "point: any, range: any | range1: any, range2: any";
constexpr std::string_view range_first = "range: any, point: any | range1: any, range2: any";

constexpr BuiltinRow rows[] = {
    {"after", any_two, "boolean", after},
    {"before", any_two, "boolean", before},
    {"coincides", "point1: any, point2: any | range1: any, range2: any", "boolean", coincides},
    {"during", range_last, "boolean", during},
    {"finished by", range_first, "boolean", finished_by},
    {"finishes", range_last, "boolean", finishes},
    {"includes", range_first, "boolean", includes},
    {"meets", two_ranges, "boolean", meets},
    {"met by", two_ranges, "boolean", met_by},
    {"overlaps", two_ranges, "boolean", overlaps},
    {"overlaps after", two_ranges, "boolean", overlaps_after},
    {"overlaps before", two_ranges, "boolean", overlaps_before},
    {"started by", range_first, "boolean", started_by},
    {"starts", range_last, "boolean", starts},
};

}  // namespace

std::span<BuiltinRow const> range_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
