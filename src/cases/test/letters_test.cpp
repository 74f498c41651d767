// 文书: everything a template asks for is there, whatever the case; numbers run without gaps.
#include "cases/letters.h"

#include <gtest/gtest.h>

#include <set>

#include "cases/desk.h"
#include "house.h"
#include "sign/sign.h"

namespace tongban::cases::test {
namespace {

std::filesystem::path letters_folder() {
    return kit::tree_root() / "packs/demo-city/cases/letters";
}

sign::Template form_of(std::string const& name) {
    return MUST(sign::Template::read(text_of(letters_folder() / (name + ".json"))));
}

/// The names that the template asks for and the values do not have. A blank is no value.
std::vector<std::string> missing(sign::Template const& form, sign::Values const& values) {
    std::vector<std::string> names;
    auto blank = [](sign::Row const& row, std::string const& name) {
        auto found = row.find(name);
        return found == row.end() || trimmed(found->second).empty();
    };
    auto needs = form.needs();
    for (auto const& name : needs.text)
        if (blank(values.text, name)) names.push_back(name);
    for (auto const& [list, columns] : needs.lists) {
        auto rows = values.lists.find(list);
        if (rows == values.lists.end() || rows->second.empty())
            names.push_back(list);
        else
            for (auto const& row : rows->second)
                for (auto const& column : columns)
                    if (column != "n" && blank(row, column)) names.push_back(list + "/" + column);
    }
    return names;
}

struct Letter {
    std::string kind;
    Case found;
    Ground ground;
};

/// A case at the moment when it is told in writing.
std::vector<Letter> all_letters() {
    auto ground = ground_at("2026-10-12 09:24");
    auto today = ground.today();
    auto fresh = filed(ground);
    auto asked = MUST(decide_ask_correction(fresh, {{"field:other_name", "", "", ""}}, {}, today));
    auto accepted = MUST(decide_accept(fresh, StaffId{"sl001"}, today));
    auto approved = MUST(decide_decision(accepted, StaffId{"sl003"}, FinalVerdict::approve, {}, today));
    auto denied =
        MUST(decide_decision(accepted, StaffId{"sl003"}, FinalVerdict::deny, {"x", "x", ""}, today));
    auto refused = MUST(decide_refuse(fresh, {"x", "x", ""}, today));
    auto concluded = MUST(decide_conclude(approved, LicenceId{"l1"}, "示街证〔2026〕1号", today));
    auto after = later(ground, "2026-10-20 00:01");
    auto deemed = MUST(decide_deem_accepted(fresh, after.today()));
    auto silent = later(ground, "2026-11-03 00:01");
    auto uncorrected = MUST(decide_lapse(asked, silent.today()));
    auto not_brought = MUST(decide_not_brought(decide_submit(fresh, today), silent.today()));
    auto eve = ground_at("2026-12-30 10:00");
    auto provisional = MUST(decide_accept(filed(eve), StaffId{"sl001"}, eve.today()));
    return {{"receipt", fresh, ground},
            {"correction", asked, ground},
            {"acceptance", accepted, ground},
            {"acceptance", deemed, after},
            {"acceptance", provisional, eve},
            {"not_accepted", refused, ground},
            {"denial", denied, ground},
            {"service", concluded, ground},
            {"receipt", filed(eve), eve},
            {"approval", approved, ground},
            {"special_notice", accepted, ground},
            {"site_record", accepted, ground},
            {"extension", accepted, ground},
            {"permit_denial", denied, ground},
            {"permit_approval", approved, ground},
            {"withdrawal", MUST(decide_withdraw(accepted, today)), ground},
            {"lapse", uncorrected, silent},
            {"lapse", not_brought, silent},
            {"revocation", concluded, ground}};
}

/// What the acts themselves add; that they do is seen in the tests of the whole house.
void add_more(LetterFacts& facts, std::string const& kind) {
    if (kind == "lapse") {
        facts.more = {{"until", "2026年11月2日"},        {"limit", "15个工作日"},
                      {"review_limit", "60日"},          {"review_body", "示例市某区人民政府"},
                      {"lawsuit_limit", "6个月"},        {"court", "示例市第一人民法院"},
                      {"submitted_on", "2026年10月12日"}};
        facts.lists["missing"] = {{{"n", "1"}, {"what", "居民户口簿"}}};
    }
    if (kind == "special_notice")
        facts.more = {{"step_name", "现场核查"},
                      {"step_basis", "行政许可法第三十四条"},
                      {"step_limit", "10个工作日"},
                      {"step_due", "2026年10月26日"},
                      {"planned_on", "2026年10月16日"},
                      {"step_place", "示例路18号"},
                      {"clock_rule", "所需时间不计算在办结期限内。"}};
    if (kind == "extension")
        facts.more = {{"old_due", "2026年10月14日"},
                      {"new_due", "2026年10月28日"},
                      {"days", "10"},
                      {"by_law", "参照"},
                      {"approver", "示例街道 方正平"}};
    if (kind == "withdrawal")
        facts.more = {{"filed_on", "2026年10月12日"}, {"withdrawn_at", "2026年10月15日 9:24"}};
    if (kind == "revocation")
        facts.more = {{"licence_name", "亲属关系情况证明"},
                      {"licence_number", "示街证〔2026〕1号"},
                      {"issued_on", "2026年10月15日"},
                      {"effective_on", "2026年10月20日"},
                      {"review_limit", "60日"},
                      {"review_body", "示例市某区人民政府"},
                      {"lawsuit_limit", "6个月"},
                      {"court", "示例市第一人民法院"}};
    if (kind != "site_record") return;
    facts.more = {{"step_name", "现场核查"},
                  {"step_basis", "行政许可法第三十四条"},
                  {"place", "示例路18号"},
                  {"began_at", "2026年10月16日 9:00"},
                  {"ended_at", "2026年10月16日 9:40"},
                  {"officers", "岳青山、卫长河"},
                  {"attended_by", "周桂兰"},
                  {"photos", "无"},
                  {"conclusion", "通过"},
                  {"note", "当场整改"}};
    facts.lists["findings"] = {{{"n", "1"}, {"what", "场所与申请一致"}, {"result", "符合"}, {"note", "—"}}};
}

LetterFacts facts_of(Letter const& letter, Party const& party) {
    LetterFacts facts{letter.found, letter.ground, party, "482913"};
    if (letter.kind == "correction")
        facts.gaps = {{"field:other_name", "对方的姓名", "与户口簿不一致。", "请照户口簿填写。"},
                      {"material:household_register", "居民户口簿", "缺户主页", "请补拍户主页"}};
    if (letter.kind == "receipt")
        facts.materials = {{"id_card", api::Way::waived, {}, {}},
                           {"household_register", api::Way::upload, {{{"f1", {}, {}, {}, {}}}}, {}}};
    add_more(facts, letter.kind);
    if (std::set<std::string>{"not_accepted", "denial", "permit_denial", "extension", "revocation"}.contains(
            letter.kind)) {
        facts.grounds = {"户口簿与填写的关系不一致", "国务院令第722号第四十四条", ""};
        facts.remedies = remedies_of(letter.ground, letter.found);
    }
    return facts;
}

TEST(Letters, SayEverythingThatTheirTemplateAsksFor) {
    auto const who = party();
    for (auto const& letter : all_letters()) {
        auto form = form_of(letter_template(letter.kind));
        auto values = letter_values(letter.kind, facts_of(letter, who));
        EXPECT_EQ(missing(form, values), std::vector<std::string>{})
            << letter.kind << " of a case that is " << to_text(letter.found.state);
    }
}

/// Else a letter's template could be forgotten here.
TEST(Letters, OfThePackAreAllKnown) {
    std::set<std::string> known;
    for (auto const& letter : all_letters()) known.insert(letter_template(letter.kind));
    std::set<std::string> found;
    for (auto const& file : std::filesystem::directory_iterator(letters_folder()))
        found.insert(file.path().stem().string());
    EXPECT_EQ(found, known);
}

sign::Values values_of(std::string const& kind, std::size_t nth = 0) {
    auto const who = party();
    for (auto const& letter : all_letters())
        if (letter.kind == kind && nth-- == 0) return letter_values(kind, facts_of(letter, who));
    ensure(false, "there is such a letter");
    return {};
}

TEST(Letters, DateAcceptanceAsTheLawDoes) {
    EXPECT_EQ(values_of("acceptance", 0).text.at("accepted_on"), "2026年10月12日");
    EXPECT_EQ(values_of("acceptance", 0).text.at("promised_due"), "2026年10月14日");
    EXPECT_EQ(values_of("acceptance", 0).text.at("statutory_due"), "法律没有另外规定办结期限");
    auto deemed = values_of("acceptance", 1);
    EXPECT_EQ(deemed.text.at("accepted_on"), "2026年10月12日")
        << "from receipt, though written eight days later";
    EXPECT_EQ(deemed.text.at("date"), "2026年10月20日");
    EXPECT_EQ(values_of("acceptance", 2).text.at("promised_due"), "2027年1月1日（暂定）");
    EXPECT_EQ(values_of("receipt", 1).text.at("review_until"), "2027年1月6日（暂定）");
}

TEST(Letters, LeaveFullStopsToTheTemplate) {
    auto values = values_of("correction");
    auto const& gaps = values.lists.at("gaps");
    ASSERT_EQ(gaps.size(), 2U);
    EXPECT_EQ(gaps[0].at("what"), "对方的姓名：与户口簿不一致");
    EXPECT_EQ(gaps[0].at("how"), "请照户口簿填写");
    EXPECT_EQ(gaps[1].at("how"), "请补拍户主页");
    EXPECT_EQ(values.text.at("due_date"), "2026年11月2日");
}

TEST(Letters, NameTheBodiesThatHearAComplaint) {
    auto remedies = values_of("denial").text.at("remedies");
    EXPECT_NE(remedies.find("向示例市示例区人民政府申请行政复议"), std::string::npos) << remedies;
    EXPECT_NE(remedies.find("向示例市示例区人民法院提起行政诉讼"), std::string::npos) << remedies;
    EXPECT_EQ(remedies.find('{'), std::string::npos) << remedies;
}

TEST(Letters, NameTheRightBodyOnlyWhenThereIsOne) {
    auto const who = party();
    auto const all = all_letters();
    for (auto const& letter : all)
        if (letter.kind == "not_accepted") {
            auto facts = facts_of(letter, who);
            EXPECT_FALSE(letter_values("not_accepted", facts).text.contains("right_body"));
            facts.grounds.right_body = "婚姻登记机关（婚姻登记档案）";
            EXPECT_EQ(letter_values("not_accepted", facts).text.at("right_body"), facts.grounds.right_body);
        }
}

TEST(Letters, ListWhatWasHandedIn) {
    auto values = values_of("receipt");
    auto const& rows = values.lists.at("materials");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].at("name"), "居民身份证");
    EXPECT_EQ(rows[0].at("form"), "免交");
    EXPECT_EQ(rows[0].at("count"), "—");
    EXPECT_EQ(rows[1].at("form"), "电子件");
    EXPECT_EQ(rows[1].at("count"), "1");
    EXPECT_EQ(values.text.at("letter_number"), "（预览，未编号）");
    EXPECT_EQ(values.text.at("place"), "示例街道便民服务中心");
}

