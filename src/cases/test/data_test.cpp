// What the server knows, what it offers, and when the rules may decide: as examples, and as properties over
// many made-up applications.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "cases/burden.h"
#include "cases/data_views.h"
#include "cases/instant.h"
#include "house.h"

namespace tongban::cases::test {
namespace {

using exchange::Outcome;

constexpr char const* son = "990102200605180133";
constexpr char const* daughter = "99010219810725024X";
constexpr char const* address = "示例路26号3栋201室";

/// An application for 同户且无房情况证明, with registers that answer as they are told.
class Application_ {
public:
    Ground ground = asking_ground_at("2026-10-15 09:24");
    json::object answers{{"other_name", "王知远"}, {"other_id_number", son}, {"phone", "19900000001"}};
    json::object disputed{};
    std::vector<api::MaterialGiven> given{};
    Consent consent = Consent::in_force;
    /// What each register says; a register not named was not asked.
    std::map<std::string, Outcome> says{{"household", Outcome::found},
                                        {"kin", Outcome::found},
                                        {"estate", Outcome::none},
                                        {"homes", Outcome::none}};
    json::object household{{"address", address},
                           {"move_in", json::object{{"$date", "2001-05-06"}}},
                           {"minor_id_numbers", json::array{son}}};
    json::object kin{{"proven", true}, {"relation", "grandchild"}};
    std::map<std::string, std::chrono::minutes> age{};  ///< of answers; fresh when not named
    std::set<std::string> from_cache{};
    std::vector<exchange::Answer> heard{};  ///< beside what the registers say

