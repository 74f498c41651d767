// Licences somebody holds: ours, and those of other issuers as their registers sent them (证照库). What is
// held stands in for a paper (免提交); each use is logged (用证).
#include <map>
#include <set>

#include "licences/sql.h"
#include "licences/state.h"

namespace tongban::licences {

namespace {
constexpr std::string_view held_file = "licences/held.json";
constexpr std::string_view held_place = "licences_held.sealed";
constexpr std::string_view held_holder_place = "licences_held.holder";
constexpr std::string_view held_number_place = "licences_held.number";

Error wrong(std::string const& what) {
    return {ErrorKind::invalid, "pack_file_is_wrong", std::string(held_file) + "：" + what};
}

Result<std::string> holder_number(std::string const& text, Day today) {
    if (auto firm = read_credit_code(text); firm.ok()) return text;
    auto person = TRY(read_id_number(text, today));
    return person.text;
}

struct Given {
    Held held;
    std::string holder_number;
};

Result<Given> read_given(api::PackHeldLicence const& from, api::PackHeldType const& type, Day as_of,
                         Day today) {
    auto at = from.number + "：";
    auto number = holder_number(from.holder_number, today);
    if (!number.ok()) return wrong(at + "holder_number 不是证件号码也不是统一社会信用代码");
    auto issued_on = read_day(from.issued_on);
    if (!issued_on.ok()) return wrong(at + "issued_on 不是日期");
    Given given{{}, *number};
    auto& held = given.held;
    held.type = type.key;
    held.type_name = type.name;
    held.number = from.number;
    held.issuer_name = from.issuer;
    if (type.x_en) held.type_name_en = type.x_en->name;
    if (from.x_en) held.issuer_name_en = from.x_en->issuer;
    held.holder_name = from.holder;
    held.issued_on = *issued_on;
    held.as_of = as_of;
    if (from.valid_until) {
        auto last = read_day(*from.valid_until);
        if (!last.ok()) return wrong(at + "valid_until 不是日期");
        held.valid_until = *last;
    }
    auto values = from.face;
    for (auto const& rule : type.face) {
        auto value = values.find(rule.key);
        if (value == values.end()) continue;
        held.face.push_back({rule.key, rule.label, value->second, read_shown(api::to_text(rule.shown)),
                             rule.x_en ? rule.x_en->label : ""});
        values.erase(value);
    }
    if (!values.empty()) return wrong(at + "类型 " + type.key + " 没有照面 " + values.begin()->first);
    return given;
}

Result<std::vector<Given>> read_all(api::PackHeld const& file, Day today) {
    auto as_of = read_day(file.as_of);
    if (!as_of.ok()) return wrong("as_of 不是日期");
    std::map<std::string, api::PackHeldType const*> types;
    for (auto const& type : file.types)
        if (!types.emplace(type.key, &type).second) return wrong("类型 " + type.key + " 重复");
    std::vector<Given> all;
    std::set<std::string> numbers;
    for (auto const& licence : file.licences) {
        auto type = types.find(licence.type);
        if (type == types.end()) return wrong(licence.number + "：没有类型 " + licence.type);
        if (!numbers.insert(licence.number).second) return wrong(licence.number + " 重复");
        all.push_back(TRY(read_given(licence, *type->second, *as_of, today)));
    }
    return all;
}

store::Blob seal_held(store::Sealer const& sealer, Held const& held) {
    return sealer.seal(
        held_place, held.id.text,
        tongban::to_text(json::object{
            {"number", held.number}, {"holder", held.holder_name}, {"face", face_json(held.face)}}));
}

Result<Held> read_held(store::Sealer const& sealer, store::Row const& row) {
    Held held;
    held.id = row.id<LicenceId>("id");
    held.type = row.text("type");
    held.type_name = row.text("type_name");
    held.issuer_name = row.text("issuer_name");
    held.type_name_en = row.text("type_name_en");
    held.issuer_name_en = row.text("issuer_name_en");
    held.issued_on = row.day("issued_on");
    held.valid_until = row.maybe_day("valid_until");
    held.as_of = row.day("as_of");
    held.origin = Held::Origin::register_of_others;
    auto opened = TRY(sealer.open_sealed(held_place, held.id.text, row.bytes("sealed")));
    auto values = TRY(read_json(opened));
    auto text = [](Json const& value) { return std::string(value.as_string()); };
    held.number = text(values.at("number"));
    held.holder_name = text(values.at("holder"));
    held.face = read_face(values.at("face").as_array());
    return held;
}

Held held_of(Licence const& licence, Day today) {
    Held held;
    held.id = licence.id;
    held.type = licence.type;
    held.type_name = licence.type_name;
    held.number = licence.number;
    held.issuer_name = licence.issuer_name;
    held.holder_name = licence.holder_name;
    held.issued_on = licence.issued_on;
    held.valid_until = licence.valid_until;
    held.face = licence.face;
    held.as_of = today;
    return held;
}
}  // namespace

Result<void> Licences::State_::import_held(Pack const& pack) {
    auto text = pack.read(held_file);
    if (!text.ok()) return {};  // no register sends anything here
    auto file = api::read_pack_held(*text);
    if (!file.ok()) {
        auto what = file.error().code;
        for (auto const& field : file.error().fields) what += " " + field.path + " " + field.code;
        return wrong(what);
    }
    auto all = TRY(read_all(*file, clock_.today()));
    auto const& sealer = store_.sealer();
    auto tx = TRY(store_.begin());
    tx->write(sql::forget_held);
    for (auto& [held, number] : all) {
        auto blind = sealer.blind(held_number_place, held.type + "\n" + held.number);
        auto known = TRY(tx->maybe_one(sql::held_by_number, blind));
        held.id = known ? (*known)[0].id<LicenceId>("id") : LicenceId{make_id(clock_.now())};
        tx->write(sql::save_held, held.id, held.type, held.type_name, blind, held.issuer_name,
                  sealer.blind(held_holder_place, number), seal_held(sealer, held), held.issued_on,
                  held.valid_until, held.as_of, held.type_name_en, held.issuer_name_en);
    }
    tx->audit({Actor::system("import").text(), "licences.import_held", "held", {{"licences", all.size()}}});
    return tx->commit();
}

Result<std::vector<Held>> Licences::State_::held_elsewhere(store::Reader& reader,
                                                           std::string_view holder_blind,
                                                           std::string_view type) const {
    auto rows = TRY(reader.rows(sql::held_of, holder_blind, type));
    std::vector<Held> all;
    for (auto row : rows) {
        auto held = TRY(read_held(store_.sealer(), row));
        if (!held.valid_until || clock_.today() <= *held.valid_until) all.push_back(std::move(held));
    }
    return all;
}

Result<std::vector<Held>> Licences::held(store::Reader& reader, identity::Person const& person,
                                         std::string_view type) const {
    auto today = state_->clock_.today();
    std::vector<Held> all;
    auto blind = state_->store_.sealer().blind(held_holder_place, person.id_number);
    reader.foresee(sql::held_of, blind, type);
    auto rows = TRY(reader.rows(sql::licences_of, person.id));
    for (auto row : rows) {
        if (row.text("type") != type) continue;
        auto licence = TRY(read_licence(state_->store_.sealer(), row));
        if (state_of(licence, today) != State::valid) continue;
        auto held = held_of(licence, today);
        auto english = TRY(state_->told(reader, std::move(licence), http::Language::en));
        held.type_name_en = english.type_name;
        for (std::size_t at = 0; at < held.face.size(); ++at) held.face[at].label_en = english.face[at].label;
        held.issuer_name_en = english.issuer_name;
        all.push_back(std::move(held));
    }
    auto elsewhere = TRY(state_->held_elsewhere(reader, blind, type));
    std::move(elsewhere.begin(), elsewhere.end(), std::back_inserter(all));
    return all;
}

void Licences::foresee_held(store::Reader& reader, PersonId const& holder) const {
    reader.foresee(sql::licences_of, holder);
}

Result<std::vector<Held>> Licences::held_by_firm(store::Reader& reader, std::string_view uscc,
                                                 std::string_view type) const {
    auto blind = state_->store_.sealer().blind(held_holder_place, uscc);
    return state_->held_elsewhere(reader, blind, type);
}

void Licences::record_use(store::Tx& tx, LicenceUse const& use) const {
    auto now = state_->clock_.now();
    tx.write(sql::add_use, use.licence, make_id(now), now, "used", use.by.text(), use.case_no, use.purpose,
             use.purpose_en);
    tx.audit({use.by.text(), "licences.use", use.licence.text, {{"case", use.case_no}}});
}

}  // namespace tongban::licences
