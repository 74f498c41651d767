// Rows and back, on both databases: what is written is read, who comes second is told, what is personal is
// sealed.
#include "cases/rows.h"

#include <gtest/gtest.h>

#include <set>

#include "cases/parts.h"
#include "house.h"

namespace tongban::cases::test {
namespace {

class Rows : public testing::TestWithParam<store::Dialect> {
protected:
    SetClock clock{kit::at("2026-10-12 09:24")};
    kit::FreshStore store = kit::fresh_store(GetParam(), clock, {schema()});
    Ground ground = ground_at("2026-10-12 09:24");
    Case fresh = filed(ground);

    store::Sealer const& sealer() { return store->sealer(); }
    template <class F>
    Result<void> within(F&& verb) {
        auto tx = TRY(store->begin());
        verb(*tx);
        return tx->commit();
    }
    void insert() {
        MUST(within([&](Tx& tx) {
            insert_case(tx, sealer(), fresh, "482913", ground.limits);
            insert_party(tx, sealer(), fresh.id, "applicant", party());
        }));
    }
    Case stored() {
        auto reader = MUST(store->reader());
        return MUST(load_case(*reader, fresh.id));
    }
    std::int64_t provisional() {
        auto reader = MUST(store->reader());
        return static_cast<std::int64_t>(MUST(reader->rows(sql::provisional_cases, "")).size());
    }
};
INSTANTIATE_TEST_SUITE_P(all, Rows, testing::ValuesIn(kit::databases()), kit::database_name);

void expect_same(Case const& a, Case const& b) {
    EXPECT_EQ(a.collection, b.collection);
    EXPECT_EQ(a.special_role, b.special_role);
    EXPECT_EQ(clocks_text(a), clocks_text(b));
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.case_no, b.case_no);
    EXPECT_EQ(a.item, b.item);
    EXPECT_EQ(a.item_version, b.item_version);
    EXPECT_EQ(a.item_name, b.item_name);
    EXPECT_EQ(a.applicant, b.applicant);
    EXPECT_EQ(a.region, b.region);
    EXPECT_EQ(a.body, b.body);
    EXPECT_EQ(a.hall, b.hall);
    EXPECT_EQ(a.channel, b.channel);
    EXPECT_EQ(a.state, b.state);
    EXPECT_EQ(a.received_at, b.received_at);
    EXPECT_EQ(a.accept_from, b.accept_from);
    EXPECT_EQ(a.accept_by, b.accept_by);
    EXPECT_EQ(a.notices, b.notices);
    EXPECT_EQ(a.correction_from, b.correction_from);
    EXPECT_EQ(a.correction_by, b.correction_by);
    EXPECT_EQ(a.accepted_at, b.accepted_at);
    EXPECT_EQ(a.accepted_on, b.accepted_on);
    EXPECT_EQ(a.accepted_by, b.accepted_by);
    EXPECT_EQ(a.promised, b.promised);
    EXPECT_EQ(a.statutory, b.statutory);
    EXPECT_EQ(a.review_role, b.review_role);
    EXPECT_EQ(a.review_step, b.review_step);
    EXPECT_EQ(a.decided_at, b.decided_at);
    EXPECT_EQ(a.decided_by, b.decided_by);
    EXPECT_EQ(a.closed_at, b.closed_at);
    EXPECT_EQ(a.licence, b.licence);
    EXPECT_EQ(a.licence_number, b.licence_number);
    EXPECT_EQ(a.trouble, b.trouble);
    EXPECT_EQ(a.version, b.version);
}

TEST_P(Rows, EveryQueryIsUnderstood) {
    auto checked = store->check_queries();
    EXPECT_TRUE(checked.ok()) << checked.error().detail;
}

TEST_P(Rows, ACaseIsReadInEveryStateAsItWasWritten) {
    ground.limits.statutory = Limit{60, LimitUnit::working_day};  // into a year that is not announced
    insert();
    expect_same(stored(), fresh);
    EXPECT_EQ(stored().changed_at, fresh.received_at);
    auto today = ground.today();
    std::vector<Gap> const gaps{{"field:other_name", "", "", ""}};
    auto save = [&](Case const& next) {
        MUST(within([&](Tx& tx) { save_case(tx, next, ground.limits, noon("2026-10-13")); }));
        expect_same(stored(), next);
        EXPECT_EQ(stored().changed_at, noon("2026-10-13"));
    };
    auto asked = MUST(decide_ask_correction(fresh, gaps, {}, today));
    save(asked);
    auto corrected = MUST(decide_answer_correction(asked, today));
    save(corrected);
    auto accepted = MUST(decide_accept(corrected, StaffId{"sl001"}, today));
    accepted.review_role = "reviewer";
    accepted.review_step = 1;
    ASSERT_TRUE(accepted.statutory->provisional);
    save(accepted);
    auto approved = MUST(decide_decision(accepted, StaffId{"sl003"}, FinalVerdict::approve, {}, today));
    approved.trouble = "character_cannot_be_drawn";
    save(approved);
    save(MUST(decide_conclude(approved, LicenceId{"01licence"}, "示街证〔2026〕1号", today)));
}

TEST_P(Rows, ACaseIsFoundByItsNumberAndNoOther) {
    insert();
    auto reader = MUST(store->reader());
    expect_same(MUST(load_case(*reader, fresh.case_no)), fresh);
    EXPECT_EQ(load_case(*reader, CaseId{"none"}).error().code, "case_is_unknown");
    EXPECT_EQ(load_case(*reader, std::string_view("none")).error().code, "case_is_unknown");
    EXPECT_EQ(MUST(load_query_code(*reader, sealer(), fresh.id)), "482913");
    EXPECT_EQ(load_query_code(*reader, sealer(), CaseId{"none"}).error().code, "case_is_unknown");
    auto short_no = short_number(fresh.case_no);
    EXPECT_EQ(short_no.size(), 12U);
    EXPECT_TRUE(short_no.starts_with("1012-000417")) << short_no;
    EXPECT_EQ(MUST(reader->rows(sql::find_by_short_number, short_no)).size(), 1U);
    EXPECT_EQ(short_number("whatever"), "whatever");
}

TEST_P(Rows, WhoActsSecondIsTold) {
    insert();
    auto today = ground.today();
    auto first = MUST(decide_accept(fresh, StaffId{"sl001"}, today));
    auto second = MUST(decide_withdraw(fresh, today));
    MUST(within([&](Tx& tx) { save_case(tx, first, ground.limits, ground.now); }));
    auto told = within([&](Tx& tx) { save_case(tx, second, ground.limits, ground.now); });
    ASSERT_FALSE(told.ok());
    EXPECT_EQ(told.error().code, "case_changed_meanwhile");
    EXPECT_EQ(stored().state, State::accepted);
    EXPECT_EQ(same_version(stored(), fresh.version).error().code, "case_changed_meanwhile");
    EXPECT_TRUE(same_version(stored(), first.version).ok());
}

TEST_P(Rows, ACaseIsSubmittedOnce) {
    insert();
    auto again = within([&](Tx& tx) { insert_case(tx, sealer(), fresh, "000000", ground.limits); });
    EXPECT_FALSE(again.ok());
    auto reader = MUST(store->reader());
    EXPECT_EQ(MUST(load_query_code(*reader, sealer(), fresh.id)), "482913");
}

TEST_P(Rows, WaitForACalendarYearWhileAnyRunningDayIsProvisional) {
    insert();
    EXPECT_EQ(provisional(), 0);
    auto limits = ground.limits;
    limits.statutory = Limit{60, LimitUnit::working_day};
    Today today{ground.now, ground.picture->calendar(), limits};
    auto accepted = MUST(decide_accept(fresh, StaffId{"sl001"}, today));
    ASSERT_FALSE(accepted.promised.provisional);
    ASSERT_TRUE(accepted.statutory->provisional);
    MUST(within([&](Tx& tx) { save_case(tx, accepted, limits, ground.now); }));
    EXPECT_EQ(provisional(), 1) << "the promise is certain, the law's day is not";
    auto withdrawn = MUST(decide_withdraw(accepted, today));
    MUST(within([&](Tx& tx) { save_case(tx, withdrawn, limits, ground.now); }));
    EXPECT_EQ(provisional(), 0) << "a closed case waits for nothing";
}

Draft draft() {
    Draft draft;
    draft.id = "01k7h0000000000000000000d1";
    draft.person = applicant().id;
    draft.item = kinship;
    draft.item_version = 1;
    draft.region = RegionCode{"990102001000"};
    draft.step = "people";
    draft.answers = {{"relation", "daughter"}, {"other_name", "李晓燕"}};
    draft.materials = {
        {"household_register", api::Way::upload, {{{"f1", "户口簿.jpg", "jpeg", 1, 1000}}}, {}},
        {"commitment", api::Way::promise, {}, api::TextAgreed{"commitment", "2026-10", "abc"}}};
    draft.notice = api::TextAgreed{"notice", "2026-10", "def"};
    draft.notice_agreed_at = noon("2026-10-12");
    draft.collection = "electronic";
    draft.created_at = noon("2026-10-12");
    draft.updated_at = noon("2026-10-12");
    return draft;
}

void expect_same(Draft const& a, Draft const& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.person, b.person);
    EXPECT_EQ(a.item, b.item);
    EXPECT_EQ(a.item_version, b.item_version);
    EXPECT_EQ(a.region, b.region);
    EXPECT_EQ(a.step, b.step);
    EXPECT_EQ(a.version, b.version);
    EXPECT_EQ(a.answers, b.answers);
    EXPECT_TRUE(a.materials == b.materials);
    EXPECT_TRUE(a.notice == b.notice);
    EXPECT_EQ(a.notice_agreed_at, b.notice_agreed_at);
    EXPECT_EQ(a.collection, b.collection);
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.updated_at, b.updated_at);
}

