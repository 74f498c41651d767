// The face of a licence (照面信息): who may see which row of it, and how it is kept.
#include "licences/licences.h"

namespace tongban::licences {

std::string_view to_text(Shown shown) {
    switch (shown) {
        case Shown::whole:
            return "whole";
        case Shown::masked_name:
            return "masked_name";
        case Shown::masked_id_number:
            return "masked_id_number";
        case Shown::hidden:
            break;
    }
    return "hidden";
}

Shown read_shown(std::string_view text) {
    for (auto shown : {Shown::whole, Shown::masked_name, Shown::masked_id_number})
        if (text == to_text(shown)) return shown;
    return Shown::hidden;
}

std::optional<std::string> shown_value(FaceRow const& row, Viewer viewer) {
    // Never masked to the person it concerns, except identity numbers.
    if (row.shown == Shown::masked_id_number) return mask_id_number(row.value);
    if (viewer == Viewer::holder || row.shown == Shown::whole) return row.value;
    if (row.shown == Shown::masked_name) return mask_name(row.value);
    return std::nullopt;
}

json::array face_json(std::vector<FaceRow> const& face) {
    json::array all;
    for (auto const& row : face)
        all.push_back({{"key", row.key},
                       {"label", row.label},
                       {"value", row.value},
                       {"shown", to_text(row.shown)},
                       {"label_en", row.label_en}});
    return all;
}

std::vector<FaceRow> read_face(json::array const& kept) {
    auto text = [](Json const& row, std::string_view name) {
        auto const* found = row.as_object().if_contains(name);
        return found == nullptr ? std::string() : std::string(found->as_string());
    };
    std::vector<FaceRow> face;
    for (auto const& row : kept)
        face.push_back({text(row, "key"), text(row, "label"), text(row, "value"),
                        read_shown(text(row, "shown")), text(row, "label_en")});
    return face;
}

}  // namespace tongban::licences
