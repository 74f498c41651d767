#include "sim/numbers.h"

#include <array>

namespace tongban::sim {

namespace {

constexpr std::string_view base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view credit_symbols = "0123456789ABCDEFGHJKLMNPQRTUWXY";

int weighted(std::string_view text, std::string_view symbols, int const* weights) {
    int sum = 0;
    for (char c : text) sum += static_cast<int>(symbols.find(c)) * *weights++;
    return sum;
}

}  // namespace

std::string padded(int value, std::size_t digits) {
    auto text = std::to_string(value);
    return text.size() >= digits ? text : std::string(digits - text.size(), '0') + text;
}

std::string compact(Day day) {
    std::chrono::year_month_day date{day};
    return padded(static_cast<int>(date.year()), 4) +
           padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::string make_id_number(std::string_view region6, Day birth, int sequence) {
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    auto number = std::string(region6) + compact(birth) + padded(sequence, 3);
    ensure(number.size() == 17, "an ID number has 17 digits before its check");
    return number + "10X98765432"[weighted(number, base36, weights.data()) % 11];
}

std::string make_credit_code(std::string_view region6, std::string_view body8) {
    constexpr std::array org_weights{3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::array weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    ensure(region6.size() == 6 && body8.size() == 8, "a credit code has a region and eight symbols");
    int org = (11 - weighted(body8, base36, org_weights.data()) % 11) % 11;
    auto code =
        "91" + std::string(region6) + std::string(body8) + (org == 10 ? 'X' : static_cast<char>('0' + org));
    int check = (31 - weighted(code, credit_symbols, weights.data()) % 31) % 31;
    return code + credit_symbols[static_cast<std::size_t>(check)];
}

}  // namespace tongban::sim