TEST_P(Rows, ADraftIsReadAsItWasWritten) {
    auto one = draft();
    Draft bare;
    bare.id = "01k7h0000000000000000000d2";
    bare.person = one.person;
    bare.item = one.item;
    bare.region = one.region;
    bare.step = "notice";
    bare.updated_at = noon("2026-10-13");
    MUST(within([&](Tx& tx) {
        insert_draft(tx, sealer(), one);
        insert_draft(tx, sealer(), bare);
    }));
    auto reader = MUST(store->reader());
    expect_same(MUST(load_draft(*reader, sealer(), one.id)), one);
    expect_same(MUST(load_draft(*reader, sealer(), bare.id)), bare);
    auto mine = MUST(load_drafts(*reader, sealer(), one.person));
    ASSERT_EQ(mine.size(), 2U);
    EXPECT_EQ(mine[0].id, bare.id) << "the latest first";
    EXPECT_TRUE(MUST(load_drafts(*reader, sealer(), PersonId{"somebody"})).empty());
    EXPECT_EQ(load_draft(*reader, sealer(), "none").error().code, "draft_is_unknown");
}

TEST_P(Rows, ADraftSavedOnTwoDevicesIsKeptOnce) {
    auto one = draft();
    MUST(within([&](Tx& tx) { insert_draft(tx, sealer(), one); }));
    auto phone = one, computer = one;
    phone.answers["purpose"] = "bank";
    phone.step = "use";
    computer.answers["purpose"] = "school";
    MUST(within([&](Tx& tx) { save_draft(tx, sealer(), phone); }));
    auto told = within([&](Tx& tx) { save_draft(tx, sealer(), computer); });
    ASSERT_FALSE(told.ok());
    EXPECT_EQ(told.error().code, "draft_changed_meanwhile");
    auto reader = MUST(store->reader());
    phone.version = 2;
    expect_same(MUST(load_draft(*reader, sealer(), one.id)), phone);
}

