// Residents and demonstration passwords of a pack. Everything is read and checked, and every new password
// hashed, before a row changes.
#include <set>

#include "identity/rows.h"
#include "identity/sql.h"

namespace tongban::identity {

namespace {
constexpr std::string_view residents_file = "identity/residents.json",
                           staff_file = "identity/staff_passwords.json";

Error wrong(std::string_view file, std::string const& what) {
    return {ErrorKind::invalid, "pack_file_is_wrong", std::string(file) + "：" + what};
}

Error wrong(std::string_view file, Error const& error) {
    auto what = error.detail.empty() ? error.code : error.detail;
    for (auto const& field : error.fields) what += " " + field.path + " " + field.code;
    return wrong(file, what);
}

struct NewPassword {
    std::string subject, password;
};

Result<std::vector<Person>> read_residents(api::PackResidents const& file, org::Picture const& picture,
                                           Day today) {
    std::vector<Person> people;
    std::set<std::string> numbers, phones;
    for (std::size_t i = 0; i < file.residents.size(); ++i) {
        auto const& from = file.residents[i];
        auto at = "第 " + std::to_string(i + 1) + " 人";
        auto number = read_id_number(from.id_number, today);
        if (!number.ok()) return wrong(residents_file, at + number.error().code);
        auto phone = read_phone(from.phone);
        if (!phone.ok()) return wrong(residents_file, at + phone.error().code);
        auto const* region = picture.region(RegionCode{from.region});
        if (region == nullptr || region->level < org::Level::town)
            return wrong(residents_file, at + "的 region 不是本站点的镇街或村居");
        if (!numbers.insert(number->text).second || !phones.insert(*phone).second)
            return wrong(residents_file, at + "的证件号或手机号重复");
        people.push_back({{},
                          from.name,
                          number->text,
                          *phone,
                          from.address,
                          region->code,
                          static_cast<int>(from.real_name_level)});
    }
    return people;
}

/// The id of a person who is there already, or a fresh one.
Result<void> give_ids(Identity::State const& state, std::vector<Person>& people) {
    auto reader = TRY(state.store_.reader());
    for (auto& person : people) {
        auto known = TRY(state.find_person(*reader, person.id_number));
        person.id = known ? *known : PersonId{make_id(state.clock_.now())};
    }
    return {};
}

struct Credential {
    std::string subject, hash, mark;
};

/// Those whose password differs from the one on file; hashing is slow, so it is done before the transaction.
Result<std::vector<Credential>> hash_changed(Identity::State& state, std::vector<NewPassword> const& wanted) {
    std::vector<Credential> changed;
    auto reader = TRY(state.store_.reader());
    for (auto const& each : wanted) {
        auto mark = to_hex(hmac_sha256(state.mark_key_, each.subject + '\n' + each.password));
        auto found = TRY(reader->maybe_one(sql::credential, each.subject));
        if (!found || (*found)[0].text("password_mark") != mark)
            changed.push_back({each.subject, each.password, mark});
    }
    reader.reset();
    for (auto& each : changed) each.hash = state.passwords_.hash(each.hash);
    return changed;
}

std::vector<NewPassword> passwords_of(api::PackResidents const& residents,
                                      api::PackStaffPasswords const& staff, std::vector<Person> const& people,
                                      org::Picture const& picture) {
    std::vector<NewPassword> wanted;
    for (auto const& person : people)
        wanted.push_back({"resident:" + person.id.text, residents.demonstration_password});
    for (auto const& member : picture.staff_) {
        auto own = staff.passwords.find(member.id.text);
        wanted.push_back({"staff:" + member.id.text, own == staff.passwords.end() ? staff.all : own->second});
    }
    return wanted;
}
}  // namespace

Result<void> Identity::State::import(Pack const& pack) {
    auto residents = api::read_pack_residents(TRY(pack.read(residents_file)));
    if (!residents.ok()) return wrong(residents_file, residents.error());
    auto staff = api::read_pack_staff_passwords(TRY(pack.read(staff_file)));
    if (!staff.ok()) return wrong(staff_file, staff.error());
    auto const picture = org_.picture();
    auto people = TRY(read_residents(*residents, *picture, clock_.today()));
    TRY(give_ids(*this, people));
    std::vector<Credential> credentials;
    if (picture->site().demonstration) {
        credentials = TRY(hash_changed(*this, passwords_of(*residents, *staff, people, *picture)));
    } else {
        log(LogLevel::warning, "demonstration_passwords_left_out");
    }
    auto tx = TRY(store_.begin());
    for (auto const& person : people) {
        tx->write(sql::save_person, person.id, seal_person(store_.sealer(), person),
                  store_.sealer().blind("identity_person.id_number", person.id_number),
                  store_.sealer().blind("identity_person.phone", person.phone), person.region,
                  person.real_name_level);
    }
    for (auto const& each : credentials) tx->write(sql::save_credential, each.subject, each.hash, each.mark);
    tx->audit({Actor::system("import").text(),
               "identity.import",
               "residents",
               {{"residents", people.size()}, {"passwords", credentials.size()}}});
    return tx->commit();
}

}  // namespace tongban::identity
