// What the generated readers and writers of api.yaml stand on: values out of JSON, and every wrong field by
// its place. Only generated code (tools/apigen.py) includes this.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"

namespace tongban::http {

/// Where a value stands in the request; becomes text (a JSON pointer) only when something is wrong with it.
struct Place {
    Place const* above = nullptr;
    std::string_view name{};
    std::optional<std::size_t> index{};
    [[nodiscard]] std::string pointer() const;
};

/// All wrong fields of a request, so that a person mends them in one go. The first hundred, for an honest
/// form has fewer.
class WrongFields {
public:
    void add(Place const& place, std::string code, std::string detail = {});
    /// ok, or request_has_wrong_fields.
    Result<void> verdict() &&;

private:
    std::vector<FieldError> fields_;
};

constexpr std::size_t no_end = std::numeric_limits<std::size_t>::max();

/// A class of ASCII characters and how many of them; a pattern is a row of these.
struct Atom {
    std::string_view chars;
    std::size_t least, most;
};

enum class TextForm { any, date, date_time, decimal };
struct TextRule {
    std::size_t least = 0, most = no_end;  ///< code points
    TextForm form = TextForm::any;
    std::span<Atom const> pattern{};
};

template <class T>
struct Range {
    std::optional<T> least{}, most{};
};

/// The error of an enum's reader.
Error not_one_of();

json::object const* take_object(Json const& value, Place const& place, WrongFields& wrong);
void refuse_unknown(json::object const& object, std::initializer_list<std::string_view> known,
                    Place const& place, WrongFields& wrong);
Json const* required(json::object const& object, std::string_view name, Place const& place,
                     WrongFields& wrong);
/// True if `out` now holds a right value.
bool take_text(std::string& out, Json const& value, TextRule const& rule, Place const& place,
               WrongFields& wrong);
void take_integer(std::int64_t& out, Json const& value, Range<std::int64_t> range, Place const& place,
                  WrongFields& wrong);
void take_number(double& out, Json const& value, Range<double> range, Place const& place, WrongFields& wrong);
void take_boolean(bool& out, Json const& value, Place const& place, WrongFields& wrong);
/// The items, if `value` is an array of a right size.
json::array const* take_array(Json const& value, Range<std::size_t> range, Place const& place,
                              WrongFields& wrong);

template <class T, class F>
void take_items(std::vector<T>& out, Json const& value, Range<std::size_t> range, Place const& place,
                WrongFields& wrong, F&& take_one) {
    auto const* items = take_array(value, range, place, wrong);
    if (items == nullptr) return;
    out.reserve(items->size());
    for (auto const& item : *items) {
        Place at{&place, {}, out.size()};
        out.emplace_back();
        take_one(out.back(), item, at, wrong);
    }
}

template <class T, class F>
void take_entries(std::map<std::string, T>& out, Json const& value, Place const& place, WrongFields& wrong,
                  F&& take_one) {
    auto const* object = take_object(value, place, wrong);
    if (object == nullptr) return;
    for (auto const& entry : *object) {
        Place at{&place, entry.key()};
        take_one(out[std::string(entry.key())], entry.value(), at, wrong);
    }
}

template <class T, class F>
json::array json_items(std::vector<T> const& items, F&& make) {
    json::array out;
    out.reserve(items.size());
    for (auto const& each : items) out.push_back(make(each));
    return out;
}

template <class T, class F>
json::object json_entries(std::map<std::string, T> const& entries, F&& make) {
    json::object out;
    for (auto const& [name, each] : entries) out.emplace(name, make(each));
    return out;
}

/// True if the whole of `text` fits the row of atoms.
bool fits(std::string_view text, std::span<Atom const> pattern);

}  // namespace tongban::http
