#include <algorithm>

#include "store/store.h"

namespace tongban::store {

Value to_value(Null) {
    return Null{};
}
Value to_value(std::int64_t v) {
    return v;
}
Value to_value(int v) {
    return std::int64_t{v};
}
Value to_value(bool v) {
    return std::int64_t{v ? 1 : 0};
}
Value to_value(std::string_view v) {
    return std::string(v);
}
Value to_value(std::string const& v) {
    return v;
}
Value to_value(char const* v) {
    return std::string(v);
}
Value to_value(Day v) {
    return to_text(v);
}
Value to_value(Instant v) {
    return v.ms;
}
Value to_value(Blob v) {
    return v;
}

namespace {
template <class T>
T const& held(Value const& value, std::string_view column, char const* type) {
    auto const* found = std::get_if<T>(&value);
    if (found == nullptr) ensure(false, ("column " + std::string(column) + " holds no " + type).c_str());
    return *found;
}
}  // namespace

Value const& Row::cell(std::string_view column) const {
    ensure(rows_->columns_ != nullptr, "an answer without rows is not read");
    auto const& columns = *rows_->columns_;
    auto found = std::find(columns.begin(), columns.end(), column);
    if (found == columns.end()) ensure(false, ("the answer has no column " + std::string(column)).c_str());
    return rows_->cells_.at(index_)[static_cast<std::size_t>(found - columns.begin())];
}

bool Row::is_null(std::string_view column) const {
    return std::holds_alternative<Null>(cell(column));
}

std::int64_t Row::integer(std::string_view column) const {
    return held<std::int64_t>(cell(column), column, "integer");
}

std::string Row::text(std::string_view column) const {
    return is_null(column) ? std::string{} : held<std::string>(cell(column), column, "text");
}

Bytes Row::bytes(std::string_view column) const {
    return is_null(column) ? Bytes{} : held<Blob>(cell(column), column, "bytes").bytes;
}

Day Row::day(std::string_view column) const {
    return MUST(read_day(text(column)));
}

std::optional<std::string> Row::maybe_text(std::string_view column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

std::optional<std::int64_t> Row::maybe_integer(std::string_view column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<Day> Row::maybe_day(std::string_view column) const {
    if (is_null(column)) return std::nullopt;
    return day(column);
}

std::optional<Instant> Row::maybe_instant(std::string_view column) const {
    if (is_null(column)) return std::nullopt;
    return instant(column);
}

}  // namespace tongban::store
