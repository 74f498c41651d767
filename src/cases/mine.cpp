#include "cases/mine.h"

#include <algorithm>

#include "cases/data_views.h"
#include "cases/desk.h"
#include "cases/foreseen.h"

namespace tongban::cases {

namespace {

Error unknown_case() {
    return Error{ErrorKind::not_found, "case_is_unknown", "没有这件办件，或者您不能查看。"};
}

api::Contact contact_of(Ground const& ground, Case const& found, Language language) {
    auto const& picture = ground.picture->in(language);
    api::Contact contact;
    if (auto const* body = picture.body(found.body)) {
        contact.body_name = body->short_name;
        contact.phone = body->phone;
        contact.address = body->address;
    }
    if (auto const* hall = picture.hall(found.hall)) {
        contact.hours = hall->hours;
        contact.phone = hall->phone;
        contact.address = hall->address;
    }
    return contact;
}

api::OpenCorrection correction_view(CorrectionRow const& row, Case const& found, Ground const& ground,
                                    std::vector<LetterRow> const& letters, Language language) {
    api::OpenCorrection view{to_text(row.asked_at), due_view(found.correction_by), {}, {}};
    for (auto const& gap : row.gaps) view.gaps.push_back(gap_view(gap, ground, language));
    for (auto const& letter : letters)
        if (letter.id == row.letter && letter.state == "ready") view.letter = letter.id;
    return view;
}

/// Was the result taken back afterwards? Then its decision is among the letters.
bool was_revoked(std::vector<LetterRow> const& letters) {
    return std::any_of(letters.begin(), letters.end(),
                       [](auto const& letter) { return letter.kind == "revocation"; });
}

/// 撤回申请确认书: what the law does not ask for, but people need to show that nothing is pending any more.
std::string order_withdrawal(Tx& tx, Sealer const& sealer, Opened const& opened, Case const& next,
                             std::string const& why) {
    auto facts = facts_of(opened, next);
    facts.more = {{"filed_on", chinese_date(beijing_day(next.received_at))},
                  {"withdrawn_at", chinese_time(opened.ground.now)}};
    if (!clause(why).empty()) facts.more["why"] = clause(why);
    return order_letter(tx, sealer, "withdrawal", facts);
}

}  // namespace

Result<Case> Mine::own(Reader& reader, Actor const& by, std::string_view case_no) {
    auto number = read_case_number(case_no);
    if (!number.ok()) return unknown_case();
    auto found = TRY(load_case(reader, *number));
    if (found.applicant != by.person) return unknown_case();
    return found;
}

Result<api::MyCases> Mine::list(Actor const& by, Language language) {
    auto reader = TRY(rooms_.store.reader(store::Snapshot::none));
    auto rows = TRY(reader->rows(sql::cases_of_person, by.person));
    std::vector<Case> waiting;
    api::MyCases list;
    for (auto row : rows) {
        auto found = read_case(row);
        auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
        if (waits_for_applicant(found))
            waiting.push_back(found);
        else if (is_closed(found.state))
            list.done.push_back(row.flag("revoked") ? revoked_row(found, ground, language)
                                                    : case_row(found, ground, language));
        else
            list.open.push_back(case_row(found, ground, language));
    }
    std::sort(waiting.begin(), waiting.end(), [](Case const& a, Case const& b) {
        auto due = [](Case const& one) {
            return one.state == State::correction ? one.correction_by.day : one.bring_by.day;
        };
        return due(a) < due(b);
    });
    for (auto const& found : waiting) {
        auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
        auto row = case_row(found, ground, language);
        // To the one who must act the clock does not pause: it runs out.
        row.lamp = waiting_lamp(found, ground, language);
        list.waiting.push_back(std::move(row));
    }
    return list;
}

Result<api::MyCase> Mine::show(Actor const& by, std::string_view case_no, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto const& sealer = rooms_.store.sealer();
    auto found = TRY(own(*reader, by, case_no));
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    foresee_own_page(rooms_, *reader, found, *ground.item);
    auto rounds = TRY(load_applications(*reader, sealer, found.id));
    auto agreements = TRY(load_agreements(*reader, found.id));
    auto attached = TRY(rooms_.files.of(*reader, found.id.text));
    auto events = TRY(load_events(*reader, sealer, found.id));
    auto letters = TRY(load_letters(*reader, found.id));
    bool revoked = was_revoked(letters);
    auto sentence = revoked ? revoked_sentence(ground, language) : sentence_for(found, ground, language);
    api::MyCase view;
    view.case_no = found.case_no;
    view.query_code = TRY(load_query_code(*reader, sealer, found.id));
    view.item = found.item.text;
    view.item_name = item_name(found, ground, language);
    view.state = MUST(api::read_state(to_text(found.state)));
    view.version = found.version;
    view.sentence = sentence.headline;
    view.explanation = sentence.explanation;
    view.received_at = to_text(found.received_at);
    view.clock = own_clock_view(found, ground, language);
    view.timeline = timeline(found, ground, events, letters, language);
    view.answers = answer_pages(ground, rounds, Audience::applicant, language);
    view.materials = material_views(ground, rounds, agreements, attached, language);
    for (auto const& letter : letters) view.letters.push_back(letter_view(letter, language));
    if (found.state == State::correction) {
        auto corrections = TRY(load_corrections(*reader, sealer, found.id));
        if (!corrections.empty())
            view.correction = correction_view(corrections.back(), found, ground, letters, language);
    }
    if (!found.licence.empty())
        view.licence = api::LicenceLink{found.licence.text, found.licence_number,
                                        result_name(*ground.item, language), revoked};
    view.outcome = outcome_view(TRY(load_outcome(*reader, sealer, found.id)), found, ground, language);
    view.contact = contact_of(ground, found, language);
    view.may_withdraw = may_withdraw(found);
    put_data(view, TRY(data_parts(rooms_, *reader, found, ground, rounds.back(), view.answers,
                                  Audience::applicant, language)));
    return view;
}

Result<api::MyCase> Mine::withdraw(Actor const& by, std::string_view case_no, api::Withdrawal const& wish,
                                   std::string_view key, Language language) {
    auto const& sealer = rooms_.store.sealer();
    {
        auto tx = TRY(rooms_.store.begin());
        hold_case(*tx, case_no);
        auto found = TRY(own(*tx, by, case_no));
        auto first = TRY(tx->first_answer(by.text(), "cases.withdraw", key));
        if (!first) {
            TRY(same_version(found, wish.version));
            auto opened = TRY(open_case(rooms_, *tx, std::move(found)));
            auto const& ground = opened.ground;
            auto next = TRY(decide_withdraw(opened.found, ground.today()));
            auto letter = order_withdrawal(*tx, sealer, opened, next, wish.reason.value_or(""));
            save_case(*tx, next, ground.limits, ground.now);
            insert_event(
                *tx, sealer, next.id,
                {next.version, ground.now, "withdrawn", by.text(), "", letter, wish.reason.value_or("")});
            rooms_.process.cancel(*tx, next.id);
            cancel_clocks(*tx, next.id);
            tx->audit({by.text(), "cases.withdraw", next.id.text, {}});
            tx->keep_answer(by.text(), "cases.withdraw", key, next.case_no);
            tx->emit({"cases.withdrawn", next.id.text, {{"case", next.id.text}}});
            TRY(tx->commit());
        }
    }
    return show(by, case_no, language);
}

Result<Bytes> Mine::letter(Actor const& by, std::string_view case_no, std::string_view letter) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(own(*reader, by, case_no));
    auto wanted = TRY(load_letter(*reader, rooms_.store.sealer(), found.id, letter));
    if (wanted.row.state != "ready")
        return Error{ErrorKind::conflict, "letter_is_not_ready", "这份文书正在制作，请稍后再看。"};
    auto file = TRY(rooms_.files.file(*reader, FileId{wanted.row.file}));
    auto bytes = TRY(rooms_.files.bytes(file));
    reader.reset();
    if (!wanted.row.read_at) {
        auto tx = TRY(rooms_.store.begin());
        tx->write(sql::letter_read, found.id, letter, rooms_.clock.now());
        tx->audit({by.text(), "cases.read_letter", found.id.text, {{"letter", std::string(letter)}}});
        TRY(tx->commit());
    }
    return bytes;
}

