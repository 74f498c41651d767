#include "licences/sql.h"
#include "licences/state.h"

namespace tongban::licences {

Error licence_is_unknown() {
    return {ErrorKind::not_found, "licence_is_unknown", "没有找到这份证照，请核对编号里的 0 和 O。"};
}

namespace {

std::string purpose_of(store::Row const& row, http::Language language) {
    auto english = language == http::Language::en ? row.text("purpose_en") : std::string();
    return english.empty() ? row.text("purpose") : english;
}

/// As masked as the face shows it to strangers: the name of an organisation stands there whole.
std::string shown_holder(Licence const& licence) {
    for (auto const& row : licence.face)
        if (row.value == licence.holder_name && row.shown == Shown::whole) return licence.holder_name;
    return mask_name(licence.holder_name);
}

}  // namespace

api::Card card_of(Licence const& licence, Day today) {
    api::Card card;
    card.id = licence.id.text;
    card.type_name = licence.type_name;
    card.number = licence.number;
    card.holder = shown_holder(licence);
    card.issuer = licence.issuer_name;
    card.issued_on = to_text(licence.issued_on);
    if (licence.valid_until) card.valid_until = to_text(*licence.valid_until);
    switch (state_of(licence, today)) {
        case State::valid:
            card.state = api::State::valid;
            break;
        case State::expired:
            card.state = api::State::expired;
            break;
        case State::replaced:
            card.state = api::State::replaced;
            break;
        case State::revoked:
            card.state = api::State::revoked;
            break;
    }
    return card;
}

std::vector<api::FaceRow> shown_face(Licence const& licence, Viewer viewer) {
    std::vector<api::FaceRow> face;
    for (auto const& row : licence.face)
        if (auto value = shown_value(row, viewer)) face.push_back({row.label, *value});
    return face;
}

std::optional<api::Revoked> revoked_of(Licence const& licence) {
    if (licence.stage != Stage::revoked || !licence.revoked_at) return std::nullopt;
    api::Revoked revoked;
    revoked.at = to_text(*licence.revoked_at);
    revoked.by = licence.issuer_name;
    revoked.kind = MUST(api::read_revocation_kind(licence.revocation_kind));
    return revoked;
}

Result<Licence> Licences::State_::told(store::Reader& reader, Licence licence,
                                       http::Language language) const {
    if (language == http::Language::zh) return licence;
    auto const picture = org_.picture();
    if (auto const* body = picture->in(language).body(licence.issuer)) licence.issuer_name = body->name;
    auto found = TRY(reader.maybe_one(sql::type, licence.type));
    if (!found) return licence;  // of a type that the pack has no more
    auto type = TRY(read_type((*found)[0].text("body")));
    if (!type.name_en.empty()) licence.type_name = type.name_en;
    for (auto& row : licence.face)
        for (auto const& rule : type.face)
            if (rule.key == row.key && !rule.label_en.empty()) row.label = rule.label_en;
    return licence;
}

void Licences::State_::add_use(store::Tx& tx, LicenceId const& id, std::string_view what,
                               std::string const& actor) const {
    auto now = clock_.now();
    tx.write(sql::add_use, id, make_id(now), now, what, actor, "", "", "");
}

Result<api::Licences> Licences::State_::mine(PersonId const& holder, http::Language language) {
    auto reader = TRY(store_.reader());
    auto rows = TRY(reader->rows(sql::licences_of, holder));
    api::Licences out;
    for (auto const& row : rows) {
        auto licence = TRY(read_licence(store_.sealer(), row));
        auto shown = TRY(told(*reader, std::move(licence), language));
        out.licences.push_back(card_of(shown, clock_.today()));
    }
    return out;
}

Result<Licence> Licences::State_::own(store::Reader& reader, PersonId const& holder, LicenceId const& id) {
    auto licence = TRY(find(reader, sql::licence, id.text));
    if (!licence || licence->holder != holder) return licence_is_unknown();
    return std::move(*licence);
}

Result<api::Licence> Licences::State_::detail(PersonId const& holder, LicenceId const& id,
                                              http::Language language) {
    auto reader = TRY(store_.reader());
    auto kept = TRY(own(*reader, holder, id));
    auto licence = TRY(told(*reader, std::move(kept), language));
    auto uses = TRY(reader->rows(sql::uses, id));
    api::Licence out;
    out.card = card_of(licence, clock_.today());
    out.face = shown_face(licence, Viewer::holder);
    out.code = licence.code;
    out.verify_url = address_of("/v/" + licence.token);
    auto svg = TRY(sign::qr_svg(values_of(licence, {}).text.at("verify_url")));
    out.qr_svg = "data:image/svg+xml;base64," + to_base64(svg);
    out.case_no = licence.case_no;
    for (auto const& row : uses) {
        out.history.push_back(
            {to_text(row.instant("used_at")), MUST(api::read_use_what(row.text("what"))), {}, {}});
        if (auto number = row.text("case_no"); !number.empty()) out.history.back().case_no = number;
        if (auto purpose = purpose_of(row, language); !purpose.empty()) out.history.back().purpose = purpose;
    }
    return out;
}

Result<std::pair<Licence, Bytes>> Licences::State_::download(Actor const& by, LicenceId const& id) {
    auto reader = TRY(store_.reader());
    auto licence = TRY(own(*reader, by.person, id));
    auto file = TRY(files_.file(*reader, licence.file));
    reader.reset();
    auto bytes = TRY(files_.bytes(file));
    auto tx = TRY(store_.begin());
    add_use(*tx, id, "downloaded", by.text());
    tx->audit({by.text(), "licences.download", id.text, {}});
    TRY(tx->commit());
    return std::pair{std::move(licence), std::move(bytes)};
}

namespace {
api::DeskLicence for_desk(Licence const& licence, Day today) {
    api::DeskLicence out;
    out.id = licence.id.text;
    out.card = card_of(licence, today);
    out.face = shown_face(licence, Viewer::staff);
    out.case_no = licence.case_no;
    out.version = licence.version;
    out.revoked = revoked_of(licence);
    return out;
}
}  // namespace

Result<api::DeskLicence> Licences::State_::find_for_desk(Actor const& by, std::string const& number,
                                                         http::Language language) {
    auto tx = TRY(store_.begin());
    auto licence = TRY(find(*tx, sql::licence_by_number, normal_number(number)));
    if (!licence || licence->issuer != by.body) return licence_is_unknown();
    identity_.record_access(*tx, {licence->holder,
                                  by.text(),
                                  by.body,
                                  "按编号查看本机关颁发的证照",
                                  "duty",
                                  licence->case_no,
                                  {"licence.face"},
                                  "",
                                  "Looking up a licence of this body by its number"});
    auto shown = TRY(told(*tx, *licence, language));
    TRY(tx->commit());
    return for_desk(shown, clock_.today());
}

Result<void> Licences::State_::revoke(store::Tx& tx, Actor const& by, LicenceId const& id,
                                      api::Revocation const& wish) {
    auto licence = TRY(find(tx, sql::licence, id.text));
    if (!licence) return licence_is_unknown();
    TRY(judge_revocation(*licence, by, wish.version));
    auto const& sealer = store_.sealer();
    auto const kind = api::to_text(wish.kind);
    Error meanwhile{ErrorKind::conflict, "licence_changed_meanwhile", "这份证照刚有变动，请刷新后再看。"};
    tx.write_expecting(1, meanwhile, sql::revoke, id, wish.version, clock_.now(), kind,
                       sealer.seal(reason_place, id.text, wish.reason),
                       sealer.seal(basis_place, id.text, wish.basis));
    add_use(tx, id, "revoked", by.text());
    tx.audit({by.text(), "licences.revoke", id.text, {{"kind", kind}}});
    tx.emit(
        {"licences.revoked", id.text, {{"licence", id.text}, {"order", licence->order_key}, {"kind", kind}}});
    auto english = TRY(told(tx, *licence, http::Language::en));
    notify_.send(
        tx, {licence->holder,
             "licences.revoked",
             "/licences/" + id.text,
             {{"item", licence->type_name}, {"licence", licence->number}, {"body", licence->issuer_name}},
             "licences.revoked " + id.text,
             {{"item", english.type_name}, {"body", english.issuer_name}}});
    return {};
}

Result<Revoked> Licences::State_::revoked(store::Reader& reader, LicenceId const& id) {
    auto licence = TRY(find(reader, sql::licence, id.text));
    auto kept = TRY(reader.rows(sql::revocation, id));
    if (!licence || !licence->revoked_at || kept.empty()) return licence_is_unknown();
    auto const& sealer = store_.sealer();
    return Revoked{licence->order_key,
                   licence->type_name,
                   licence->number,
                   licence->issued_on,
                   *licence->revoked_at,
                   TRY(sealer.open_sealed(reason_place, id.text, kept[0].bytes("reason_sealed"))),
                   TRY(sealer.open_sealed(basis_place, id.text, kept[0].bytes("basis_sealed")))};
}

Result<api::DeskLicence> Licences::State_::revoke_at_desk(Actor const& by, LicenceId const& id,
                                                          api::Revocation const& wish,
                                                          http::Language language) {
    auto tx = TRY(store_.begin());
    TRY(revoke(*tx, by, id, wish));
    TRY(tx->commit());
    auto reader = TRY(store_.reader());
    auto licence = TRY(find(*reader, sql::licence, id.text));
    ensure(licence.has_value(), "a revoked licence stays");
    auto shown = TRY(told(*reader, std::move(*licence), language));
    return for_desk(shown, clock_.today());
}

}  // namespace tongban::licences
