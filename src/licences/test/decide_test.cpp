#include "licences/decide.h"

#include <gtest/gtest.h>

using namespace tongban;
using namespace tongban::licences;

namespace {
Day day(char const* text) {
    return MUST(read_day(text));
}

Licence sample() {
    Licence licence;
    licence.issuer = BodyId{"body"};
    licence.stage = Stage::made;
    licence.valid_until = day("2027-04-15");
    licence.version = 3;
    return licence;
}

Actor keeper(std::string body) {
    Actor actor;
    actor.kind = ActorKind::staff;
    actor.body = BodyId{std::move(body)};
    return actor;
}
}  // namespace

TEST(valid_until, is_the_same_day_some_months_later) {
    EXPECT_EQ(valid_until(day("2026-10-15"), 6), day("2027-04-15"));
    EXPECT_EQ(valid_until(day("2026-08-31"), 6), day("2027-02-28")) << "or the last day of a shorter month";
    EXPECT_EQ(valid_until(day("2024-02-29"), 12), day("2025-02-28"));
    EXPECT_EQ(valid_until(day("2026-10-15"), 0), std::nullopt);
}

TEST(state_of, a_licence_holds_on_its_last_day) {
    EXPECT_EQ(state_of(sample(), day("2027-04-15")), State::valid);
    EXPECT_EQ(state_of(sample(), day("2027-04-16")), State::expired);
    auto gone = sample();
    gone.stage = Stage::revoked;
    EXPECT_EQ(state_of(gone, day("2027-04-16")), State::revoked);
}

TEST(number, counts_per_body_and_year) {
    Type type;
    type.number = "{sign}证〔{year}〕{n}号";
    EXPECT_EQ(number_series(type, "示街", 2026), "示街证〔2026〕{n}号");
    EXPECT_EQ(number_of("示街证〔2026〕{n}号", 17), "示街证〔2026〕17号");
}

TEST(normal_number, forgives_what_keyboards_do) {
    for (auto const* typed : {"示街证〔2026〕1号", " 示街证[2026]1号 ", "示街证（２０２６）１号",
                              "示街证 (2026) 1 号", "示街证【2026】1号"})
        EXPECT_EQ(normal_number(typed), "示街证〔2026〕1号") << typed;
    EXPECT_EQ(normal_code("ab2c-9x yz"), "AB2C9XYZ");
    EXPECT_EQ(normal_code("\xff"), "");
}

TEST(face, follows_the_type_and_leaves_out_what_is_empty) {
    Type type;
    type.face = {{"relation", "关系", Shown::whole},
                 {"purpose", "用途", Shown::hidden},
                 {"name", "姓名", Shown::masked_name}};
    auto face = face_of(
        type, {{"name", "", "周桂兰"}, {"purpose", "", ""}, {"relation", "", "母女"}, {"x", "", "y"}});
    ASSERT_EQ(face.size(), 2U);
    EXPECT_EQ(face[0].label, "关系");
    EXPECT_EQ(face[1].label, "姓名");
    EXPECT_EQ(face[1].shown, Shown::masked_name);
}

TEST(shown_value, tells_each_viewer_what_is_theirs_to_see) {
    FaceRow name{"n", "姓名", "周桂兰", Shown::masked_name},
        number{"i", "证件号", "990102195603120029", Shown::masked_id_number};
    FaceRow hidden{"h", "接收单位", "示例银行", Shown::hidden};
    EXPECT_EQ(shown_value(name, Viewer::holder), "周桂兰");
    EXPECT_EQ(shown_value(name, Viewer::stranger), "周**");
    EXPECT_EQ(shown_value(number, Viewer::holder), "9901**********0029");
    EXPECT_EQ(shown_value(hidden, Viewer::holder), "示例银行");
    EXPECT_EQ(shown_value(hidden, Viewer::staff), std::nullopt);
    EXPECT_EQ(shown_value(hidden, Viewer::stranger), std::nullopt);
}

TEST(judge_revocation, is_the_issuers_and_once) {
    EXPECT_TRUE(judge_revocation(sample(), keeper("body"), 3).ok());
    EXPECT_TRUE(judge_revocation(sample(), Actor::system("cases"), 3).ok());
    EXPECT_EQ(judge_revocation(sample(), keeper("other"), 3).error().code, "licence_is_of_another_body");
    EXPECT_EQ(judge_revocation(sample(), keeper("body"), 2).error().code, "licence_changed_meanwhile");
    auto gone = sample();
    gone.stage = Stage::revoked;
    EXPECT_EQ(judge_revocation(gone, keeper("body"), 3).error().code, "licence_already_revoked");
}

TEST(judge_file, by_bytes_first_then_by_seal) {
    EXPECT_EQ(judge_file({.bytes_match = true}), FileVerdict::same);
    EXPECT_EQ(judge_file({.bytes_match = true, .is_the_asked = false}), FileVerdict::other_licence);
    EXPECT_EQ(judge_file({.sealed_by_us = true, .genuine = true}), FileVerdict::other_licence);
    EXPECT_EQ(judge_file({.sealed_by_us = true}), FileVerdict::altered);
    EXPECT_EQ(judge_file({.bears_our_number = true}), FileVerdict::altered);
    EXPECT_EQ(judge_file({}), FileVerdict::not_ours);
}