TEST_P(Rows, AnApplicationIsKeptPerRound) {
    Application first{1, noon("2026-10-12"), draft().answers, draft().materials, "electronic"};
    Application second{2, noon("2026-10-14"), {{"relation", "mother"}}, {}, "window"};
    MUST(within([&](Tx& tx) {
        insert_application(tx, sealer(), fresh.id, first);
        insert_application(tx, sealer(), fresh.id, second);
    }));
    auto reader = MUST(store->reader());
    auto all = MUST(load_applications(*reader, sealer(), fresh.id));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].round, 1);
    EXPECT_EQ(all[0].answers, first.answers);
    EXPECT_TRUE(all[0].materials == first.materials);
    EXPECT_EQ(all[0].collection, "electronic");
    EXPECT_EQ(all[1].at, second.at);
    EXPECT_EQ(all[1].answers, second.answers);
    EXPECT_TRUE(all[1].materials.empty());
}

TEST_P(Rows, AnAgreementOfTheSameMomentIsOne) {
    Agreement const notice{"notice", "2026-10", "def", noon("2026-10-12")};
    Agreement const again{"notice", "2026-10", "def", noon("2026-10-14")};
    MUST(within([&](Tx& tx) {
        insert_agreements(tx, fresh.id, {notice, notice});
        insert_agreements(tx, fresh.id, {notice, again});
        insert_agreements(tx, fresh.id, {});
    }));
    auto reader = MUST(store->reader());
    auto all = MUST(load_agreements(*reader, fresh.id));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].key + all[0].version + all[0].hash, "notice2026-10def");
    EXPECT_EQ(all[0].agreed_at, notice.agreed_at);
    EXPECT_EQ(all[1].agreed_at, again.agreed_at);
}

