// Rows of what the person at the counter confirmed. Token and code are kept blind only.
#include "cases/rows.h"

namespace tongban::cases {

namespace {

constexpr std::string_view note_place = "cases_confirmation.note";

std::string blind_token(Sealer const& sealer, std::string_view token) {
    return token.empty() ? "" : sealer.blind("cases_confirmation.token", token);
}

std::string blind_code(Sealer const& sealer, std::string_view id, std::string_view code) {
    return code.empty() ? ""
                        : sealer.blind("cases_confirmation.code", std::string(id) + ":" + std::string(code));
}

std::string texts_json(Confirmation const& confirmation) {
    json::array texts;
    for (auto const& text : confirmation.texts) texts.push_back(api::to_json(text));
    return to_text(Json(std::move(texts)));
}

Result<Confirmation> read_confirmation(store::Row const& row, Sealer const& sealer) {
    Confirmation found;
    found.draft = row.text("draft_id");
    found.id = row.text("id");
    found.about = row.text("about");
    found.way = row.text("way");
    found.shown = row.text("shown");
    found.asked_by = row.id<StaffId>("asked_by");
    found.asked_at = row.instant("asked_at");
    found.until = row.instant("until");
    found.state = row.text("state");
    found.answered_at = row.maybe_instant("answered_at");
    auto texts = TRY(read_json(row.text("texts")));
    for (auto const& text : texts.as_array()) found.texts.push_back(TRY(api::read_text_agreed_value(text)));
    found.note = TRY(sealer.open_sealed(note_place, found.id, row.bytes("note")));
    return found;
}

}  // namespace

void insert_confirmation(Tx& tx, Sealer const& sealer, Confirmation const& asked, Secrets const& secrets) {
    tx.write(sql::insert_confirmation, asked.draft, asked.id, asked.about, asked.way,
             blind_token(sealer, secrets.token), blind_code(sealer, asked.id, secrets.code), asked.shown,
             asked.asked_by, asked.asked_at, asked.until, texts_json(asked),
             sealer.seal(note_place, asked.id, asked.note));
}

void save_answer(Tx& tx, Sealer const& sealer, Confirmation const& answered) {
    tx.write_expecting(1, Error{ErrorKind::not_found, "confirmation_is_over", "这次确认已经结束。"},
                       sql::answer_confirmation, answered.draft, answered.id, answered.shown, answered.state,
                       answered.answered_at, texts_json(answered),
                       sealer.seal(note_place, answered.id, answered.note));
}

Result<std::optional<Confirmation>> newest_confirmation(Reader& reader, Sealer const& sealer,
                                                        std::string_view draft, std::string_view about) {
    auto row = TRY(reader.maybe_one(sql::newest_confirmation, draft, about));
    if (!row) return std::optional<Confirmation>{};
    return std::optional(TRY(read_confirmation((*row)[0], sealer)));
}

Result<std::optional<Confirmation>> confirmation_by_token(Reader& reader, Sealer const& sealer,
                                                          std::string_view token) {
    if (token.empty()) return std::optional<Confirmation>{};
    auto row = TRY(reader.maybe_one(sql::confirmation_by_token, blind_token(sealer, token)));
    if (!row) return std::optional<Confirmation>{};
    auto found = TRY(read_confirmation((*row)[0], sealer));
    auto newest = TRY(newest_confirmation(reader, sealer, found.draft, found.about));
    if (!newest || newest->id != found.id) return std::optional<Confirmation>{};
    return newest;
}

Result<bool> code_fits(Reader& reader, Sealer const& sealer, Confirmation const& asked,
                       std::string_view code) {
    auto row = TRY(reader.maybe_one(sql::newest_confirmation, asked.draft, asked.about));
    if (!row || code.empty()) return false;
    auto kept = (*row)[0].text("code_blind");
    return !kept.empty() && equal_in_constant_time(kept, blind_code(sealer, asked.id, code));
}

}  // namespace tongban::cases
