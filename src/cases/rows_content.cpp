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
    draft.created_at = row.instant("created_at");
    draft.updated_at = row.instant("updated_at");
    auto body = TRY(open(sealer, "cases_draft.body", draft.id, row.bytes("body")));
    draft.answers = body.at("answers").as_object();
    draft.materials = TRY(read_materials(body));
    draft.collection = text_at(body, "collection");
    draft.notice_agreed_at = {body.at("notice_agreed_at").as_int64()};
    if (auto const* notice = body.as_object().if_contains("notice"))
        draft.notice = TRY(api::read_text_agreed_value(*notice));
    return draft;
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

void insert_draft(Tx& tx, Sealer const& sealer, Draft const& draft) {
    tx.write(sql::insert_draft, draft.id, draft.person, draft.item, draft.item_version, draft.region,
             draft.step, draft.version, seal(sealer, "cases_draft.body", draft.id, draft_body(draft)),
             draft.created_at, draft.updated_at);
}

void save_draft(Tx& tx, Sealer const& sealer, Draft const& draft) {
    tx.write_expecting(1,
                       Error{ErrorKind::conflict, "draft_changed_meanwhile",
                             "这份草稿在另一台设备上改过。请先看最新的内容。"},
                       sql::save_draft, draft.id, draft.version, draft.item_version, draft.region, draft.step,
                       seal(sealer, "cases_draft.body", draft.id, draft_body(draft)), draft.updated_at);
}

void insert_application(Tx& tx, Sealer const& sealer, CaseId const& id, Application const& application) {
    json::object body{{"answers", application.answers},
                      {"materials", materials_json(application.materials)},
                      {"collection", application.collection}};
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
                   Json const& values) {
    std::optional<std::string> number;
    if (!letter.number.empty()) number = letter.number;
    tx.write(sql::insert_letter, id, letter.id, letter.kind, letter.title, number,
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

}  // namespace tongban::cases