TEST_P(Rows, ACorrectionIsKeptAndAnswered) {
    CorrectionRow row;
    row.asked_at = noon("2026-10-13");
    row.gaps = {{"field:other_name", "对方的姓名", "与户口簿不一致", "请照户口簿填写"}};
    row.letter = "letter1";
    MUST(within([&](Tx& tx) { insert_correction(tx, sealer(), fresh.id, row); }));
    MUST(within([&](Tx& tx) { tx.write(sql::answer_correction, fresh.id, 1, noon("2026-10-14")); }));
    auto reader = MUST(store->reader());
    auto all = MUST(load_corrections(*reader, sealer(), fresh.id));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].notice, 1);
    EXPECT_EQ(all[0].asked_at, row.asked_at);
    EXPECT_EQ(all[0].letter, "letter1");
    EXPECT_EQ(all[0].answered_at, noon("2026-10-14"));
    ASSERT_EQ(all[0].gaps.size(), 1U);
    auto const& gap = all[0].gaps[0];
    EXPECT_EQ(gap.key + gap.label + gap.problem + gap.remedy,
              "field:other_name对方的姓名与户口簿不一致请照户口簿填写");
}

TEST_P(Rows, HistoryOpinionsAndOutcomeAreReadAsWritten) {
    EventRow received{1, noon("2026-10-12"), "received", "resident:p1", "", "letter1", ""};
    EventRow accepted{2, noon("2026-10-13"), "accepted", "staff:sl001", "示例街道 林静", "", "已电话核实"};
    OpinionRow opinion{noon("2026-10-14"), "990102001-review", "sl003", "agree", "沈秋石", "同意出具。"};
    OutcomeRow outcome;
    outcome.kind = "denied";
    outcome.reason = "查无此关系";
    outcome.basis = "令第722号";
    outcome.right_body = "婚姻登记机关";
    outcome.remedies = "可以申请行政复议";
    MUST(within([&](Tx& tx) {
        insert_event(tx, sealer(), fresh.id, received);
        insert_event(tx, sealer(), fresh.id, accepted);
        insert_opinion(tx, sealer(), fresh.id, 3, opinion);
        insert_outcome(tx, sealer(), fresh.id, outcome);
    }));
    auto reader = MUST(store->reader());
    auto events = MUST(load_events(*reader, sealer(), fresh.id));
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].letter, "letter1");
    EXPECT_EQ(events[0].note, "");
    EXPECT_EQ(events[1].kind + events[1].actor + events[1].who + events[1].note,
              "acceptedstaff:sl001示例街道 林静已电话核实");
    EXPECT_EQ(events[1].at, accepted.at);
    auto opinions = MUST(load_opinions(*reader, sealer(), fresh.id));
    ASSERT_EQ(opinions.size(), 1U);
    EXPECT_EQ(opinions[0].post + opinions[0].staff + opinions[0].verdict + opinions[0].who + opinions[0].text,
              "990102001-reviewsl003agree沈秋石同意出具。");
    auto told = MUST(load_outcome(*reader, sealer(), fresh.id));
    ASSERT_TRUE(told.has_value());
    EXPECT_EQ(told->kind + told->reason + told->basis + told->right_body + told->remedies,
              "denied查无此关系令第722号婚姻登记机关可以申请行政复议");
    EXPECT_FALSE(MUST(load_outcome(*reader, sealer(), CaseId{"none"})).has_value());
}

