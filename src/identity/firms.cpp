// Firms, their legal persons, and who may act for them (法人、法定代表人、授权).
#include <set>

#include "identity/rows.h"
#include "identity/sql.h"

namespace tongban::identity {

namespace {
constexpr std::string_view firms_file = "identity/firms.json";
constexpr std::string_view firm_place = "identity_firm.sealed";
constexpr std::string_view holder_place = "identity_mandate.holder";

Error wrong(std::string const& what) {
    return {ErrorKind::invalid, "pack_file_is_wrong", std::string(firms_file) + "：" + what};
}

struct Given {
    Firm firm;
    struct Mandate {
        std::string id_number, role;
        Day from{};
        std::optional<Day> until;
    };
    std::vector<Mandate> mandates;
};

Result<Given> read_firm(api::PackFirm const& from, Day today) {
    auto at = from.name + " ";
    auto code = read_credit_code(from.uscc);
    if (!code.ok()) return wrong(at + code.error().code);
    auto leader = read_id_number(from.legal_person.id_number, today);
    if (!leader.ok()) return wrong(at + leader.error().code);
    Given given{{from.uscc, from.name, from.address, from.legal_person.name, leader->text}, {}};
    given.mandates.push_back({leader->text, "legal_person", {}, {}});
    for (auto const& each : from.mandates) {
        auto number = read_id_number(each.id_number, today);
        auto first = read_day(each.valid_from);
        if (!number.ok() || !first.ok()) return wrong(at + "的授权有错");
        Given::Mandate mandate{number->text, "agent", *first, {}};
        if (each.valid_until) {
            auto last = read_day(*each.valid_until);
            if (!last.ok() || *last < *first) return wrong(at + "的授权期限有错");
            mandate.until = *last;
        }
        given.mandates.push_back(std::move(mandate));
    }
    return given;
}

store::Blob seal_firm(store::Sealer const& sealer, Firm const& firm) {
    return sealer.seal(firm_place, firm.uscc,
                       tongban::to_text(json::object{{"legal_person", firm.legal_person},
                                                     {"id_number", firm.legal_person_id_number}}));
}

Result<Firm> read_firm(store::Sealer const& sealer, store::Row const& row) {
    Firm firm{row.text("uscc"), row.text("name"), row.text("address"), {}, {}};
    auto opened = TRY(sealer.open_sealed(firm_place, firm.uscc, row.bytes("sealed")));
    auto values = TRY(read_json(opened));
    firm.legal_person = std::string(values.at("legal_person").as_string());
    firm.legal_person_id_number = std::string(values.at("id_number").as_string());
    return firm;
}

bool holds(Acting const& acting, Day today) {
    return acting.valid_from <= today && (!acting.valid_until || today <= *acting.valid_until);
}
}  // namespace

std::string_view to_text(FirmRole role) {
    return role == FirmRole::legal_person ? "legal_person" : "agent";
}

Result<void> Identity::State::import_firms(Pack const& pack) {
    auto text = pack.read(firms_file);
    if (!text.ok()) return {};  // a region without firms
    auto read = api::read_pack_firms(*text);
    if (!read.ok()) {
        auto what = read.error().code;
        for (auto const& field : read.error().fields) what += " " + field.path + " " + field.code;
        return wrong(what);
    }
    std::vector<Given> all;
    std::set<std::string> codes;
    for (auto const& firm : read->firms) {
        all.push_back(TRY(read_firm(firm, clock_.today())));
        if (!codes.insert(firm.uscc).second) return wrong(firm.name + "的统一社会信用代码重复");
    }
    auto const& sealer = store_.sealer();
    auto tx = TRY(store_.begin());
    tx->write(sql::forget_firms);
    tx->write(sql::forget_mandates);
    for (auto const& given : all) {
        auto const& firm = given.firm;
        tx->write(sql::save_firm, firm.uscc, firm.name, firm.address, seal_firm(sealer, firm));
        for (auto const& each : given.mandates)
            tx->write(sql::save_mandate, sealer.blind(holder_place, each.id_number), firm.uscc, each.role,
                      each.from, each.until);
    }
    tx->audit({Actor::system("import").text(), "identity.import_firms", "firms", {{"firms", all.size()}}});
    return tx->commit();
}

Result<std::vector<Acting>> Identity::State::mandates(store::Reader& reader, Identity const& identity,
                                                      PersonId const& person) const {
    auto who = TRY(identity.person(reader, person));
    auto rows = TRY(reader.rows(sql::mandates_of, store_.sealer().blind(holder_place, who.id_number)));
    std::vector<Acting> all;
    for (auto row : rows) {
        Acting acting;
        acting.firm = TRY(read_firm(store_.sealer(), row));
        acting.role = row.text("role") == "legal_person" ? FirmRole::legal_person : FirmRole::agent;
        acting.valid_from = row.day("valid_from");
        acting.valid_until = row.maybe_day("valid_until");
        all.push_back(std::move(acting));
    }
    return all;
}

Result<std::vector<Acting>> Identity::firms_of(store::Reader& reader, PersonId const& person) const {
    auto all = TRY(state_->mandates(reader, *this, person));
    std::vector<Acting> today;
    for (auto& each : all) {
        bool twice = !today.empty() && today.back().firm.uscc == each.firm.uscc;
        if (holds(each, state_->clock_.today()) && !twice) today.push_back(std::move(each));
    }
    return today;
}

Result<Acting> Identity::acting_for(store::Reader& reader, PersonId const& person,
                                    std::string_view uscc) const {
    auto known = TRY(reader.maybe_one(sql::firm, uscc));
    if (!known)
        return Error{ErrorKind::not_found, "firm_is_unknown",
                     "登记库里没有这个单位，请核对统一社会信用代码。"};
    auto all = TRY(state_->mandates(reader, *this, person));
    bool held = false;
    for (auto& each : all) {
        if (each.firm.uscc != uscc) continue;
        held = true;
        if (holds(each, state_->clock_.today())) return std::move(each);
    }
    if (held)
        return Error{ErrorKind::forbidden, "mandate_is_not_valid_today", "您的授权已经到期或还没有开始。"};
    return Error{ErrorKind::forbidden, "mandate_is_missing", "这个单位没有授权您办理，请先办理授权。"};
}

}  // namespace tongban::identity