TEST(Letters, OfAPermitAreNotThoseOfACertificate) {
    auto item = *ground_at("2026-10-12 09:24").item;
    EXPECT_EQ(denial_letter(item), "denial");
    EXPECT_EQ(approval_letter(item), "approval");
    item.type = catalog::ItemType::permit;
    EXPECT_EQ(letter_title(denial_letter(item), Language::zh), "不予行政许可决定书");
    EXPECT_EQ(letter_title(approval_letter(item), Language::zh), "准予行政许可决定书");
}

TEST(Letters, HaveTheTitleOfTheirTemplate) {
    for (auto const& letter : all_letters())
        EXPECT_EQ(text_of(letters_folder() / (letter_template(letter.kind) + ".json"))
                          .find("\"title\": \"" + letter_title(letter.kind, Language::zh) + "\"") !=
                      std::string::npos,
                  true)
            << letter.kind;
}

TEST(Letters, EndTheSentencesThatStaffLeftOpen) {
    auto const who = party();
    auto const all = all_letters();
    auto words = [&](std::string_view kind, std::string_view name, std::string typed) {
        for (auto const& letter : all) {
            if (letter.kind != kind) continue;
            auto facts = facts_of(letter, who);
            facts.grounds.reason = facts.grounds.basis = std::move(typed);
            return letter_values(kind, facts).text.at(std::string(name));
        }
        return std::string("no such letter");
    };
    EXPECT_EQ(words("denial", "reason", "登记为叔侄"), "登记为叔侄。");
    EXPECT_EQ(words("denial", "reason", "登记为叔侄。 "), "登记为叔侄。");
    EXPECT_EQ(words("denial", "basis", "《示例办法》第三条"), "《示例办法》第三条。");
    EXPECT_EQ(words("denial", "reason", "　"), "　") << "a preview before anything is typed";
    EXPECT_EQ(words("extension", "reason", "要外地协查。"), "要外地协查") << "stands inside a sentence";
}

