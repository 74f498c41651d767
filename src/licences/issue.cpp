// Issuing: the number is taken in one short transaction, the page is made outside any, and a last transaction
// makes the licence valid. Whatever fails in between, the next try goes on with the same number.
#include <algorithm>

#include "licences/sql.h"
#include "licences/state.h"

namespace tongban::licences {

namespace {
constexpr std::size_t code_symbols = 8, token_symbols = 20;  // 40 and 100 bits

Issued issued_of(Licence const& licence) {
    return {licence.id, licence.number, licence.identifier, licence.type_name,
            licence.issued_at.value_or(Instant{})};
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

Error made_meanwhile() {
    return {ErrorKind::conflict, "licence_was_made_meanwhile", "这份证照刚刚制作完成。"};
}

sign::Metadata metadata_of(Licence const& licence, Instant made_at) {
    return {licence.type_name, licence.number, licence.issuer_name, made_at};
}
}  // namespace

std::string Licences::State_::address_of(std::string_view path) const {
    auto const host = org_.picture()->site().address;
    auto local = host.starts_with("127.0.0.1") || host.starts_with("localhost");
    return (local ? "http://" : "https://") + host + std::string(path);
}

sign::Values Licences::State_::values_of(Licence const& licence, Order const& order) const {
    sign::Values values;
    for (auto const& row : order.face)
        if (!row.value.empty()) values.text[row.key] = row.value;
    values.text["number"] = licence.number;
    values.text["body_name"] = licence.issuer_name;
    values.text["date"] = chinese_date(licence.issued_on);
    if (licence.valid_until) values.text["valid_until"] = chinese_date(*licence.valid_until);
    values.text["verify_code"] = licence.code;
    // In capitals as a whole the QR code stays small; hosts, and our route, do not mind.
    values.text["verify_url"] = upper(address_of("/v/" + licence.token));
    values.text["verify_url_shown"] = address_of("/verify");
    return values;
}

Result<Licence> Licences::State_::reserve_new(store::Tx& tx, Order const& order, Type const& type) {
    auto const picture = org_.picture();
    auto const* body = picture->body(order.issuer);
    if (body == nullptr)
        return Error{ErrorKind::unavailable, "seal_is_missing", "颁发机关不在本站点的机关名录里。"};
    auto now = clock_.now();
    auto today = beijing_day(now);
    Licence licence;
    licence.id = LicenceId{make_id(now)};
    licence.order_key = order.key;
    licence.type = type.key;
    licence.type_name = type.name;
    licence.holder = order.holder;
    licence.issuer = order.issuer;
    licence.issuer_name = body->name;
    licence.case_no = order.case_no;
    auto series = number_series(type, body->letter_sign, year_of(today));
    licence.number = number_of(series, TRY(tx.next_number("licences.number", series)));
    // Numbers are taken one after the other: whoever had the same order before us has committed by now, and
    // our number goes back.
    auto meanwhile = TRY(tx.maybe_one(sql::licence_by_order, order.key));
    if (meanwhile) return read_licence(store_.sealer(), (*meanwhile)[0]);
    licence.identifier = make_licence_identifier(type.code, order.issuer.text, upper(licence.id.text), "001");
    licence.code = random_code(code_symbols);
    licence.token = random_code(token_symbols);
    licence.issued_on = today;
    licence.valid_until = valid_until(today, type.valid_months);
    auto const& sealer = store_.sealer();
    tx.write(sql::reserve, licence.id, licence.order_key, licence.type, licence.type_name, licence.holder,
             licence.issuer, licence.issuer_name, licence.case_no, licence.number, licence.identifier,
             sealer.blind(check_place, licence.number + "\n" + licence.code),
             sealer.blind(token_place, licence.token), seal_secrets(sealer, licence), licence.issued_on,
             licence.valid_until);
    TRY(tx.commit());
    return licence;
}

Result<Licence> Licences::State_::reserve(Order const& order) {
    auto type = TRY(this->type(order.type));
    auto tx = TRY(store_.begin());
    auto found = TRY(tx->maybe_one(sql::licence_by_order, order.key));
    if (found) return read_licence(store_.sealer(), (*found)[0]);
    return reserve_new(*tx, order, type);
}

Result<Document> Licences::State_::make_document(Licence const& licence, Order const& order,
                                                 Type const& type) {
    auto form = TRY(this->form("licence/" + type.template_name));
    std::optional<Seal> seal = TRY(seal_of(order.issuer));
    auto bytes = TRY(draw(form, values_of(licence, order), metadata_of(licence, clock_.now()), seal));
    auto sha256 = sha256_hex(bytes);
    return Document{std::move(bytes), std::move(sha256), form.fingerprint};
}

Result<Issued> Licences::State_::finish(Licence const& licence, Document const& document) {
    auto file =
        TRY(files_.put_bytes(licence.type_name + " " + licence.number + ".pdf", "pdf", 1, document.bytes));
    auto now = clock_.now();
    auto tx = TRY(store_.begin());
    tx->write_expecting(1, made_meanwhile(), sql::finish, licence.id, seal_holder(store_.sealer(), licence),
                        now, document.template_fingerprint, file.id, document.sha256);
    files_.attach_made(*tx, file, licence.id.text);
    tx->write(sql::add_seal_use, licence.issuer, make_id(now), now, "licence", licence.id, document.sha256);
    auto actor = Actor::system("licences").text();
    add_use(*tx, licence.id, "issued", actor);
    tx->audit(
        {actor, "licences.issue", licence.id.text, {{"order", licence.order_key}, {"type", licence.type}}});
    tx->emit(
        {"licences.issued", licence.id.text, {{"licence", licence.id.text}, {"order", licence.order_key}}});
    TRY(tx->commit());
    auto issued = issued_of(licence);
    issued.at = now;
    return issued;
}

Result<Issued> Licences::State_::issue(Order const& order) {
    auto licence = TRY(reserve(order));
    if (licence.stage != Stage::reserved) return issued_of(licence);
    auto type = TRY(this->type(licence.type));
    licence.holder_name = order.holder_name;
    licence.holder_id_number = order.holder_id_number;
    licence.face = face_of(type, order.face);
    auto document = TRY(make_document(licence, order, type));
    auto issued = finish(licence, document);
    if (issued.ok() || issued.error().code != "licence_was_made_meanwhile") return issued;
    auto made = TRY(reserve(order));  // somebody else's try was quicker; theirs is the licence
    return issued_of(made);
}

Result<Bytes> Licences::State_::preview(Order const& order) {
    auto type = TRY(this->type(order.type));
    auto const picture = org_.picture();
    auto const* body = picture->body(order.issuer);
    Licence sample;
    sample.type_name = type.name;
    sample.issuer_name = body == nullptr ? "" : body->name;
    sample.number = "（预览，决定后编号）";
    sample.code = "（预览）";
    sample.token = "PREVIEW";
    sample.issued_on = clock_.today();
    sample.valid_until = valid_until(sample.issued_on, type.valid_months);
    auto form = TRY(this->form("licence/" + type.template_name));
    return draw(form, values_of(sample, order), metadata_of(sample, clock_.now()), std::nullopt);
}

Result<std::optional<Issued>> Licences::of_case(store::Reader& reader, std::string_view order_key) const {
    auto found = TRY(reader.maybe_one(sql::licence_by_order, order_key));
    if (!found) return std::optional<Issued>{};
    auto licence = TRY(read_licence(state_->store_.sealer(), (*found)[0]));
    if (licence.stage == Stage::reserved) return std::optional<Issued>{};
    return std::optional(issued_of(licence));
}

}  // namespace tongban::licences
