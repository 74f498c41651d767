// Forms, seals, and the page itself.
#include "licences/sql.h"
#include "licences/state.h"

namespace tongban::licences {

Result<Form> Licences::State_::form(std::string const& name) {
    auto reader = TRY(store_.reader());
    auto found = TRY(reader->maybe_one(sql::template_in_force, name));
    if (!found) {
        auto code = name.starts_with("letter/") ? "letter_has_no_template" : "licence_has_no_template";
        return Error{ErrorKind::unavailable, code, "地区包里没有模板 " + name + "。"};
    }
    auto form = TRY(sign::Template::read((*found)[0].text("text")));
    return Form{std::move(form), (*found)[0].text("fingerprint")};
}

Result<std::set<std::string>> Licences::letters_with_template(store::Reader& reader) const {
    constexpr std::string_view letters = "letter/";
    auto rows = TRY(reader.rows(sql::template_names));
    std::set<std::string> keys;
    for (auto row : rows)
        if (auto name = row.text("name"); name.starts_with(letters)) keys.insert(name.substr(letters.size()));
    return keys;
}

Result<Type> Licences::State_::type(std::string const& key) {
    auto reader = TRY(store_.reader());
    auto found = TRY(reader->maybe_one(sql::type, key));
    if (!found)
        return Error{ErrorKind::unavailable, "licence_type_is_unknown", "地区包里没有证照类型 " + key + "。"};
    return read_type((*found)[0].text("body"));
}

Result<Seal> Licences::State_::seal_of(BodyId const& body) {
    auto const picture = org_.picture();
    auto const* named = picture->body(body);
    auto reader = TRY(store_.reader());
    auto found = TRY(reader->maybe_one(sql::seal, body));
    if (named == nullptr || !found || (*found)[0].instant("valid_until") <= clock_.now())
        return Error{ErrorKind::unavailable, "seal_is_missing",
                     "这个机关没有可用的电子印章，请联系印章管理员。"};
    auto const row = (*found)[0];
    auto key = TRY(store_.sealer().open_sealed(seal_key_place, body.text, row.bytes("key_sealed")));
    return Seal{named->name, row.text("line"), key, row.text("certificate"), row.text("issuer")};
}

Result<std::string> Licences::State_::authorities_pem(store::Reader& reader) {
    auto rows = TRY(reader.rows(sql::authorities));
    std::string all;
    for (auto const& row : rows) all += row.text("certificate");
    return all;
}

Result<Bytes> Licences::State_::draw(Form const& form, sign::Values const& values,
                                     sign::Metadata const& metadata, std::optional<Seal> const& seal) {
    auto turn = seal ? Studio::Turn::last : Studio::Turn::first;  // without a seal it is a preview
    return studio_.run(turn, [&](sign::Renderer& renderer) -> Result<Bytes> {
        auto layout = TRY(renderer.lay_out(form.form, values));
        auto page = TRY(renderer.render_pdf(layout, metadata));
        if (!seal) return page;
        auto spot = layout.seal_spot();
        if (!spot)
            return Error{ErrorKind::unavailable, "template_has_no_place_for_seal",
                         "模板 " + form.form.id() + " 没有盖章的位置。"};
        auto picture = TRY(picture_of(renderer, *seal));
        auto signer = TRY(sign::software_signer(seal->key_pem, seal->certificate_pem, seal->issuer_pem));
        return sign::sign_pdf(page, *signer, picture, *spot, metadata.made_at);
    });
}

/// Drawn once a body; the threads of the studio share them.
Result<sign::SealPicture> Licences::State_::picture_of(sign::Renderer& renderer, Seal const& seal) {
    auto name = seal.body_name + "\n" + seal.line;
    {
        std::scoped_lock lock(pictures_mutex_);
        auto known = pictures_.find(name);
        if (known != pictures_.end()) return known->second;
    }
    sign::SealFace face;
    face.body_name = seal.body_name;
    face.line = seal.line;
    auto picture = TRY(renderer.draw_seal(face));
    std::scoped_lock lock(pictures_mutex_);
    return pictures_.emplace(name, std::move(picture)).first->second;
}

Result<Bytes> Licences::State_::letter(LetterOrder const& order) {
    auto form = TRY(this->form("letter/" + order.template_key));
    std::optional<Seal> seal;
    if (order.seal == LetterOrder::Seal::sealed) seal = TRY(seal_of(order.body));
    auto const picture = org_.picture();
    auto const* body = picture->body(order.body);
    auto number = order.values.text.find("letter_number");
    sign::Metadata metadata{form.form.title(), number == order.values.text.end() ? "" : number->second,
                            body == nullptr ? "" : body->name, clock_.now()};
    auto bytes = TRY(draw(form, order.values, metadata, seal));
    if (!seal) return bytes;
    auto now = clock_.now();
    auto tx = TRY(store_.begin());
    tx->write(sql::add_seal_use, order.body, make_id(now), now, "letter", order.template_key,
              sha256_hex(bytes));
    TRY(tx->commit());
    return bytes;
}

}  // namespace tongban::licences
