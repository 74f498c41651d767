// What the licence will say, from the item's mapping over the answers; and the names of states.
#include <gtest/gtest.h>

#include "cases/follow.h"
#include "cases/known.h"
#include "cases/views.h"
#include "house.h"

namespace tongban::cases::test {
namespace {

Application kinship_with(json::object const& more) {
    Application application;
    application.answers = {{"relation", "daughter"},
                           {"other_name", "李晓燕"},
                           {"other_id_number", "99010219810725024X"},
                           {"purpose", "bank"},
                           {"receiving_unit", "示例银行示例区支行"},
                           {"contact_phone", "19900000001"}};
    for (auto const& [key, value] : more) application.answers[key] = value;
    application.given = supplied(applicant());
    application.given["marriage.outcome"] = "not_asked";
    application.given["kinship.outcome"] = "none";
    return application;
}

std::string face_value(Application const& application, std::string_view key) {
    auto face = face_of(ground_at("2026-10-15 09:24"), party(), application);
    if (!face.ok()) return face.error().code;
    for (auto const& row : *face)
        if (row.key == key) return row.value;
    return "no such row";
}

TEST(Face, SaysWhoIsWhatToWhom) {
    auto const application = kinship_with({});
    EXPECT_EQ(face_value(application, "person_name"), "周桂兰");
    EXPECT_EQ(face_value(application, "person_id"), "990102195603120029");
    EXPECT_EQ(face_value(application, "relative_name"), "李晓燕");
    EXPECT_EQ(face_value(application, "relative_id"), "99010219810725024X");
    EXPECT_EQ(face_value(application, "relation"), "母女");
    EXPECT_EQ(face_value(application, "purpose"), "办理银行业务");
    EXPECT_EQ(face_value(application, "receiving_unit"), "示例银行示例区支行");
    EXPECT_EQ(face_value(application, "checked_by"), "申请人的书面承诺和本机关");
}

TEST(Face, SaysInTheApplicantsWordsWhatNoChoiceSays) {
    auto const application = kinship_with({{"relation", "other"},
                                           {"relation_note", "叔侄"},
                                           {"purpose", "other"},
                                           {"purpose_note", "入住养老院"}});
    EXPECT_EQ(face_value(application, "relation"), "叔侄");
    EXPECT_EQ(face_value(application, "purpose"), "入住养老院");
}

/// By relation, the applicant's number and the other's: their sexes stand in the last but one digit, their
/// days of birth before (GB 11643).
struct Tie {
    char const *relation, *mine, *other, *words;
};
constexpr char const* older_woman = "990102195603120029";
constexpr char const* woman = "99010219810725024X";
constexpr char const* man = "990121196604040112";
constexpr char const* younger_man = "990102200605180133";
constexpr char const* twin_of_the_man = "990121196604040120";

TEST(Face, OfEveryRelationIsTheTieOfTwo) {
    Tie const ties[] = {{"spouse", woman, man, "夫妻"},
                        {"father", woman, man, "父女"},
                        {"father", younger_man, man, "父子"},
                        {"mother", woman, older_woman, "母女"},
                        {"mother", younger_man, woman, "母子"},
                        {"son", man, younger_man, "父子"},
                        {"son", woman, younger_man, "母子"},
                        {"daughter", man, woman, "父女"},
                        {"daughter", older_woman, woman, "母女"},
                        {"sibling", man, younger_man, "兄弟"},
                        {"sibling", woman, older_woman, "姐妹"},
                        {"sibling", man, woman, "兄妹"},
                        {"sibling", woman, man, "兄妹"},
                        {"sibling", woman, younger_man, "姐弟"},
                        {"sibling", younger_man, woman, "姐弟"},
                        {"sibling", man, twin_of_the_man, "兄弟姐妹"},
                        {"son", "", younger_man, "父（母）子"},
                        {"sibling", "", younger_man, "兄弟姐妹"},
                        {"grandparent", younger_man, older_woman, "祖孙"},
                        {"grandchild", older_woman, younger_man, "祖孙"}};
    for (auto const& [relation, mine, other, words] : ties) {
        auto application = kinship_with({{"relation", relation}, {"other_id_number", other}});
        application.given["applicant.id_number"] = mine;
        EXPECT_EQ(face_value(application, "relation"), words) << mine << " " << relation << " " << other;
    }
}

TEST(Face, IsNeverGuessed) {
    auto ground = ground_at("2026-10-15 09:24");
    auto item = *ground.item;
    auto names = catalog::names_of(item.form);
    item.face = {{"purpose", MUST(rules::parse("if relation_note < \"a\" then \"x\" else \"y\"", names))}};
    ground.item = std::make_shared<catalog::Item const>(item);
    auto face = face_of(ground, party(), kinship_with({}));
    ASSERT_FALSE(face.ok());
    EXPECT_EQ(face.error().code, "licence_face_is_undetermined");
    EXPECT_TRUE(face.error().detail.starts_with("purpose: ")) << face.error().detail;
}

TEST(States, AreReadByTheNamesTheyAreWrittenWith) {
    for (auto state : {State::received, State::correction, State::accepted, State::approved, State::denied,
                       State::issued, State::concluded, State::not_accepted, State::withdrawn})
        EXPECT_EQ(MUST(read_state(to_text(state))), state);
    EXPECT_EQ(read_state("lost").error().code, "state_is_unknown");
}

TEST(Materials, a_licence_that_stood_for_a_paper_is_shown_as_it_was_with_its_face_masked) {
    auto ground = ground_at("2026-10-15 09:24");
    Application newest;
    newest.materials = {{"household_register", api::Way::licence, {}, {}},
                        {"id_card", api::Way::waived, {}, {}}};
    licences::Held held;
    held.number = "J990102-2004-000001";
    held.type_name = "结婚证";
    held.type_name_en = "Marriage certificate";
    held.issuer_name = "示例区民政局";
    held.issued_on = MUST(read_day("2004-10-01"));
    held.as_of = MUST(read_day("2026-10-12"));
    using licences::Shown;
    held.face = {{"spouse_name", "配偶", "王志强", Shown::masked_name, "Spouse"},
                 {"registered_on", "登记日期", "2004-10-01", Shown::whole, ""},
                 {"address", "坐落", "白鹭村2组7号", Shown::hidden, ""},
                 {"spouse_number", "配偶证件号", "990102197903110032", Shown::masked_id_number, ""}};
    newest.licences["household_register"] = held;
    auto views = material_views(ground, {newest}, {}, {}, Language::en);
    show_licences(views, newest, Language::en);
    EXPECT_FALSE(views[1].licence);
    auto const& shown = *views[0].licence;
    EXPECT_EQ(shown.type_name, "Marriage certificate");
    EXPECT_EQ(shown.issuer, "示例区民政局") << "the pack has no English for it";
    EXPECT_EQ(shown.issued_on, "2004-10-01");
    EXPECT_FALSE(shown.valid_until);
    std::string face;
    for (auto const& row : shown.face) face += row.label + "=" + row.value + (row.masked ? "* " : " ");
    EXPECT_EQ(face, "Spouse=王*** 登记日期=2004-10-01 坐落=***** 配偶证件号=9901**********0032* ");
    EXPECT_EQ(to_text(Json(whole_licences(newest)).as_object().at("licence.household_register.spouse_name")),
              R"("王志强")");
    EXPECT_EQ(whole_licences(newest).size(), 3U);

    newest.licences["household_register"] = licences::Held{};
    show_licences(views, newest, Language::zh);
    EXPECT_TRUE(views[0].licence->face.empty()) << "of a case from before the face was kept";
    EXPECT_FALSE(views[0].licence->issued_on);
}

}  // namespace
}  // namespace tongban::cases::test
