#include "licences/rows.h"

#include "licences/api.h"

namespace tongban::licences {

namespace {
Stage read_stage(std::string_view text) {
    if (text == "revoked") return Stage::revoked;
    if (text == "replaced") return Stage::replaced;
    return text == "valid" ? Stage::made : Stage::reserved;
}

std::string text_at(json::object const& values, char const* key) {
    return std::string(values.at(key).as_string());
}

Result<void> open_holder(store::Sealer const& sealer, store::Row const& row, Licence& licence) {
    auto opened = TRY(sealer.open_sealed(holder_place, licence.id.text, row.bytes("holder_sealed")));
    auto values = TRY(read_json(opened));
    auto const& holder = values.as_object();
    licence.holder_name = text_at(holder, "name");
    licence.holder_id_number = text_at(holder, "id_number");
    licence.face = read_face(holder.at("face").as_array());
    return {};
}
}  // namespace

store::Blob seal_secrets(store::Sealer const& sealer, Licence const& licence) {
    json::object values{{"code", licence.code}, {"token", licence.token}};
    return sealer.seal(secrets_place, licence.id.text, tongban::to_text(values));
}

store::Blob seal_holder(store::Sealer const& sealer, Licence const& licence) {
    json::object values{{"name", licence.holder_name},
                        {"id_number", licence.holder_id_number},
                        {"face", face_json(licence.face)}};
    return sealer.seal(holder_place, licence.id.text, tongban::to_text(values));
}

Result<Licence> read_licence(store::Sealer const& sealer, store::Row const& row) {
    Licence licence;
    licence.id = row.id<LicenceId>("id");
    licence.order_key = row.text("order_key");
    licence.type = row.text("type");
    licence.type_name = row.text("type_name");
    licence.holder = row.id<PersonId>("holder");
    licence.issuer = row.id<BodyId>("issuer");
    licence.issuer_name = row.text("issuer_name");
    licence.case_no = row.text("case_no");
    licence.number = row.text("number");
    licence.identifier = row.text("identifier");
    licence.stage = read_stage(row.text("state"));
    licence.issued_on = row.day("issued_on");
    licence.issued_at = row.maybe_instant("issued_at");
    licence.valid_until = row.maybe_day("valid_until");
    licence.file = row.id<FileId>("file");
    licence.file_sha256 = row.text("file_sha256");
    licence.version = row.integer("version");
    licence.revoked_at = row.maybe_instant("revoked_at");
    licence.revocation_kind = row.text("revocation_kind");
    auto opened = TRY(sealer.open_sealed(secrets_place, licence.id.text, row.bytes("secrets_sealed")));
    auto secrets = TRY(read_json(opened));
    licence.code = text_at(secrets.as_object(), "code");
    licence.token = text_at(secrets.as_object(), "token");
    if (!row.is_null("holder_sealed")) TRY(open_holder(sealer, row, licence));
    return licence;
}

Result<Type> read_type(std::string_view text) {
    auto value = TRY(read_json(text));
    auto from = TRY(api::read_pack_type_value(value));
    Type type{from.key,    from.name,
              from.code,   from.template_,
              from.number, static_cast<int>(from.valid_months),
              {},          from.x_en ? from.x_en->name : ""};
    for (auto const& row : from.face)
        type.face.push_back(
            {row.key, row.label, read_shown(api::to_text(row.shown)), row.x_en ? row.x_en->label : ""});
    return type;
}

}  // namespace tongban::licences
