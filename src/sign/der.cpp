#include "sign/der.h"

#include <algorithm>
#include <charconv>

namespace tongban::sign::der {

Bytes item(unsigned char tag, std::string_view content) {
    Bytes made(1, char(tag));
    auto size = content.size();
    if (size < 0x80) {
        made += char(size);
    } else {
        Bytes length;
        for (; size > 0; size >>= 8) length.insert(length.begin(), char(size & 0xff));
        made += char(0x80 | length.size());
        made += length;
    }
    return made.append(content);
}

Bytes small_integer(unsigned char value) {
    return item(integer, Bytes(1, char(value)));
}

Bytes object(char const* dotted) {
    std::string_view rest(dotted);
    std::vector<unsigned long> arcs;
    while (!rest.empty()) {
        unsigned long arc = 0;
        auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), arc);
        ensure(error == std::errc(), "an object identifier is dotted numbers");
        arcs.push_back(arc);
        rest.remove_prefix(std::min(rest.size(), std::size_t(end - rest.data()) + 1));
    }
    ensure(arcs.size() >= 2, "an object identifier has two arcs at least");
    arcs[1] += arcs[0] * 40;
    Bytes content;
    for (std::size_t i = 1; i < arcs.size(); ++i) {
        Bytes digits(1, char(arcs[i] & 0x7f));
        for (auto arc = arcs[i] >> 7; arc > 0; arc >>= 7)
            digits.insert(digits.begin(), char(0x80 | (arc & 0x7f)));
        content += digits;
    }
    return item(0x06, content);
}

Bytes set_of(std::vector<Bytes> members, unsigned char tag) {
    std::sort(members.begin(), members.end());
    Bytes content;
    for (auto const& one : members) content += one;
    return item(tag, content);
}

}  // namespace tongban::sign::der
