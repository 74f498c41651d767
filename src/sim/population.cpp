#include "sim/population.h"

#include "sim/numbers.h"

namespace tongban::sim {

namespace {

struct Parts {
    int year, month, day;
};
Parts parts_of(Day day) {
    std::chrono::year_month_day date{day};
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day()))};
}

}  // namespace

Month month_of(Day day) {
    auto parts = parts_of(day);
    return parts.year * 12 + parts.month - 1;
}

std::string month_text(Month month) {
    return padded(month / 12, 4) + "-" + padded(month % 12 + 1, 2);
}

int full_months(Day from, Day to) {
    auto a = parts_of(from), b = parts_of(to);
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
}

int age_on(Day birth, Day day) {
    return full_months(birth, day) / 12;
}

int Population::index_of(std::string const& id_number) const {
    auto found = by_number.find(id_number);
    return found == by_number.end() ? nobody : found->second;
}

Person const* Population::find(std::string const& id_number) const {
    int index = index_of(id_number);
    return index == nobody ? nullptr : &people[static_cast<std::size_t>(index)];
}

Firm const* Population::firm(std::string const& code) const {
    auto found = by_code.find(code);
    return found == by_code.end() ? nullptr : &firms[static_cast<std::size_t>(found->second)];
}

}  // namespace tongban::sim
