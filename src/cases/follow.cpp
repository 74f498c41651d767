#include "cases/follow.h"

#include "cases/apply.h"
#include "cases/desk.h"

namespace tongban::cases {

namespace {

struct Approved {
    Case found;
    Ground ground;
    Party applicant;
    Application application;
};

Result<Approved> load_approved(Rooms& rooms, CaseId const& id) {
    auto const& sealer = rooms.store.sealer();
    auto reader = TRY(rooms.store.reader());
    auto found = TRY(load_case(*reader, id));
    auto ground = TRY(ground_for(rooms, found.item, found.item_version));
    auto party = TRY(load_party(*reader, sealer, id, "applicant"));
    auto rounds = TRY(load_applications(*reader, sealer, id));
    return Approved{std::move(found), std::move(ground), std::move(party), std::move(rounds.back())};
}

licences::Order order_for(Approved const& approved, std::vector<licences::FaceRow> face) {
    licences::Order order;
    order.key = approved.found.id.text;
    order.type = approved.ground.item->licence_type;
    order.holder = approved.found.applicant;
    order.holder_name = approved.applicant.name;
    order.holder_id_number = approved.applicant.id_number;
    order.issuer = approved.found.body;
    order.case_no = approved.found.case_no;
    order.face = std::move(face);
    return order;
}

}  // namespace

std::string trouble_words(std::string_view code, Language language) {
    bool zh = language == Language::zh;
    if (code == "character_cannot_be_drawn")
        return zh ? "制证遇到生僻字，正在处理" : "A rare character cannot be drawn yet; operators are on it";
    return zh ? "制证暂时不成功，系统会自动再试" : "Making the document failed; it is tried again by itself";
}

/// A value as it stands on a licence; null is left out on purpose.
static std::string face_text(rules::Value const& value) {
    if (value.string() != nullptr) return *value.string();
    if (value.number() != nullptr) return value.number()->text();
    if (value.date() != nullptr) {
        auto day = read_day(value.date()->text());
        return day.ok() ? chinese_date(*day) : value.date()->text();
    }
    if (value.boolean() != nullptr) return *value.boolean() ? "是" : "否";
    std::string joined;
    if (value.list() != nullptr)
        for (auto const& one : *value.list()) joined += (joined.empty() ? "" : "、") + face_text(one);
    return joined;
}

Result<std::vector<licences::FaceRow>> face_of(Ground const& ground, Party const& applicant,
                                               Application const& application) {
    forms::Asked asked;
    asked.today = ground.day();
    auto known = known_of(application);
    asked.given = std::move(known.given);
    asked.disputed = std::move(known.disputed);
    if (asked.given.empty())
        asked.given =
            supplied({applicant.person, applicant.name, applicant.id_number, applicant.phone, "", {}, 0});
    auto checked = forms::check(ground.item->form, application.answers, asked);
    checked.context.put("issued_on", rules::Date::of(ground.day()));
    std::vector<licences::FaceRow> face;
    for (auto const& [key, expression] : ground.item->face) {
        auto result = rules::evaluate(expression, checked.context);
        if (!result.value)
            return Error{ErrorKind::conflict, "licence_face_is_undetermined",
                         key + ": " + result.because.text()};
        licences::FaceRow row;
        row.key = key;
        row.value = face_text(*result.value);
        face.push_back(std::move(row));
    }
    return face;
}

Result<Bytes> preview_licence(Rooms& rooms, Case const& found, Ground const& ground, Party const& applicant,
                              Application const& application) {
    auto face = TRY(face_of(ground, applicant, application));
    // Names and numbers of the other person are masked like those of the applicant, wherever the face repeats
    // them.
    for (auto const& line : forms::lines(ground.item->form, application.answers))
        for (auto& row : face) {
            if (row.value != line.text.zh) continue;
            if (line.kind == forms::FieldKind::name) row.value = mask_name(row.value);
            if (line.kind == forms::FieldKind::id_number) row.value = mask_id_number(row.value);
        }
    return rooms.licences.preview(order_for({found, ground, applicant, application}, std::move(face)));
}

Result<void> Follow::make_licence(CaseId const& id) {
    auto approved = TRY(load_approved(rooms_, id));
    if (approved.found.state != State::approved) return {};
    auto face = face_of(approved.ground, approved.applicant, approved.application);
    if (!face.ok()) {
        TRY(trouble(id, face.error().code));
        return face.error();
    }
    auto issued = rooms_.licences.issue(order_for(approved, std::move(*face)));
    if (!issued.ok()) {
        TRY(trouble(id, issued.error().code));
        return issued.error();
    }
    return conclude(id, *issued);
}

Result<void> Follow::conclude(CaseId const& id, licences::Issued const& issued) {
    auto const& sealer = rooms_.store.sealer();
    auto tx = TRY(rooms_.store.begin());
    hold_case(*tx, id.text);
    auto found = TRY(load_case(*tx, id));
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    auto next = TRY(decide_conclude(found, issued.id, issued.number, ground.today()));
    auto party = TRY(load_party(*tx, sealer, id, "applicant"));
    auto code = TRY(load_query_code(*tx, sealer, id));
    if (next.state == State::issued) return wait_for_service(*tx, ground, next);
    auto letter = order_letter(*tx, sealer, "service", {next, ground, party, code});
    save_case(*tx, next, ground.limits, ground.now);
    insert_event(*tx, sealer, id, {next.version, ground.now, "concluded", "system:cases", "", letter, ""});
    rooms_.notify.send(*tx,
                       {next.applicant,
                        "cases.licence_issued",
                        "/licences/" + issued.id.text,
                        {{"item", next.item_name}, {"case_no", next.case_no}, {"licence", issued.number}},
                        id.text + ":concluded",
                        {{"item", item_name(next, ground, Language::en)}}});
    tx->audit({"system:cases", "cases.conclude", id.text, {{"licence", issued.id.text}}});
    tx->emit({"cases.concluded", id.text, {{"case", id.text}, {"licence", issued.id.text}}});
    return tx->commit();
}

Result<void> Follow::wait_for_service(Tx& tx, Ground const& ground, Case const& next) {
    save_case(tx, next, ground.limits, ground.now);
    insert_event(tx, rooms_.store.sealer(), next.id,
                 {next.version, ground.now, "issued", "system:cases", "", "", ""});
    auto kind = next.collection == "courier" ? "cases.to_be_sent" : "cases.to_be_fetched";
    rooms_.notify.send(tx, message_of(next, ground, kind, {{"due", to_text(next.serve_by.day)}}));
    tx.audit({"system:cases", "cases.issue", next.id.text, {{"licence", next.licence.text}}});
    tx.emit({"cases.issued", next.id.text, {{"case", next.id.text}, {"licence", next.licence.text}}});
    return tx.commit();
}

Result<void> Follow::trouble(CaseId const& id, std::string const& code) {
    auto const& sealer = rooms_.store.sealer();
    auto tx = TRY(rooms_.store.begin());
    hold_case(*tx, id.text);
    auto found = TRY(load_case(*tx, id));
    if (found.trouble == code || found.state != State::approved) return {};
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    Case next = found;
    ++next.version;
    next.trouble = code;
    save_case(*tx, next, ground.limits, ground.now);
    insert_event(*tx, sealer, id, {next.version, ground.now, "licence_troubled", "system:cases", "", "", ""});
    tx->audit({"system:cases", "cases.licence_troubled", id.text, {{"code", code}}});
    tx->emit({"cases.licence_troubled", id.text, {{"case", id.text}}});
    return tx->commit();
}

Result<void> Follow::acceptance_due(Tx& tx, CaseId const& id) {
    auto const& sealer = rooms_.store.sealer();
    hold_case(tx, id.text);
    auto found = TRY(load_case(tx, id));
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    if (found.state == State::received &&
        ground.day() <= found.accept_by.day) {  // recounted meanwhile: come back
        tx.plan("cases.acceptance_due", id.text, start_of(found.accept_by.day + std::chrono::days{1}));
        return {};
    }
    auto deemed = decide_deem_accepted(found, ground.today());
    if (!deemed.ok()) return {};
    Case next = std::move(*deemed);
    auto flow = TRY(flow_of(*ground.item));
    auto task = TRY(rooms_.process.begin(tx, id, next.body, flow));
    next.review_role = task.role;
    next.review_step = task.step;
    auto party = TRY(load_party(tx, sealer, id, "applicant"));
    auto code = TRY(load_query_code(tx, sealer, id));
    auto letter = order_letter(tx, sealer, "acceptance", {next, ground, party, code});
    save_case(tx, next, ground.limits, ground.now);
    insert_event(tx, sealer, id,
                 {next.version, ground.now, "deemed_accepted", "system:cases", "", letter, ""});
    rooms_.notify.send(
        tx, {next.applicant,
             "cases.deemed_accepted",
             "/cases/" + next.case_no,
             {{"item", next.item_name}, {"case_no", next.case_no}, {"due", chinese_date(next.promised.day)}},
             id.text + ":deemed:" + std::to_string(next.version)});
    tx.audit({"system:cases", "cases.deem_accepted", id.text, {}});
    tx.emit({"cases.deemed_accepted", id.text, {{"case", id.text}}});
    return {};
}

Result<void> Follow::recount() {
    auto const& sealer = rooms_.store.sealer();
    TRY(rooms_.org.start());  // this process may not have heard of the new year yet
    std::string after;
    for (;;) {
        auto tx = TRY(rooms_.store.begin());
        auto rows = TRY(tx->rows(sql::provisional_cases, after));
        if (rows.empty()) return {};
        for (auto row : rows) {
            auto found = read_case(row);
            after = found.id.text;
            auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
            auto next = decide_recount(found, ground.today());
            if (!next) continue;
            save_case(*tx, *next, ground.limits, ground.now);
            insert_event(*tx, sealer, next->id,
                         {next->version, ground.now, "due_changed", "system:cases", "", "", ""});
            auto due = running_clock(*next, ground.limits).due.day;
            if (due !=
                running_clock(found, ground.limits).due.day)  // a day confirmed is no news, a new day is
                rooms_.notify.send(
                    *tx, {next->applicant,
                          "cases.due_changed",
                          "/cases/" + next->case_no,
                          {{"item", next->item_name}, {"case_no", next->case_no}, {"due", chinese_date(due)}},
                          next->id.text + ":due:" + std::to_string(next->version)});
            if (next->state == State::submitted) plan_bringing(*tx, *next);
            if (next->state == State::received)
                tx->plan("cases.acceptance_due", next->id.text,
                         start_of(next->accept_by.day + std::chrono::days{1}));
            if (next->state == State::correction)
                tx->plan("cases.correction_due", next->id.text,
                         start_of(next->correction_by.day + std::chrono::days{1}));
            tx->audit({"system:cases", "cases.recount", next->id.text, {}});
            tx->emit({"cases.due_changed", next->id.text, {{"case", next->id.text}}});
        }
        TRY(tx->commit());
    }
}

}  // namespace tongban::cases