TEST(Letters, AddressAFirmAsAFirm) {
    auto letter = all_letters().front();
    auto const who = party();
    EXPECT_EQ(letter_values("receipt", facts_of(letter, who)).text.at("you"), "您");
    auto item = *letter.ground.item;
    item.applicant = catalog::Applicant::organisation;
    letter.ground.item = std::make_shared<catalog::Item const>(std::move(item));
    EXPECT_EQ(letter_values("receipt", facts_of(letter, who)).text.at("you"), "你单位");
}

TEST(Letters, ServiceNamesTheDocumentServed) {
    auto values = values_of("service");
    EXPECT_EQ(values.text.at("document_name"), "亲属关系情况证明");
    EXPECT_EQ(values.text.at("document_number"), "示街证〔2026〕1号");
    EXPECT_EQ(values.text.at("method"), "电子送达");
    EXPECT_EQ(values.text.at("place"), "示例市政务服务“我的证照”");
}

TEST(Letters, ValuesSurviveTheStore) {
    for (auto const* kind : {"receipt", "correction", "denial"}) {
        auto values = values_of(kind);
        auto again = read_values(MUST(read_json(to_text(Json(to_json(values))))));
        EXPECT_EQ(again.text, values.text);
        EXPECT_EQ(again.lists, values.lists);
    }
}