Result<Mine::Content> Mine::file(Actor const& by, std::string_view case_no, std::string_view file) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(own(*reader, by, case_no));
    auto wanted = TRY(rooms_.files.file(*reader, FileId{std::string(file)}));
    if (wanted.attached_to != found.id.text)
        return Error{ErrorKind::not_found, "file_is_unknown", "没有这个文件。"};
    auto bytes = TRY(rooms_.files.bytes(wanted));
    return Content{std::move(wanted), std::move(bytes)};
}

Result<api::Progress> Mine::progress(api::ProgressQuery const& wish, Language language) {
    constexpr int wrong_max = 5;  // [M] per case and hour: six digits cannot be tried out
    constexpr std::chrono::milliseconds window{3'600'000};
    Error const refused{ErrorKind::not_found, "case_or_code_is_wrong",
                        "办件编号或查询码不对。编号在收件凭证上，查询码是6位数字。"};
    auto number = read_case_number(trimmed(wish.case_no));
    if (!number.ok()) return refused;
    auto tx = TRY(rooms_.store.begin());
    auto loaded = load_case(*tx, *number);
    if (!loaded.ok()) return refused;
    auto found = TRY(std::move(loaded));
    auto now = rooms_.clock.now();
    // Counted before the code is looked at, so that guesses sent at the same time are no way around the
    // limit.
    auto guard = TRY(tx->rows(sql::count_query_try, found.id, now, now - window));
    auto start = guard[0].instant("window_start");
    if (guard[0].integer("wrong") > wrong_max)
        return Error{ErrorKind::too_many,
                     "too_many_attempts",
                     "试的次数太多了，请过一会儿再查，或打12345。",
                     {},
                     static_cast<int>((start.ms + window.count() - now.ms) / 1000) + 1};
    auto code = TRY(load_query_code(*tx, rooms_.store.sealer(), found.id));
    if (!equal_in_constant_time(code, trimmed(wish.query_code))) {
        tx->audit({"anyone", "cases.progress_refused", found.id.text, {}});
        TRY(tx->commit());
        return refused;
    }
    tx->write(sql::forgive_query_try, found.id);
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    auto events = TRY(load_events(*tx, rooms_.store.sealer(), found.id));
    api::Progress view;
    view.case_no = found.case_no;
    view.item_name = item_name(found, ground, language);
    view.state = MUST(api::read_state(to_text(found.state)));
    auto letters = TRY(load_letters(*tx, found.id));
    view.sentence =
        (was_revoked(letters) ? revoked_sentence(ground, language) : sentence_for(found, ground, language))
            .headline;
    view.clock = clock_view(found, ground, language, Ruler::with_days);
    view.timeline = timeline(found, ground, events, {}, language);
    for (auto& step : view.timeline) step.who.reset();
    TRY(tx->commit());
    return view;
}

}  // namespace tongban::cases