    /// Asks in stages, as the server does, until there is nothing more to ask.
    Known known() {
        auto answered = heard;
        for (int stage = 0; stage < 4; ++stage) {
            auto now = know(ground, sealer(), supplied(applicant()), disputed, answers, answered, consent);
            for (auto const& state : now.data)
                for (auto const& ask : state.asks)
                    if (state.permitted && says.contains(state.datum->key)) put(answered, answer(state, ask));
            if (stage == 3) return now;
        }
        return {};
    }
    Checked checked() { return check_wholly(ground, known(), answers, given); }
    AtOnce verdict(DecidedBy wanted = DecidedBy::rules_if_they_can) {
        auto facts = known();
        return *judge_at_once(ground, facts, check_wholly(ground, facts, answers, given), wanted);
    }
    exchange::Answer answer(DatumState const& state, exchange::Ask const& ask) {
        auto const& key = state.datum->key;
        exchange::Answer made;
        made.call = "call-" + ask.key;
        made.key = ask.key;
        made.resource = ask.resource;
        made.resource_name = state.datum->what.zh;
        made.provider = state.datum->provider.zh;
        made.outcome = says.at(key);
        made.asked_at = ground.now;
        if (exchange::is_answer(made.outcome)) made.answered_at = made.data_at = ground.now - age[key];
        made.from_cache = from_cache.contains(key);
        if (made.outcome == Outcome::found) made.count = 1;
        if (made.outcome == Outcome::several) made.count = 2;
        if (made.outcome == Outcome::found && key == "household") made.fields = household;
        if (made.outcome == Outcome::found && key == "kin") made.fields = kin;
        return made;
    }
    static store::Sealer const& sealer() {
        static kit::TempDir const folder;
        static auto const sealer =
            MUST(store::Sealer::open(folder.path(), store::Sealer::Keys::make_if_missing));
        return sealer;
    }

private:
    static void put(std::vector<exchange::Answer>& all, exchange::Answer made) {
        std::erase_if(all, [&](auto const& one) { return one.key == made.key; });
        all.push_back(std::move(made));
    }
};

std::string reason(AtOnce const& verdict, std::string_view key) {
    static constexpr std::string_view words[] = {"yes", "no", "undetermined"};
    for (auto const& one : verdict.reasons)
        if (one.key == key) return std::string(words[static_cast<std::size_t>(one.result)]);
    return {};
}

Offer const& offer(Checked const& checked, std::string_view key) {
    for (auto const& one : checked.offers)
        if (one.material->key == key) return one;
    ensure(false, "it is asked");
    return checked.offers.front();
}

TEST(Data, a_register_fills_fields_and_later_questions_build_on_its_answer) {
    Application_ one;
    auto known = one.known();
    ASSERT_EQ(known.data.size(), 4U);
    for (auto const& state : known.data) EXPECT_TRUE(is_settled(state)) << state.datum->key;
    EXPECT_EQ(known.given.at("household.outcome").as_string(), "found");
    EXPECT_EQ(known.given.at("homes.count").as_int64(), 0);
    EXPECT_EQ(known.given.at("kin.asked_at").as_string(), "2026年10月15日 9:24");
    auto checked = one.checked();
    EXPECT_EQ(checked.answers.at("address").as_string(), address);
    EXPECT_EQ(checked.answers.at("moved_in").as_string(), "2001-05-06");
    EXPECT_TRUE(checked.wrong.empty()) << checked.wrong.front().path;
}

TEST(Data, a_question_waits_for_what_it_is_about) {
    Application_ one;
    one.answers.erase("other_id_number");
    one.says.erase("estate");
    auto known = one.known();
    EXPECT_EQ(known.datum("kin")->need, DatumState::Need::waits);
    EXPECT_EQ(known.datum("homes")->need, DatumState::Need::waits);  // its condition is not known yet
    EXPECT_EQ(known.given.at("kin.outcome").as_string(), "not_asked");
    EXPECT_FALSE(known.given.contains("kin.count"));
}

TEST(Data, a_question_whose_condition_is_not_met_is_not_asked) {
    Application_ one;
    one.says["estate"] = Outcome::found;
    EXPECT_EQ(one.known().datum("homes")->need, DatumState::Need::not_needed);
}

TEST(Data, for_each_of_nobody_is_known_to_be_nothing) {
    Application_ one;
    one.household["minor_id_numbers"] = json::array{};
    one.says.erase("homes");
    auto known = one.known();
    EXPECT_EQ(known.datum("homes")->outcome, Outcome::none);
    EXPECT_EQ(known.given.at("homes.count").as_int64(), 0);
}

TEST(Data, for_each_the_worst_outcome_stands_for_all_and_an_unknown_count_is_no_count) {
    Application_ one;
    one.household["minor_id_numbers"] = json::array{son, daughter, son};
    auto before = one.known();
    ASSERT_EQ(before.datum("homes")->asks.size(), 2U);  // the same child is asked once
    auto first = one.answer(*before.datum("homes"), before.datum("homes")->asks[0]);
    auto down = one.answer(*before.datum("homes"), before.datum("homes")->asks[1]);
    down.outcome = Outcome::down;
    one.says.erase("homes");
    one.heard = {first, down};
    auto known = one.known();
    EXPECT_EQ(known.datum("homes")->outcome, Outcome::down);
    EXPECT_FALSE(known.given.contains("homes.count"));
}

TEST(Data, an_answer_never_stands_for_another_question) {
    Application_ one;
    auto first = one.known();
    auto about_son = first.datum("kin")->answers.front();
    one.answers["other_id_number"] = daughter;
    one.says.erase("kin");
    one.heard = {about_son};
    auto known = one.known();
    EXPECT_EQ(known.datum("kin")->outcome, Outcome::not_asked);
    EXPECT_FALSE(known.given.contains("kin.proven"));
    EXPECT_FALSE(one.verdict().approved);
    one.answers["other_id_number"] = son;  // back to the first: its answer stands again
    EXPECT_EQ(one.known().datum("kin")->outcome, Outcome::found);
}

TEST(Data, without_consent_only_duties_are_asked_and_nothing_else_is_used) {
    Application_ one;
    auto with = one.known();
    for (auto const& state : with.data)
        for (auto const& answer : state.answers) one.heard.push_back(answer);
    one.consent = Consent::missing;
    auto known = one.known();
    EXPECT_FALSE(known.datum("household")->permitted);
    EXPECT_FALSE(known.given.contains("household.address"));
    EXPECT_EQ(known.datum("estate")->outcome, Outcome::none);
    auto words = outcome_words(*known.datum("household"), Audience::applicant, Language::zh);
    EXPECT_NE(words.find("同意"), std::string::npos) << words;
    EXPECT_FALSE(one.verdict().approved);
}

TEST(Offers, a_paper_is_waived_when_the_register_has_it) {
    Application_ one;
    auto checked = one.checked();
    EXPECT_EQ(offer(checked, "household_register").chosen, api::Way::waived);
    EXPECT_EQ(offer(checked, "household_register").because, "已向公安查到户口信息。");
    EXPECT_EQ(offers(one.ground, one.known(), checked.form.context, {}, Language::en)[1].because,
              "Found with the police.");
}

TEST(Offers, a_register_that_is_down_opens_the_other_ways_and_says_so) {
    for (auto outcome : {Outcome::down, Outcome::late, Outcome::wrong, Outcome::refused}) {
        Application_ one;
        one.says["household"] = outcome;
        one.answers["address"] = address;
        auto checked = one.checked();
        auto const& paper = offer(checked, "household_register");
        EXPECT_EQ(paper.ways, (std::vector<api::Way>{api::Way::upload, api::Way::promise, api::Way::window}));
        EXPECT_FALSE(paper.because.empty());
        EXPECT_NE(paper.because, "没有查到您的户口信息，请提交。");  // nobody said that there is nothing
        ASSERT_EQ(checked.wrong.size(), 1U);
        EXPECT_EQ(checked.wrong[0].path + " " + checked.wrong[0].code,
                  "/materials/household_register material_is_missing");
        auto const& text = one.ground.item->materials[1].promise;
        one.given = {{"household_register",
                      api::Way::promise,
                      {},
                      api::TextAgreed{text->key, text->version, text->hash}}};
        EXPECT_TRUE(one.checked().wrong.empty());
    }
}

TEST(Offers, a_register_that_has_nothing_says_why_the_paper_is_needed) {
    Application_ one;
    one.says["household"] = Outcome::none;
    EXPECT_EQ(offer(one.checked(), "household_register").because, "没有查到您的户口信息，请提交。");
}

TEST(Offers, a_waiver_that_no_longer_holds_is_not_taken_from_a_client) {
    Application_ one;
    one.says["household"] = Outcome::none;
    one.answers["address"] = address;
    one.given = {{"household_register", api::Way::waived, {}, {}}};
    auto checked = one.checked();
    ASSERT_EQ(checked.wrong.size(), 1U);
    EXPECT_EQ(checked.wrong[0].code, "material_way_is_not_offered");
}

TEST(Offers, a_licence_stands_for_a_paper_unless_the_person_prefers_another_way) {
    Application_ one;
    one.kin["proven"] = false;
    auto known = one.known();
    licences::Held held;
    held.id = LicenceId{"lic-1"};
    held.number = "示街证〔2026〕1号";
    held.type_name = "亲属关系情况证明";
    known.licences["kinship_proof"] = held;
    auto checked = check_wholly(one.ground, known, one.answers, {});
    EXPECT_EQ(offer(checked, "kinship_paper").chosen, api::Way::licence);
    EXPECT_EQ(checked.materials.back().way, api::Way::licence);
    EXPECT_EQ(offer(checked, "kinship_paper").because, "持有的《亲属关系情况证明》可以代替，不用交。");
    EXPECT_EQ(offer(checked, "kinship_paper").licence->number, "示街证〔2026〕1号");
    std::vector<api::MaterialGiven> own{
        {"kinship_paper", api::Way::upload, std::vector<api::FileRef>{{"f", {}, {}, {}, {}}}, {}}};
    checked = check_wholly(one.ground, known, one.answers, own);
    EXPECT_EQ(checked.materials.back().way, api::Way::upload);
    auto burden = burden_of(one.ground, known, checked);
    EXPECT_EQ(burden.materials_uploaded, 1);
    EXPECT_EQ(burden.materials_from_licence, 0);
}

TEST(AtOnce, approves_when_everything_is_borne_out) {
    Application_ one;
    auto verdict = one.verdict();
    EXPECT_TRUE(verdict.approved);
    ASSERT_EQ(verdict.reasons.size(), 2U);
    EXPECT_EQ(verdict.reasons[0].words.zh, "户籍能证明两人的关系。");
    EXPECT_EQ(verdict.reasons[1].words.en, "No house.");
}

TEST(AtOnce, sends_to_a_person_with_the_reason) {
    struct Case {
        std::string reason, result;
        std::function<void(Application_&)> change;
    };
    std::vector<Case> const cases{
        {"proven", "no", [](auto& one) { one.kin["proven"] = false; }},
        {"proven", "undetermined", [](auto& one) { one.says["kin"] = Outcome::late; }},
        {"proven", "undetermined", [](auto& one) { one.kin.erase("proven"); }},
        {"no_house", "no", [](auto& one) { one.says["estate"] = Outcome::found; }},
        {"no_house", "no", [](auto& one) { one.says["homes"] = Outcome::found; }},
        {"no_house", "undetermined", [](auto& one) { one.says["homes"] = Outcome::down; }},
        {"no_house", "undetermined", [](auto& one) { one.says.erase("estate"); }},
        {"something_is_disputed", "no", [](auto& one) { one.disputed["address"] = "别处1号楼"; }},
        {"answer_is_old", "no", [](auto& one) { one.age["kin"] = std::chrono::minutes{24 * 60 + 1}; }},
        {"answer_is_old", "no", [](auto& one) { one.age["household"] = std::chrono::hours{48}; }},
        {"papers_to_be_read", "no",
         [](auto& one) {
             one.kin["proven"] = false;
             one.given = {
                 {"kinship_paper", api::Way::upload, std::vector<api::FileRef>{{"f", {}, {}, {}, {}}}, {}}};
         }},
    };
    for (auto const& each : cases) {
        Application_ one;
        each.change(one);
        auto verdict = one.verdict();
        EXPECT_FALSE(verdict.approved) << each.reason;
        EXPECT_EQ(reason(verdict, each.reason), each.result) << each.reason;
        for (auto const& kept : verdict.reasons) {
            EXPECT_FALSE(kept.words.zh.empty()) << kept.key;
            EXPECT_FALSE(kept.words.en.empty()) << kept.key;
        }
    }
}

TEST(AtOnce, whoever_asks_for_a_person_gets_one) {
    Application_ one;
    auto verdict = one.verdict(DecidedBy::person);
    EXPECT_FALSE(verdict.approved);
    EXPECT_EQ(reason(verdict, "person_was_asked_for"), "no");
}

TEST(AtOnce, papers_to_be_brought_and_special_steps_are_for_people) {
    Application_ one;
    auto item = std::make_shared<catalog::Item>(*one.ground.item);
    item->special_steps.push_back(
        {"check", {"现场核查", "Site check"}, "inspector", 2, {}, false, "某条", {}});
    item->materials[2].ways.push_back(catalog::Way::window);
    one.ground.item = item;
    one.kin["proven"] = false;
    one.given = {{"kinship_paper", api::Way::window, {}, {}}};
    auto verdict = one.verdict();
    EXPECT_EQ(reason(verdict, "special_step_is_needed"), "no");
    EXPECT_EQ(reason(verdict, "papers_to_be_brought"), "no");
}

TEST(AtOnce, a_form_in_doubt_is_for_people) {
    Application_ one;
    auto facts = one.known();
    auto checked = check_wholly(one.ground, facts, one.answers, {});
    checked.form.doubts.push_back({"/answers/note", "visible_when", {}});
    auto verdict = *judge_at_once(one.ground, facts, checked, DecidedBy::rules_if_they_can);
    EXPECT_EQ(reason(verdict, "form_is_in_doubt"), "no");
    EXPECT_FALSE(verdict.approved);
}

TEST(AtOnce, an_item_without_conditions_is_never_decided_at_once) {
    auto ground = ground_at("2026-10-15 09:24");
    auto item = *ground.item;
    item.instant.clear();
    ground.item = std::make_shared<catalog::Item const>(std::move(item));
    Known known;
    known.given = supplied(applicant());
    EXPECT_FALSE(judge_at_once(ground, known, check_wholly(ground, known, json::object{}, {}),
                               DecidedBy::rules_if_they_can));
}

TEST(Burden, counts_what_was_typed_and_what_was_done_for_the_person) {
    Application_ one;
    auto facts = one.known();
    auto burden = burden_of(one.ground, facts, check_wholly(one.ground, facts, one.answers, one.given));
    EXPECT_EQ(burden.fields_total, 7);
    EXPECT_EQ(burden.fields_prefilled, 5);  // name, number, address, day, and the phone left as offered
    EXPECT_EQ(burden.fields_typed, 2);
    EXPECT_EQ(burden.materials_total, 3);
    EXPECT_EQ(burden.materials_waived, 3);
    one.disputed["address"] = "别处1号楼";
    one.answers["phone"] = "19900000018";
    facts = one.known();
    burden = burden_of(one.ground, facts, check_wholly(one.ground, facts, one.answers, one.given));
    EXPECT_EQ(burden.fields_typed, 4);
}

TEST(Views, what_conditions_read_is_told_and_no_identity_number) {
    Application_ one;
    auto values = known_values(one.ground, one.known());
    EXPECT_EQ(values.at("household.outcome").as_string(), "found");
    EXPECT_TRUE(values.contains("kin.proven"));
    for (auto const& [path, value] : values)
        EXPECT_EQ(std::string(path).find("id_number"), std::string::npos) << path;
}

TEST(Views, locked_values_tell_their_source_and_age_and_numbers_are_masked) {
    Application_ one;
    auto locked = locked_values(one.ground, one.known(), Language::zh);
    EXPECT_EQ(locked.at("applicant_id_number").value.as_string(), "9901**********0029");
    EXPECT_FALSE(locked.at("applicant_name").disputable);
    auto const& home = locked.at("address");
    EXPECT_TRUE(home.disputable);
    EXPECT_EQ(home.source, "household");
    EXPECT_EQ(home.source_name, "示例市公安局：户口簿信息");
    EXPECT_EQ(*home.age_text, "2026年10月15日 9:24查到");
    EXPECT_EQ(locked_values(one.ground, one.known(), Language::en).at("address").source_name,
              "Police: Household register");
    EXPECT_EQ(prefilled_values(one.ground, one.known(), Language::zh).at("phone").value.as_string(),
              applicant().phone);
}

TEST(Views, every_failing_register_says_what_to_do_instead) {
    for (auto outcome : {Outcome::down, Outcome::late, Outcome::wrong, Outcome::refused, Outcome::several})
        for (auto language : {Language::zh, Language::en}) {
            Application_ one;
            one.says["household"] = outcome;
            auto views = source_views(one.known(), Moment::filling_in, Audience::applicant, language);
            ASSERT_FALSE(views.empty());
            EXPECT_TRUE(views[0].instead.has_value());
            EXPECT_FALSE(views[0].outcome_text.empty());
        }
}

/// Many applications by chance (a fixed seed): what must hold of all of them.
TEST(Properties, hold_whatever_the_registers_say_and_a_browser_sends) {
    std::mt19937 chance(20261015);
    auto die = [&](int sides) { return static_cast<int>(chance() % static_cast<unsigned>(sides)); };
    constexpr Outcome outcomes[] = {Outcome::found, Outcome::none,    Outcome::several, Outcome::late,
                                    Outcome::down,  Outcome::refused, Outcome::wrong,   Outcome::asking};
    int approved = 0;
    for (int round = 0; round < 4000; ++round) {
        Application_ one;
        for (auto& [key, outcome] : one.says)
            if (die(4) == 0) outcome = outcomes[die(8)];
        for (auto const* key : {"household", "kin", "estate", "homes"}) {
            if (die(12) == 0) one.says.erase(key);
            if (die(8) == 0) one.age[key] = std::chrono::minutes{die(4000)};
        }
        if (die(6) == 0) one.kin["proven"] = die(2) == 0;
        if (die(10) == 0) one.consent = Consent::missing;
        if (die(8) == 0) one.disputed["address"] = "别处9号楼";
        for (auto const* key : {"address", "moved_in", "applicant_name", "applicant_id_number"})
            if (die(2) == 0) one.answers[key] = "假的";
        if (die(3) == 0) one.given.push_back({"household_register", api::Way::waived, {}, {}});
        auto wanted = die(10) == 0 ? DecidedBy::person : DecidedBy::rules_if_they_can;
        SCOPED_TRACE(round);

        auto known = one.known();
        auto checked = check_wholly(one.ground, known, one.answers, one.given);
        auto verdict = *judge_at_once(one.ground, known, checked, wanted);

        EXPECT_EQ(checked.answers.at("applicant_name").as_string(), applicant().name);
        EXPECT_EQ(checked.answers.at("applicant_id_number").as_string(), applicant().id_number);
        bool there = known.datum("household")->outcome == Outcome::found;
        if (there && one.disputed.empty()) {
            EXPECT_EQ(checked.answers.at("address").as_string(), address);
        }
        for (auto const& given : checked.materials)
            if (given.key == "household_register") {
                EXPECT_EQ(given.way == api::Way::waived, there);
            }
        if (!verdict.approved) continue;
        ++approved;
        EXPECT_EQ(wanted, DecidedBy::rules_if_they_can);
        EXPECT_TRUE(one.disputed.empty() || !there);
        for (auto const& condition : one.ground.item->instant)
            EXPECT_EQ(rules::decide(condition.when, checked.form.context).verdict, rules::Verdict::yes);
        for (auto const* key : {"kin", "estate", "homes"}) {
            auto const* state = known.datum(key);
            EXPECT_TRUE(is_settled(*state)) << key;
            EXPECT_TRUE(state->permitted) << key;
            EXPECT_EQ(state->answers.size(), state->asks.size()) << key;
            for (auto const& answer : state->answers)
                EXPECT_LE(one.ground.now.ms - answer.answered_at.ms, 24 * 3600000) << key;
        }
    }
    EXPECT_GT(approved, 200);
}

}  // namespace
}  // namespace tongban::cases::test
