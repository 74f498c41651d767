#include "base/xml_text.h"

namespace tongban {

namespace {

/// What stands for a character; empty: nothing needs to.
std::string_view reference(char c, XmlPlace place) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '\r':
            return "&#13;";
        default:
            break;
    }
    if (place == XmlPlace::element) return {};
    switch (c) {
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        case '\n':
            return "&#10;";
        case '\t':
            return "&#9;";
        default:
            return {};
    }
}

bool cannot_stand(char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

}  // namespace

std::string xml_text(std::string_view text, XmlPlace place) {
    std::string out;
    for (char c : text) {
        if (auto known = reference(c, place); !known.empty())
            out += known;
        else if (!cannot_stand(c))
            out += c;
    }
    return out;
}

}  // namespace tongban
