// Consents to ask registers: given for one application, withdrawn by the person at any time (个人信息保护法
// art. 15), used up when the application is handed in or dropped.
#include "identity/rows.h"
#include "identity/sql.h"

namespace tongban::identity {

namespace {
std::vector<std::string> read_names(std::string const& stored) {
    std::vector<std::string> all;
    auto names = read_json(stored);
    if (names.ok() && names->is_array())
        for (auto const& name : names->get_array()) all.emplace_back(name.as_string());
    return all;
}

std::string stored(std::vector<std::string> const& names) {
    json::array all;
    for (auto const& name : names) all.emplace_back(name);
    return to_text(all);
}

Consent read_consent(store::Row const& row) {
    Consent consent;
    consent.id = row.text("id");
    consent.person = row.id<PersonId>("person");
    consent.subject = row.text("subject");
    consent.item = row.id<ItemId>("item");
    consent.item_name = row.text("item_name");
    consent.text_key = row.text("text_key");
    consent.text_version = row.text("text_version");
    consent.text_hash = row.text("text_hash");
    consent.text_title = row.text("text_title");
    consent.resources = read_names(row.text("resources"));
    consent.item_name_en = row.text("item_name_en");
    consent.text_title_en = row.text("text_title_en");
    consent.resources_en = read_names(row.text("resources_en"));
    consent.given_at = row.instant("given_at");
    if (row.maybe_instant("withdrawn_at")) consent.state = ConsentState::withdrawn;
    if (row.maybe_instant("used_up_at")) consent.state = ConsentState::used_up;
    return consent;
}

api::Consent shown(Consent const& consent, http::Language language) {
    bool en = language == http::Language::en;
    auto said = [en](auto const& in_chinese, auto const& in_english) {
        return en && !in_english.empty() ? in_english : in_chinese;
    };
    static constexpr api::ConsentState states[] = {api::ConsentState::given, api::ConsentState::withdrawn,
                                                   api::ConsentState::used_up};
    api::Consent out;
    out.id = consent.id;
    out.given_at = to_text(consent.given_at);
    out.item_name = said(consent.item_name, consent.item_name_en);
    out.text_title = said(consent.text_title, consent.text_title_en);
    out.resources = said(consent.resources, consent.resources_en);
    out.state = states[static_cast<std::size_t>(consent.state)];
    out.may_withdraw = consent.state == ConsentState::given;
    return out;
}
}  // namespace

std::string Identity::give_consent(store::Tx& tx, Consent const& consent) const {
    auto id = make_id(consent.given_at);
    tx.write(sql::add_consent, consent.person, id, consent.subject, consent.item, consent.item_name,
             consent.text_key, consent.text_version, consent.text_hash, consent.text_title,
             stored(consent.resources), consent.given_at, consent.item_name_en, consent.text_title_en,
             stored(consent.resources_en));
    return id;
}

Result<std::optional<Consent>> Identity::consent_for(store::Reader& reader, PersonId const& person,
                                                     std::string_view subject) const {
    auto found = TRY(reader.maybe_one(sql::consent_for, person, subject));
    if (!found) return std::optional<Consent>{};
    return std::optional(read_consent((*found)[0]));
}

void Identity::foresee_consent_for(store::Reader& reader, PersonId const& person,
                                   std::string_view subject) const {
    reader.foresee(sql::consent_for, person, subject);
}

void Identity::use_up_consents(store::Tx& tx, std::string_view subject) const {
    tx.write(sql::use_up_consents, subject, state_->clock_.now());
}

Result<api::Consents> Identity::State::consents(PersonId const& person, Language language) const {
    auto reader = TRY(store_.reader());
    auto rows = TRY(reader->rows(sql::consents_of, person));
    api::Consents all;
    for (auto row : rows) all.consents.push_back(shown(read_consent(row), language));
    return all;
}

Result<api::Consents> Identity::State::withdraw_consent(Actor const& by, std::string const& id,
                                                        Language language) {
    auto tx = TRY(store_.begin());
    auto found = TRY(tx->maybe_one(sql::consent, by.person, id));
    if (!found) return Error{ErrorKind::not_found, "consent_is_unknown", "没有这项同意。"};
    auto consent = read_consent((*found)[0]);
    if (consent.state == ConsentState::given) {
        tx->write_expecting(1,
                            Error{ErrorKind::conflict, "consent_is_used_up",
                                  "申请已经提交，这次查询已经结束；以后不会再凭这项同意查询。"},
                            sql::withdraw_consent, by.person, id, clock_.now());
        tx->audit({by.text(), "identity.withdraw_consent", id, {{"subject", consent.subject}}});
        tx->emit({"identity.consent_withdrawn", consent.subject, {{"subject", consent.subject}}});
    } else if (consent.state == ConsentState::used_up) {
        return Error{ErrorKind::conflict, "consent_is_used_up",
                     "申请已经提交，这次查询已经结束；以后不会再凭这项同意查询。"};
    }
    TRY(tx->commit());  // withdrawing twice is no mistake
    return consents(by.person, language);
}

}  // namespace tongban::identity