TEST_P(Rows, ALetterGoesFromOrderedToRead) {
    LetterRow letter{"letter1", "receipt", "收件凭证", "", "", "", "", noon("2026-10-12"), {}, {}};
    LetterNumber number{BodyId{"11990102MB0D20011R"}, "示街收字〔2026〕第"};
    MUST(within([&](Tx& tx) {
        insert_letter(tx, sealer(), fresh.id, letter, number, json::object{{"a", "乙"}});
    }));
    auto reload = [&] {
        auto reader = MUST(store->reader());
        return MUST(load_letters(*reader, fresh.id)).at(0);
    };
    EXPECT_EQ(reload().state, "being_made");
    EXPECT_EQ(reload().number, "示街收字〔2026〕第1号");
    MUST(within(
        [&](Tx& tx) { tx.write(sql::letter_failed, fresh.id, "letter1", "character_cannot_be_drawn"); }));
    EXPECT_EQ(reload().state, "failed");
    EXPECT_EQ(reload().trouble, "character_cannot_be_drawn");
    MUST(within(
        [&](Tx& tx) { tx.write(sql::letter_made, fresh.id, "letter1", "file1", noon("2026-10-13")); }));
    EXPECT_EQ(reload().state, "ready");
    EXPECT_EQ(reload().file, "file1");
    EXPECT_EQ(reload().trouble, "");
    EXPECT_EQ(reload().made_at, noon("2026-10-13"));
    MUST(within([&](Tx& tx) {
        tx.write(sql::letter_failed, fresh.id, "letter1", "too_late");
        tx.write(sql::letter_made, fresh.id, "letter1", "file2", noon("2026-10-14"));
        tx.write(sql::letter_read, fresh.id, "letter1", noon("2026-10-14"));
        tx.write(sql::letter_read, fresh.id, "letter1", noon("2026-10-15"));
    }));
    EXPECT_EQ(reload().state, "ready") << "a made page is never made again";
    EXPECT_EQ(reload().file, "file1");
    EXPECT_EQ(reload().read_at, noon("2026-10-14")) << "served when first read";
}

/// Every table of the module as it lies in the database.
std::string raw_rows(store::Store& store) {
    static constexpr std::pair<char const*, char const*> tables[] = {
        {"cases_draft", "body"},        {"cases_case", "query_code"},      {"cases_event", "note"},
        {"cases_party", "name"},        {"cases_party", "id_number"},      {"cases_party", "phone"},
        {"cases_party", "name_blind"},  {"cases_application", "body"},     {"cases_correction", "gaps"},
        {"cases_opinion", "body"},      {"cases_outcome", "body"},         {"cases_letter", "body"},
        {"cases_party", "phone_blind"}, {"cases_party", "id_number_blind"}};
    std::string all;
    auto reader = MUST(store.reader());
    for (auto const& [table, column] : tables) {
        auto const text = std::string("SELECT ") + column + " AS raw FROM " + table;
        store::Query const query{"test.raw", text, text};
        auto rows = MUST(reader->read(query, {}));
        EXPECT_FALSE(rows.empty()) << table;
        bool const blind = std::string_view(column).ends_with("_blind");
        for (auto row : rows) all += blind ? row.text("raw") : row.bytes("raw");
    }
    return all;
}

