#include "base/base.h"

namespace tongban {

namespace {
constexpr std::string_view symbols = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t id_length = 26;
}  // namespace

std::string make_id(Instant now) {
    ensure(now.ms >= 0 && now.ms < (std::int64_t{1} << 48), "an id holds 48 bits of milliseconds");
    auto random = random_bytes(10);
    std::string id(id_length, '0');
    auto time = static_cast<std::uint64_t>(now.ms);
    for (int i = 9; i >= 0; --i, time >>= 5) id[static_cast<std::size_t>(i)] = symbols[time & 31];
    std::size_t at = 10;
    unsigned bits = 0;
    int held = 0;
    for (unsigned char byte : random) {
        bits = (bits << 8) | byte;
        for (held += 8; held >= 5; held -= 5) id[at++] = symbols[(bits >> (held - 5)) & 31];
    }
    return id;
}

bool is_id(std::string_view text) {
    // 26 symbols hold 130 bits, an id has 128: the first symbol is at most 7.
    return text.size() == id_length && text[0] <= '7' &&
           text.find_first_not_of(symbols) == std::string_view::npos;
}

}  // namespace tongban
