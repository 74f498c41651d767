// Rows whose content is one sealed JSON text: drafts, applications, corrections, opinions, outcomes, letters.
#include "cases/rows.h"

namespace tongban::cases {

namespace {

using store::Blob;

Blob seal(Sealer const& sealer, std::string_view place, std::string_view id, Json const& value) {
    return sealer.seal(place, id, to_text(value));
}

Result<Json> open(Sealer const& sealer, std::string_view place, std::string_view id,
                  std::string const& sealed) {
    auto text = TRY(sealer.open_sealed(place, id, sealed));
    return read_json(text);
}

std::string text_at(Json const& value, std::string_view key) {
    auto const* found = value.as_object().if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

json::array materials_json(std::vector<api::MaterialGiven> const& materials) {
    json::array list;
    for (auto const& material : materials) list.push_back(api::to_json(material));
    return list;
}

Result<std::vector<api::MaterialGiven>> read_materials(Json const& body) {
    std::vector<api::MaterialGiven> materials;
    for (auto const& one : body.at("materials").as_array())
        materials.push_back(TRY(api::read_material_given_value(one)));
    return materials;
}

std::string part(CaseId const& id, std::int64_t number) {
    return id.text + ":" + std::to_string(number);
}

Json draft_body(Draft const& draft) {
    json::object body{{"answers", draft.answers},
                      {"materials", materials_json(draft.materials)},
                      {"collection", draft.collection},
                      {"notice_agreed_at", draft.notice_agreed_at.ms}};
    json::object disputes;
    for (auto const& [key, stated] : draft.disputes)
        disputes[key] = json::object{{"value", stated.value}, {"note", stated.note}};
    if (!disputes.empty()) body["disputes"] = std::move(disputes);
    if (draft.delivery) body["delivery"] = api::to_json(*draft.delivery);
    if (draft.notice) body["notice"] = api::to_json(*draft.notice);
    return body;
}

Result<Draft> read_draft(store::Row const& row, Sealer const& sealer) {
    Draft draft;
    draft.id = row.text("id");
    draft.person = row.id<PersonId>("person_id");
    draft.item = row.id<ItemId>("item");
    draft.item_version = static_cast<int>(row.integer("item_version"));
    draft.region = row.id<RegionCode>("region");
    draft.step = row.text("step");
    draft.version = row.integer("version");
    draft.channel = row.text("channel");
    draft.filer = row.id<StaffId>("filer");
    draft.hall = row.id<HallId>("hall");
    draft.firm = row.text("firm");
    draft.created_at = row.instant("created_at");
    draft.updated_at = row.instant("updated_at");
    auto body = TRY(open(sealer, "cases_draft.body", draft.id, row.bytes("body")));
    draft.answers = body.at("answers").as_object();
    draft.materials = TRY(read_materials(body));
    draft.collection = text_at(body, "collection");
    draft.notice_agreed_at = {body.at("notice_agreed_at").as_int64()};
    if (auto const* notice = body.as_object().if_contains("notice"))
        draft.notice = TRY(api::read_text_agreed_value(*notice));
    if (auto const* disputes = body.as_object().if_contains("disputes"))
        for (auto const& [key, one] : disputes->as_object())
            draft.disputes[std::string(key)] = {one.at("value"), text_at(one, "note")};
    if (auto const* delivery = body.as_object().if_contains("delivery"))
        draft.delivery = TRY(api::read_delivery_value(*delivery));
    return draft;
}

json::object sources_json(Application const& application) {
    json::object all;
    for (auto const& [field, source] : application.sources)
        all[field] = json::object{{"datum", source.datum},
                                  {"zh", source.zh},
                                  {"en", source.en},
                                  {"answered_at", source.answered_at.ms},
                                  {"data_at", source.data_at.ms}};
    return all;
}

json::array disputes_json(Application const& application) {
    json::array all;
    for (auto const& one : application.disputes)
        all.push_back(json::object{{"field", one.field},
                                   {"ticket", one.ticket},
                                   {"note", one.note},
                                   {"zh", one.source_zh},
                                   {"en", one.source_en},
                                   {"value", one.value},
                                   {"source_value", one.source_value}});
    return all;
}

/// What applications from before it was kept do not have.
std::string text_or_none(Json const& from, std::string_view name) {
    auto const* found = from.as_object().if_contains(name);
    return found == nullptr ? std::string() : std::string(found->as_string());
}

json::object licences_json(Application const& application) {
    json::object all;
    for (auto const& [material, held] : application.licences)
        all[material] = json::object{{"id", held.id.text},
                                     {"number", held.number},
                                     {"type_name", held.type_name},
                                     {"issuer", held.issuer_name},
                                     {"type_name_en", held.type_name_en},
                                     {"issuer_en", held.issuer_name_en},
                                     {"issued_on", to_text(held.issued_on)},
                                     {"valid_until", held.valid_until ? to_text(*held.valid_until) : ""},
                                     {"as_of", to_text(held.as_of)},
                                     {"face", licences::face_json(held.face)}};
    return all;
}

/// One kept before the face was kept with it has no dates and no rows.
Result<licences::Held> read_licence(Json const& from) {
    licences::Held held;
    held.id = LicenceId{text_at(from, "id")};
    held.number = text_at(from, "number");
    held.type_name = text_at(from, "type_name");
    held.issuer_name = text_at(from, "issuer");
    held.type_name_en = text_or_none(from, "type_name_en");
    held.issuer_name_en = text_or_none(from, "issuer_en");
    auto const* face = from.as_object().if_contains("face");
    if (face == nullptr) return held;
    held.issued_on = TRY(read_day(text_at(from, "issued_on")));
    held.as_of = TRY(read_day(text_at(from, "as_of")));
    if (auto last = text_at(from, "valid_until"); !last.empty()) held.valid_until = TRY(read_day(last));
    held.face = licences::read_face(face->as_array());
    return held;
}

/// What the server knew of an application; one from before there were registers has none of it.
Result<void> read_known(Json const& body, Application& into) {
    auto const& from = body.as_object();
    if (auto const* given = from.if_contains("given")) into.given = given->as_object();
    if (auto const* sources = from.if_contains("sources"))
        for (auto const& [field, one] : sources->as_object())
            into.sources[std::string(field)] = {text_at(one, "datum"),
                                                text_at(one, "zh"),
                                                text_at(one, "en"),
                                                {one.at("answered_at").as_int64()},
                                                {one.at("data_at").as_int64()}};
    if (auto const* disputes = from.if_contains("disputes"))
        for (auto const& one : disputes->as_array())
            into.disputes.push_back({text_at(one, "field"), text_at(one, "ticket"), text_at(one, "note"),
                                     text_at(one, "zh"), text_at(one, "en"), one.at("value"),
                                     one.at("source_value")});
    if (auto const* licences = from.if_contains("licences"))
        for (auto const& [material, one] : licences->as_object())
            into.licences[std::string(material)] = TRY(read_licence(one));
    if (auto const* delivery = from.if_contains("delivery"))
        into.delivery = TRY(api::read_delivery_value(*delivery));
    return {};
}

json::array gaps_json(std::vector<Gap> const& gaps) {
    json::array list;
    for (auto const& gap : gaps)
        list.push_back(json::object{
            {"key", gap.key}, {"label", gap.label}, {"problem", gap.problem}, {"remedy", gap.remedy}});
    return list;
}

}  // namespace

Result<Draft> load_draft(Reader& reader, Sealer const& sealer, std::string_view id) {
    auto rows = TRY(reader.rows(sql::load_draft, id));
    if (rows.empty())
        return Error{ErrorKind::not_found, "draft_is_unknown", "没有这份草稿。可能已经提交或删除。"};
    return read_draft(rows[0], sealer);
}

Result<std::vector<Draft>> load_drafts(Reader& reader, Sealer const& sealer, PersonId const& person) {
    std::vector<Draft> drafts;
    auto rows = TRY(reader.rows(sql::drafts_of_person, person));
    for (auto row : rows) drafts.push_back(TRY(read_draft(row, sealer)));
    return drafts;
}

Result<std::vector<Draft>> load_drafts(Reader& reader, Sealer const& sealer, HallId const& hall) {
    std::vector<Draft> drafts;
    auto rows = TRY(reader.rows(sql::drafts_of_hall, hall));
    for (auto row : rows) drafts.push_back(TRY(read_draft(row, sealer)));
    return drafts;
}

Result<std::vector<Draft>> load_drafts_left(Reader& reader, Sealer const& sealer, std::string_view channel,
                                            Instant before) {
    std::vector<Draft> drafts;
    auto rows = TRY(reader.rows(sql::drafts_left, channel, before));
    for (auto row : rows) drafts.push_back(TRY(read_draft(row, sealer)));
    return drafts;
}

void insert_draft(Tx& tx, Sealer const& sealer, Draft const& draft) {
    tx.write(sql::insert_draft, draft.id, draft.person, draft.item, draft.item_version, draft.region,
             draft.step, draft.version, seal(sealer, "cases_draft.body", draft.id, draft_body(draft)),
             draft.created_at, draft.updated_at, draft.channel, draft.filer, draft.hall,
             draft.firm.empty() ? std::nullopt : std::optional(draft.firm));
}

json::object Draft::disputed() const {
    json::object values;
    for (auto const& [key, stated] : disputes) values[key] = stated.value;
    return values;
}

void save_draft(Tx& tx, Sealer const& sealer, Draft const& draft) {
    tx.write_expecting(1,
                       Error{ErrorKind::conflict, "draft_changed_meanwhile",
                             "这份草稿在另一台设备上改过。请先看最新的内容。"},
                       sql::save_draft, draft.id, draft.version, draft.item_version, draft.region, draft.step,
                       seal(sealer, "cases_draft.body", draft.id, draft_body(draft)), draft.updated_at);
}

void insert_application(Tx& tx, Sealer const& sealer, CaseId const& id, Application const& application) {
    json::object body;  // not from a list, which copies what is in it
    body["answers"] = application.answers;
    body["materials"] = materials_json(application.materials);
    body["collection"] = application.collection;
    body["given"] = application.given;
    body["sources"] = sources_json(application);
    body["disputes"] = disputes_json(application);
    body["licences"] = licences_json(application);
    if (application.delivery) body["delivery"] = api::to_json(*application.delivery);
    tx.write(sql::insert_application, id, application.round, application.at,
             seal(sealer, "cases_application.body", part(id, application.round), body));
}

Result<std::vector<Application>> load_applications(Reader& reader, Sealer const& sealer, CaseId const& id) {
    std::vector<Application> all;
    auto rows = TRY(reader.rows(sql::load_applications, id));
    for (auto row : rows) {
        Application one;
        one.round = static_cast<int>(row.integer("round"));
        one.at = row.instant("at");
        auto body = TRY(open(sealer, "cases_application.body", part(id, one.round), row.bytes("body")));
        one.answers = body.at("answers").as_object();
        one.materials = TRY(read_materials(body));
        one.collection = text_at(body, "collection");
        TRY(read_known(body, one));
        all.push_back(std::move(one));
    }
    ensure(!all.empty(), "a case has an application");  // a damaged case fails alone, not the program
    return all;
}

void insert_correction(Tx& tx, Sealer const& sealer, CaseId const& id, CorrectionRow const& correction) {
    tx.write(sql::insert_correction, id, correction.notice, correction.asked_at,
             seal(sealer, "cases_correction.gaps", part(id, correction.notice), gaps_json(correction.gaps)),
             correction.letter);
}

Result<std::vector<CorrectionRow>> load_corrections(Reader& reader, Sealer const& sealer, CaseId const& id) {
    std::vector<CorrectionRow> all;
    auto rows = TRY(reader.rows(sql::load_corrections, id));
    for (auto row : rows) {
        CorrectionRow one;
        one.notice = static_cast<int>(row.integer("notice"));
        one.asked_at = row.instant("asked_at");
        one.letter = row.text("letter");
        one.answered_at = row.maybe_instant("answered_at");
        auto gaps = TRY(open(sealer, "cases_correction.gaps", part(id, one.notice), row.bytes("gaps")));
        for (auto const& gap : gaps.as_array())
            one.gaps.push_back({text_at(gap, "key"), text_at(gap, "label"), text_at(gap, "problem"),
                                text_at(gap, "remedy")});
        all.push_back(std::move(one));
    }
    return all;
}

void insert_opinion(Tx& tx, Sealer const& sealer, CaseId const& id, std::int64_t seq,
                    OpinionRow const& opinion) {
    json::object body{{"who", opinion.who}, {"text", opinion.text}};
    tx.write(sql::insert_opinion, id, seq, opinion.at, opinion.post, opinion.staff, opinion.verdict,
             seal(sealer, "cases_opinion.body", part(id, seq), body));
}

Result<std::vector<OpinionRow>> load_opinions(Reader& reader, Sealer const& sealer, CaseId const& id) {
    std::vector<OpinionRow> all;
    auto rows = TRY(reader.rows(sql::load_opinions, id));
    for (auto row : rows) {
        auto body = TRY(open(sealer, "cases_opinion.body", part(id, row.integer("seq")), row.bytes("body")));
        all.push_back({row.instant("at"), row.text("post"), row.text("staff"), row.text("verdict"),
                       text_at(body, "who"), text_at(body, "text")});
    }
    return all;
}

void insert_outcome(Tx& tx, Sealer const& sealer, CaseId const& id, OutcomeRow const& outcome) {
    json::object body{{"reason", outcome.reason},
                      {"basis", outcome.basis},
                      {"right_body", outcome.right_body},
                      {"remedies", outcome.remedies}};
    tx.write(sql::insert_outcome, id, outcome.kind, seal(sealer, "cases_outcome.body", id.text, body));
}

Result<std::optional<OutcomeRow>> load_outcome(Reader& reader, Sealer const& sealer, CaseId const& id) {
    auto rows = TRY(reader.rows(sql::load_outcome, id));
    if (rows.empty()) return std::optional<OutcomeRow>{};
    auto body = TRY(open(sealer, "cases_outcome.body", id.text, rows[0].bytes("body")));
    OutcomeRow outcome;
    outcome.kind = rows[0].text("kind");
    outcome.reason = text_at(body, "reason");
    outcome.basis = text_at(body, "basis");
    outcome.right_body = text_at(body, "right_body");
    outcome.remedies = text_at(body, "remedies");
    return std::optional<OutcomeRow>{std::move(outcome)};
}

void insert_letter(Tx& tx, Sealer const& sealer, CaseId const& id, LetterRow const& letter,
                   LetterNumber const& number, Json const& values) {
    tx.write(sql::count_letter, number.body, number.head);
    tx.write(sql::insert_letter, id, letter.id, letter.kind, letter.title, number.body, number.head,
             seal(sealer, "cases_letter.body", letter.id, values), letter.ordered_at);
}

namespace {
LetterRow read_letter(store::Row const& row) {
    LetterRow letter{row.text("id"),
                     row.text("kind"),
                     row.text("title"),
                     row.text("number"),
                     row.text("state"),
                     row.text("file"),
                     row.text("trouble"),
                     row.instant("ordered_at"),
                     {},
                     {}};
    letter.made_at = row.maybe_instant("made_at");
    letter.read_at = row.maybe_instant("read_at");
    return letter;
}
}  // namespace

Result<std::vector<LetterRow>> load_letters(Reader& reader, CaseId const& id) {
    std::vector<LetterRow> all;
    auto rows = TRY(reader.rows(sql::load_letters, id));
    for (auto row : rows) all.push_back(read_letter(row));
    return all;
}

Result<LetterToMake> load_letter(Reader& reader, Sealer const& sealer, CaseId const& id,
                                 std::string_view letter) {
    auto rows = TRY(reader.rows(sql::load_letter, id, letter));
    if (rows.empty()) return Error{ErrorKind::not_found, "letter_is_unknown", "没有这份文书。"};
    LetterToMake found{read_letter(rows[0]), {}};
    found.values = TRY(open(sealer, "cases_letter.body", found.row.id, rows[0].bytes("body")));
    return found;
}

void insert_decided(Tx& tx, Sealer const& sealer, CaseId const& id, Instant at, DecidedRow const& decided) {
    json::array reasons;
    for (auto const& one : decided.reasons)
        reasons.push_back(json::object{{"key", one.key},
                                       {"result", one.result},
                                       {"zh", one.zh},
                                       {"en", one.en},
                                       {"staff_zh", one.staff_zh},
                                       {"staff_en", one.staff_en}});
    tx.write(sql::insert_decided, id, decided.at_once, at,
             seal(sealer, "cases_decided.body", id.text, json::object{{"reasons", std::move(reasons)}}));
}

Result<std::optional<DecidedRow>> load_decided(Reader& reader, Sealer const& sealer, CaseId const& id) {
    auto rows = TRY(reader.rows(sql::load_decided, id));
    if (rows.empty()) return std::optional<DecidedRow>{};
    DecidedRow decided;
    decided.at_once = rows[0].flag("at_once");
    auto body = TRY(open(sealer, "cases_decided.body", id.text, rows[0].bytes("body")));
    for (auto const& one : body.at("reasons").as_array())
        decided.reasons.push_back({text_at(one, "key"), text_at(one, "result"), text_at(one, "zh"),
                                   text_at(one, "en"), text_at(one, "staff_zh"), text_at(one, "staff_en")});
    return std::optional<DecidedRow>{std::move(decided)};
}

void insert_burden(Tx& tx, Case const& found, api::Burden const& burden) {
    tx.write(sql::insert_burden, found.id, found.item, found.body, beijing_day(found.received_at),
             found.decided_at.has_value(), burden.fields_total, burden.fields_prefilled, burden.fields_typed,
             burden.materials_total, burden.materials_waived, burden.materials_from_licence,
             burden.materials_promised, burden.materials_uploaded, burden.materials_brought);
}

Result<std::optional<api::Burden>> load_burden(Reader& reader, CaseId const& id) {
    auto rows = TRY(reader.rows(sql::load_burden, id));
    if (rows.empty()) return std::optional<api::Burden>{};
    auto row = rows[0];
    return std::optional<api::Burden>{{row.integer("fields_total"), row.integer("fields_prefilled"),
                                       row.integer("fields_typed"), row.integer("materials_total"),
                                       row.integer("materials_waived"), row.integer("materials_from_licence"),
                                       row.integer("materials_promised"), row.integer("materials_uploaded"),
                                       row.integer("materials_brought")}};
}

}  // namespace tongban::cases