/// Everything below the data directory, byte by byte: on SQLite that is the database itself.
std::string raw_files(std::string const& directory) {
    std::string all;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(directory))
        if (entry.is_regular_file()) all += text_of(entry.path());
    return all;
}

TEST_P(Rows, WhatIsPersonalIsSealed) {
    insert();
    Application application{1, noon("2026-10-12"), draft().answers, draft().materials, "electronic"};
    CorrectionRow correction;
    correction.gaps = {{"field:other_name", "对方的姓名", "李晓燕三字有误", "请改"}};
    correction.letter = "letter1";
    OutcomeRow outcome;
    outcome.kind = "denied";
    outcome.reason = "与李晓燕查无此关系";
    MUST(within([&](Tx& tx) {
        insert_draft(tx, sealer(), draft());
        insert_application(tx, sealer(), fresh.id, application);
        insert_event(tx, sealer(), fresh.id,
                     {1, ground.now, "accepted", "staff:sl001", "", "", "李晓燕来过电话"});
        insert_correction(tx, sealer(), fresh.id, correction);
        insert_opinion(tx, sealer(), fresh.id, 2,
                       {ground.now, "p", "sl003", "agree", "沈秋石", "李晓燕属实"});
        insert_outcome(tx, sealer(), fresh.id, outcome);
        insert_letter(tx, sealer(), fresh.id,
                      {"letter1", "receipt", "收件凭证", "", "", "", "", ground.now, {}, {}},
                      {BodyId{"11990102MB0D20011R"}, "示街收字〔2026〕第"},
                      json::object{{"applicant_name", "周桂兰"}, {"query_code", "482913"}});
    }));
    for (auto const& raw : {raw_rows(*store), raw_files(store.directory())})
        for (auto const* secret :
             {"周桂兰", "李晓燕", "990102195603120029", "19900000001", "482913", "daughter"})
            EXPECT_EQ(raw.find(secret), std::string::npos) << secret;
    if (GetParam() == store::Dialect::sqlite) {
        EXPECT_NE(raw_files(store.directory()).find(fresh.case_no), std::string::npos)
            << "this test looks where the rows are";
    }
    auto reader = MUST(store->reader());
    auto opened = MUST(load_party(*reader, sealer(), fresh.id, "applicant"));
    EXPECT_EQ(opened.name + opened.id_number + opened.phone, "周桂兰99010219560312002919900000001");
    EXPECT_EQ(opened.person, party().person);
    EXPECT_EQ(load_party(*reader, sealer(), fresh.id, "agent").error().code, "case_is_unknown");
}

TEST_P(Rows, SealedNamesAreFoundExactly) {
    insert();
    auto reader = MUST(store->reader());
    auto by = [&](store::Query const& query, std::string_view place, std::string_view value) {
        return MUST(reader->rows(query, sealer().blind(place, value))).size();
    };
    EXPECT_EQ(by(sql::find_by_name, "cases_party.name", "周桂兰"), 1U);
    EXPECT_EQ(by(sql::find_by_name, "cases_party.name", "周桂"), 0U);
    EXPECT_EQ(by(sql::find_by_id_number, "cases_party.id_number", "990102195603120029"), 1U);
    EXPECT_EQ(by(sql::find_by_phone, "cases_party.phone", "19900000001"), 1U);
    auto row = MUST(reader->rows(sql::find_by_number, fresh.case_no));
    ASSERT_EQ(row.size(), 1U);
    EXPECT_EQ(MUST(open_name(sealer(), fresh.id, row[0].bytes("applicant_name"))), "周桂兰");
    EXPECT_FALSE(open_name(sealer(), CaseId{"another"}, row[0].bytes("applicant_name")).ok())
        << "a sealed name cannot be moved to another case";
}