class OrderedLetters : public testing::TestWithParam<store::Dialect> {
protected:
    SetClock clock{kit::at("2026-10-12 09:24")};
    kit::FreshStore store = kit::fresh_store(GetParam(), clock, {schema()});
    Party who = party();

    LetterRow order(std::string_view kind, Ground const& ground, BodyId const& body = street) {
        auto found = filed(ground);
        found.body = body;
        auto tx = MUST(store->begin());
        auto letter = order_letter(*tx, store->sealer(), kind, {found, ground, who, "482913"});
        MUST(tx->commit());
        auto reader = MUST(store->reader());
        return MUST(load_letter(*reader, store->sealer(), found.id, letter)).row;
    }
};
INSTANTIATE_TEST_SUITE_P(all, OrderedLetters, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(OrderedLetters, AreNumberedPerBodyKindAndYearWithoutGaps) {
    auto ground = ground_at("2026-10-12 09:24");
    EXPECT_EQ(order("acceptance", ground).number, "示街受字〔2026〕第1号");
    EXPECT_EQ(order("acceptance", ground).number, "示街受字〔2026〕第2号");
    EXPECT_EQ(order("denial", ground).number, "示街不予字〔2026〕第1号");
    EXPECT_EQ(order("acceptance", ground, BodyId{"11990102MB0D2002XH"}).number, "河街受字〔2026〕第1号");
    EXPECT_EQ(order("acceptance", ground_at("2027-01-04 09:00")).number, "示街受字〔2027〕第1号");
    {
        auto tx = MUST(store->begin());
        auto found = filed(ground);
        order_letter(*tx, store->sealer(), "acceptance", {found, ground, who, "482913"});
        MUST(load_letters(*tx, found.id));
        // not committed: the number is not spent
    }
    EXPECT_EQ(order("acceptance", ground).number, "示街受字〔2026〕第3号");
}

TEST_P(OrderedLetters, AreKeptWholeUntilTheyAreMade) {
    auto ground = ground_at("2026-10-12 09:24");
    auto letter = order("receipt", ground);
    auto reader = MUST(store->reader());
    auto kept = MUST(load_letter(*reader, store->sealer(), filed(ground).id, letter.id));
    EXPECT_EQ(kept.row.state, "being_made");
    EXPECT_EQ(kept.row.title, "收件凭证");
    EXPECT_EQ(read_values(kept.values).text.at("applicant_name"), "周桂兰");
    EXPECT_EQ(kept.row.number, "示街收字〔2026〕第1号");
    EXPECT_EQ(load_letter(*reader, store->sealer(), filed(ground).id, "none").error().code,
              "letter_is_unknown");
}

}  // namespace
}  // namespace tongban::cases::test
