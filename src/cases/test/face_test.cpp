// What the licence will say, from the item's mapping over the answers; and the names of states.
#include <gtest/gtest.h>

#include "cases/follow.h"
#include "cases/known.h"
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
    EXPECT_EQ(face_value(application, "relation"), "父（母）女");
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

TEST(Face, OfEveryRelationIsTheTieOfTwo) {
    std::pair<char const*, char const*> const ties[] = {
        {"spouse", "夫妻"},      {"father", "父子（女）"}, {"mother", "母子（女）"}, {"son", "父（母）子"},
        {"sibling", "兄弟姐妹"}, {"grandparent", "祖孙"},  {"grandchild", "祖孙"}};
    for (auto const& [relation, tie] : ties)
        EXPECT_EQ(face_value(kinship_with({{"relation", relation}}), "relation"), tie);
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

}  // namespace
}  // namespace tongban::cases::test