TEST_P(Rows, CaseNumbersComeInBlocksAndNeverTwice) {
    RegionCode const town{"990102001000"};
    CaseNumbers one(*store), other(*store);
    std::set<std::string> all;
    for (int i = 0; i < 21; ++i)
        for (auto* numbers : {&one, &other}) {
            auto number = MUST(numbers->next(town, day("2026-10-12")));
            EXPECT_TRUE(read_case_number(number).ok()) << number;
            EXPECT_TRUE(number.starts_with("99010220261012")) << number;
            EXPECT_TRUE(all.insert(number).second) << number;
        }
    CaseNumbers another(*store);
    EXPECT_EQ(MUST(another.next(town, day("2026-10-13"))), make_case_number(town, day("2026-10-13"), 1));
}

TEST_P(Rows, ClocksOfSpecialStepsAndServiceAreReadAsWritten) {
    fresh.collection = "courier";
    insert();
    auto next = fresh;
    ++next.version;
    next.submitted_on = day("2026-10-12");
    next.bring_by = {day("2026-11-02"), false};
    next.serve_by = {day("2027-01-11"), true};
    next.extension = 10;
    next.extension_asked = 5;
    next.special_role = "inspector";
    next.special_passed = {"site_check"};
    next.pauses = {{day("2026-10-14"), day("2026-10-20")}, {day("2026-10-22"), day("2026-10-28")}};
    for (auto unit : {LimitUnit::working_day, LimitUnit::natural_day, LimitUnit::hour, LimitUnit::month}) {
        next.special = SpecialOpen{"hearing", day("2026-10-29"), {20, unit}, {day("2026-11-26"), true}, true};
        MUST(within([&](Tx& tx) { save_case(tx, next, ground.limits, ground.now); }));
        expect_same(stored(), next);
        EXPECT_EQ(stored().special, next.special);
        EXPECT_EQ(stored().pauses, next.pauses);
        ++next.version;
    }
}

TEST_P(Rows, SpecialProceduresAndServiceAreSealedAndReadAsWritten) {
    insert();
    SpecialRow row;
    row.seq = 3;
    row.step = "site_check";
    row.planned_on = day("2026-10-16");
    row.place = "示例路18号";
    row.planned_by = "示例街道 沈秋石";
    row.notice = "l1";
    MUST(within([&](Tx& tx) { insert_special(tx, sealer(), fresh.id, row); }));
    row.record = {{"place", "示例路18号一楼"}};
    row.conclusion = "pass";
    row.letter = "l2";
    MUST(within([&](Tx& tx) { record_special(tx, sealer(), fresh.id, row); }));
    auto twice = within([&](Tx& tx) { record_special(tx, sealer(), fresh.id, row); });
    EXPECT_EQ(twice.error().code, "special_step_is_not_open");
    ServiceRow service{kit::at("2026-10-20 09:00"),
                       "courier",
                       "sl001",
                       "l3",
                       "李晓燕",
                       "女儿",
                       "SF1029384756",
                       "",
                       "示例街道 林静"};
    MUST(within([&](Tx& tx) { insert_service(tx, sealer(), fresh.id, service); }));
    auto reader = MUST(store->reader());
    auto rows = MUST(load_special(*reader, sealer(), fresh.id));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].place, row.place);
    EXPECT_EQ(rows[0].record, row.record);
    EXPECT_EQ(rows[0].letter, "l2");
    auto served = MUST(load_service(*reader, sealer(), fresh.id));
    ASSERT_TRUE(served.has_value());
    EXPECT_EQ(served->recipient, "李晓燕");
    EXPECT_EQ(served->tracking_no, "SF1029384756");
    EXPECT_EQ(served->served_at, service.served_at);
}

}  // namespace
}  // namespace tongban::cases::test
