#include "identity/rows.h"

namespace tongban::identity {

store::Blob seal_person(store::Sealer const& sealer, Person const& person) {
    json::object values{{"name", person.name},
                        {"id_number", person.id_number},
                        {"phone", person.phone},
                        {"address", person.address}};
    return sealer.seal(person_place, person.id.text, to_text(values));
}

Result<Person> read_person(store::Sealer const& sealer, store::Row const& row) {
    auto id = row.id<PersonId>("id");
    auto opened = TRY(sealer.open_sealed(person_place, id.text, row.bytes("sealed")));
    auto values = TRY(read_json(opened));
    auto text = [&](char const* key) { return std::string(values.at(key).as_string()); };
    return Person{id,
                  text("name"),
                  text("id_number"),
                  text("phone"),
                  text("address"),
                  row.id<RegionCode>("region"),
                  static_cast<int>(row.integer("real_name_level"))};
}

Session read_session(store::Row const& row) {
    Session session;
    session.token_hash = row.text("token_hash");
    session.audience = row.text("kind") == "staff" ? Audience::staff : Audience::resident;
    session.subject = row.text("subject");
    session.post = row.id<PostId>("post");
    session.started_at = row.instant("started_at");
    session.last_seen_at = row.instant("last_seen_at");
    session.previous_sign_in_at = row.maybe_instant("previous_sign_in_at");
    if (auto level = row.maybe_integer("real_name_level")) session.real_name_level = static_cast<int>(*level);
    return session;
}

}  // namespace tongban::identity
