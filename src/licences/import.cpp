// Types and templates of a pack, and the seals of a demonstration. Everything is read, checked and made
// before a row changes.
#include <set>

#include "licences/sql.h"
#include "licences/state.h"

namespace tongban::licences {

namespace {
constexpr std::string_view types_file = "licences/types.json";
constexpr auto a_day = std::chrono::hours{24};
constexpr auto authority_lasts = a_day * 3653, seal_lasts = a_day * 1096, renewed_before = a_day * 30;

Error wrong(std::string_view file, std::string const& what) {
    return {ErrorKind::invalid, "pack_file_is_wrong", std::string(file) + "：" + what};
}

struct TemplateFile {
    std::string name, path, text;
    sign::Needs needs;
};

Result<std::vector<TemplateFile>> read_templates(Pack const& pack, std::string_view folder,
                                                 std::string_view kind) {
    std::vector<TemplateFile> found;
    for (auto const& path : pack.list(folder, ".json")) {
        auto text = TRY(pack.read(path));
        auto form = sign::Template::read(text);
        if (!form.ok()) return wrong(path, form.error().detail);
        auto stem = path.substr(folder.size() + 1, path.size() - folder.size() - 6);
        if (form->id() != stem) return wrong(path, "id 与文件名不同");
        found.push_back({std::string(kind) + "/" + stem, path, text, form->needs()});
    }
    return found;
}

/// What issue() gives to every licence's template.
std::set<std::string> given_values(api::PackType const& type) {
    std::set<std::string> given{"number",      "body_name",  "date",
                                "verify_code", "verify_url", "verify_url_shown"};
    if (type.valid_months > 0) given.insert("valid_until");
    for (auto const& row : type.face) given.insert(row.key);
    return given;
}

Result<void> check_type(api::PackType const& type, std::vector<TemplateFile> const& templates) {
    auto at = "类型 " + type.key + "：";
    if (!read_credit_code(type.code.substr(0, 18)).ok())
        return wrong(types_file, at + "code 的前18位不是统一社会信用代码");
    if (type.number.find("{n}") == std::string::npos || type.number.find("{year}") == std::string::npos ||
        type.number.find("{sign}") == std::string::npos)
        return wrong(types_file, at + "number 要有 {sign}、{year} 和 {n}");
    auto name = "licence/" + type.template_;
    auto form =
        std::find_if(templates.begin(), templates.end(), [&](auto const& each) { return each.name == name; });
    if (form == templates.end()) return wrong(types_file, at + "没有模板 " + type.template_);
    auto given = given_values(type);
    for (auto const& need : form->needs.text)
        if (!given.contains(need)) return wrong(form->path, "要用的值 {" + need + "} 没有人给");
    return {};
}

Result<api::PackTypes> read_types(Pack const& pack, std::vector<TemplateFile> const& templates) {
    auto text = TRY(pack.read(types_file));
    auto types = api::read_pack_types(text);
    if (!types.ok()) {
        auto what = types.error().code;
        for (auto const& field : types.error().fields) what += " " + field.path + " " + field.code;
        return wrong(types_file, what);
    }
    for (auto const& type : types->types) TRY(check_type(type, templates));
    return std::move(*types);
}

struct NewAuthority {
    std::string id;
    sign::CertifiedKey key;
    Instant valid_until{};
    bool fresh = false;
};
struct NewSeal {
    BodyId body;
    sign::CertifiedKey key;
};

/// The authority that certifies the seals of this demonstration; made when there is none that lasts.
Result<NewAuthority> authority_of(Licences::State_& state) {
    auto now = state.clock_.now();
    auto reader = TRY(state.store_.reader());
    auto rows = TRY(reader->rows(sql::authorities));
    if (!rows.empty() && rows[0].instant("valid_until") > now + seal_lasts) {
        auto id = rows[0].text("id");
        auto key =
            TRY(state.store_.sealer().open_sealed(authority_key_place, id, rows[0].bytes("key_sealed")));
        return NewAuthority{id, {key, rows[0].text("certificate")}, rows[0].instant("valid_until")};
    }
    auto name = state.org_.picture()->site().city + "电子印章演示签发机构";
    auto key = sign::make_demonstration_ca(name, {now - a_day, now + authority_lasts});
    return NewAuthority{make_id(now), key, now + authority_lasts, true};
}

Result<std::vector<NewSeal>> missing_seals(Licences::State_& state, NewAuthority const& authority) {
    auto now = state.clock_.now();
    std::vector<BodyId> without;
    auto const picture = state.org_.picture();
    {
        auto reader = TRY(state.store_.reader());
        for (auto const& body : picture->bodies()) {
            auto found = TRY(reader->maybe_one(sql::seal, body.id));
            if (!found || (*found)[0].instant("valid_until") < now + renewed_before)
                without.push_back(body.id);
        }
    }
    std::vector<NewSeal> made;
    for (auto const& id : without) {
        auto key = TRY(sign::make_seal_certificate(authority.key, picture->body(id)->name, id.text,
                                                   {now - a_day, now + seal_lasts}));
        made.push_back({id, key});
    }
    return made;
}

void save_seals(store::Tx& tx, Licences::State_& state, NewAuthority const& authority,
                std::vector<NewSeal> const& seals, std::string const& line) {
    auto const& sealer = state.store_.sealer();
    if (authority.fresh)
        tx.write(sql::add_authority, authority.id, authority.key.certificate_pem,
                 sealer.seal(authority_key_place, authority.id, authority.key.key_pem),
                 authority.valid_until);
    for (auto const& seal : seals)
        tx.write(sql::save_seal, seal.body, line, seal.key.certificate_pem, authority.key.certificate_pem,
                 sealer.seal(seal_key_place, seal.body.text, seal.key.key_pem),
                 state.clock_.now() + seal_lasts);
    for (auto const& body : state.org_.picture()->bodies()) tx.write(sql::change_seal_line, body.id, line);
}
}  // namespace

Result<void> Licences::State_::import(Pack const& pack) {
    auto templates = TRY(read_templates(pack, "licences/templates", "licence"));
    auto letters = TRY(read_templates(pack, "cases/letters", "letter"));
    auto types = TRY(read_types(pack, templates));
    templates.insert(templates.end(), letters.begin(), letters.end());
    auto demonstration = org_.picture()->site().demonstration;
    NewAuthority authority;
    std::vector<NewSeal> seals;
    if (demonstration) {
        authority = TRY(authority_of(*this));
        seals = TRY(missing_seals(*this, authority));
    }
    auto now = clock_.now();
    auto tx = TRY(store_.begin());
    for (auto const& each : templates)
        tx->write(sql::save_template, each.name, sha256_hex(each.text), each.text, now);
    for (auto const& type : types.types) tx->write(sql::save_type, type.key, api::write(type));
    if (demonstration) save_seals(*tx, *this, authority, seals, types.seal_line);
    tx->audit({Actor::system("import").text(),
               "licences.import",
               "licences",
               {{"templates", templates.size()}, {"types", types.types.size()}, {"seals", seals.size()}}});
    return tx->commit();
}

Licences::Licences(store::Store& store, Clock const& clock, org::Org& org, identity::Identity& identity,
                   files::Files& files, notify::Notify& notify, std::string fonts_directory)
    : state_(
          std::make_unique<State_>(store, clock, org, identity, files, notify, std::move(fonts_directory))) {}
Licences::~Licences() = default;

Result<void> Licences::import(Pack const& pack) {
    TRY(state_->import(pack));
    return state_->import_held(pack);
}

Result<void> Licences::start() {
    state_->studio_.warm_up();
    return {};
}

Result<Issued> Licences::issue(Order const& order) {
    return state_->issue(order);
}

Result<Bytes> Licences::preview(Order const& order) {
    return state_->preview(order);
}

Result<Bytes> Licences::letter(LetterOrder const& order) {
    return state_->letter(order);
}

Result<std::string> Licences::authorities() {
    auto reader = TRY(state_->store_.reader());
    return state_->authorities_pem(*reader);
}

Result<Revoked> Licences::revoked(store::Reader& reader, LicenceId const& id) const {
    return state_->revoked(reader, id);
}

}  // namespace tongban::licences
