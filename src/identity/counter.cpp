// People at a window: registered with the card seen, or known by the code they show.
#include "identity/rows.h"
#include "identity/sql.h"

namespace tongban::identity {

namespace {
constexpr auto code_lasts = std::chrono::seconds{60};
constexpr int level_by_card_seen = 2;  // 当面核验

Error code_is_unknown_or_old() {
    return {ErrorKind::not_found, "code_is_unknown_or_old", "这个码不对或已经过期，请出示新的码。"};
}

/// An elderly person often gives a child's phone: it then is told, but signs nobody in.
Result<std::string> phone_blind(store::Reader& reader, store::Sealer const& sealer, Person const& person) {
    auto blind = sealer.blind("identity_person.phone", person.phone);
    auto other = TRY(reader.maybe_one(sql::person_by_phone, blind));
    if (!other || (*other)[0].id<PersonId>("id") == person.id) return blind;
    return sealer.blind("identity_person.phone_of_walk_in", person.id.text);
}
}  // namespace

Result<PersonId> Identity::register_walk_in(store::Tx& tx, Actor const& by, WalkIn const& who) const {
    auto const& sealer = state_->store_.sealer();
    auto number = TRY(read_id_number(who.id_number, state_->clock_.today()));
    auto phone = TRY(read_phone(who.phone));
    auto known = TRY(state_->find_person(tx, number.text));
    Person person;
    bool has_account = false;
    if (known) {
        person = TRY(this->person(tx, *known));
        if (person.name != trimmed(who.name))
            return Error{ErrorKind::conflict, "person_is_known_by_another_name",
                         "这个证件号码登记的是另一个姓名，请核对证件。"};
        auto account = TRY(tx.maybe_one(sql::credential, "resident:" + person.id.text));
        has_account = account.has_value();
        if (has_account && person.real_name_level >= level_by_card_seen) return person.id;
    } else {
        person.id = PersonId{make_id(state_->clock_.now())};
        person.name = trimmed(who.name);
        person.id_number = number.text;
        person.region = who.region;
    }
    if (!has_account) {
        person.phone = phone;
        if (!trimmed(who.address).empty()) person.address = trimmed(who.address);
    }
    person.real_name_level = std::max(person.real_name_level, level_by_card_seen);
    auto blind = TRY(phone_blind(tx, sealer, person));
    tx.write(sql::save_person, person.id, seal_person(sealer, person),
             sealer.blind("identity_person.id_number", person.id_number), blind, person.region,
             person.real_name_level);
    tx.audit({by.text(), "identity.register_walk_in", person.id.text, {{"known", known.has_value()}}});
    return person.id;
}

Result<api::MyCode> Identity::State::my_code(PersonId const& person) {
    auto now = clock_.now();
    api::MyCode shown;
    shown.code = random_digits(8);
    shown.until = tongban::to_text(now + code_lasts);
    auto tx = TRY(store_.begin());
    tx->write(sql::keep_code, person, store_.sealer().blind("identity_code.code", shown.code),
              now + code_lasts);
    TRY(tx->commit());
    return shown;
}

Result<PersonId> Identity::spend_code(store::Tx& tx, std::string_view code) const {
    auto blind = state_->store_.sealer().blind("identity_code.code", trimmed(code));
    auto found = TRY(tx.rows(sql::people_of_code, blind, state_->clock_.now()));
    if (found.size() != 1) return code_is_unknown_or_old();
    auto person = found[0].id<PersonId>("person");
    tx.write_expecting(1, code_is_unknown_or_old(), sql::spend_code, person, blind);
    return person;
}

}  // namespace tongban::identity
