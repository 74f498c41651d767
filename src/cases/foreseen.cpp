#include "cases/foreseen.h"

namespace tongban::cases {

namespace {
/// On both pages.
void foresee_content(Rooms& rooms, Reader& reader, Case const& found, catalog::Item const& item) {
    auto const& id = found.id;
    for (auto const* query : {&sql::load_applications, &sql::load_agreements, &sql::load_events,
                              &sql::load_letters, &sql::load_outcome, &sql::load_burden, &sql::load_decided})
        reader.foresee(*query, id);
    rooms.files.foresee_of(reader, id.text);
    if (!item.data.empty()) rooms.exchange.foresee_answers(reader, id.text);
}
}  // namespace

void foresee_own_page(Rooms& rooms, Reader& reader, Case const& found, catalog::Item const& item) {
    foresee_content(rooms, reader, found, item);
    reader.foresee(sql::load_query_code, found.id);
}

void foresee_desk_page(Rooms& rooms, Reader& reader, Case const& found, catalog::Item const& item) {
    foresee_content(rooms, reader, found, item);
    for (auto const* query : {&sql::load_corrections, &sql::load_opinions, &sql::load_service})
        reader.foresee(*query, found.id);
    for (std::string_view role : {"applicant", "agent"}) reader.foresee(sql::load_party, found.id, role);
    if (!item.special_steps.empty()) reader.foresee(sql::load_special, found.id);
}

}  // namespace tongban::cases
