// An application against its item, as the demonstration pack publishes it.
#include "cases/apply.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "house.h"

namespace tongban::cases::test {
namespace {

using Given = std::vector<api::MaterialGiven>;

catalog::Material const& material(Ground const& ground, std::string_view key) {
    for (auto const& one : ground.item->materials)
        if (one.key == key) return one;
    ensure(false, "the item has this material");
    return ground.item->materials.front();
}

api::TextAgreed agreed(catalog::Text const& text) {
    return {text.key, text.version, text.hash};
}

api::MaterialGiven promised(Ground const& ground, std::string const& key) {
    return {key, api::Way::promise, {}, agreed(*material(ground, key).promise)};
}

api::MaterialGiven uploaded(std::string const& key, int count) {
    std::vector<api::FileRef> files;
    for (int i = 0; i < count; ++i) files.push_back({key + std::to_string(i), {}, {}, {}, {}});
    return {key, api::Way::upload, files, {}};
}

Known known() {
    Known known;
    known.given = supplied(applicant());
    return known;
}

class Applying : public testing::Test {
protected:
    Ground ground = ground_at("2026-10-15 09:24");
    json::object answers{{"relation", "daughter"},
                         {"other_name", "李晓燕"},
                         {"other_id_number", "99010219810725024X"},
                         {"purpose", "bank"},
                         {"receiving_unit", "示例银行示例区支行"},
                         {"contact_phone", "19900000001"}};
    Given given{promised(ground, "commitment"), uploaded("household_register", 2),
                promised(ground, "birth_certificate")};

    Checked wholly() { return check_wholly(ground, known(), answers, given); }
    Checked partly() { return check_partly(ground, known(), answers, given); }
    api::MaterialGiven& of(std::string const& key) {
        auto found =
            std::find_if(given.begin(), given.end(), [&](auto const& one) { return one.key == key; });
        ensure(found != given.end(), "it is given");
        return *found;
    }
    void leave_out(std::string const& key) {
        std::erase_if(given, [&](auto const& one) { return one.key == key; });
    }
};

/// `path code` of each thing that is wrong.
std::vector<std::string> wrongs(Checked const& checked) {
    std::vector<std::string> all;
    for (auto const& error : checked.wrong) {
        all.push_back(error.path + " " + error.code);
        EXPECT_FALSE(error.detail.empty()) << error.code << " must tell what to do";
    }
    return all;
}

std::vector<std::string> keys(Checked const& checked) {
    std::vector<std::string> all;
    for (auto const& one : checked.materials) all.push_back(one.key + " " + std::string(to_text(one.way)));
    return all;
}

using Texts = std::vector<std::string>;

TEST_F(Applying, WhatIsWholeIsReadyInTheOrderOfTheItem) {
    std::reverse(given.begin(), given.end());
    auto checked = wholly();
    EXPECT_EQ(wrongs(checked), Texts{});
    EXPECT_EQ(keys(checked), (Texts{"id_card waived", "commitment promise", "household_register upload",
                                    "birth_certificate promise"}));
    EXPECT_EQ(checked.answers.at("applicant_name").as_string(), "周桂兰");
    EXPECT_EQ(checked.answers.at("applicant_id_number").as_string(), "990102195603120029");
}

TEST_F(Applying, LockedFieldsAreTheServersWhateverIsSent) {
    answers["applicant_name"] = "欧阳明";
    answers["applicant_id_number"] = "990121196604040112";
    for (auto const& checked : {wholly(), partly()}) {
        EXPECT_EQ(wrongs(checked), Texts{});
        EXPECT_EQ(json::serialize(checked.answers).find("990121196604040112"), std::string::npos);
        EXPECT_EQ(json::serialize(checked.answers).find("欧阳明"), std::string::npos);
    }
    EXPECT_EQ(wholly().answers.at("applicant_name").as_string(), "周桂兰");
}

TEST_F(Applying, TheRelationDecidesWhichPaperIsAsked) {
    answers["relation"] = "spouse";
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/marriage_certificate material_is_missing"});
    given.push_back(promised(ground, "marriage_certificate"));
    auto checked = wholly();
    EXPECT_EQ(wrongs(checked), Texts{});
    EXPECT_EQ(keys(checked), (Texts{"id_card waived", "commitment promise", "household_register upload",
                                    "marriage_certificate promise"}))
        << "what is not asked of a spouse is left out";
}

TEST_F(Applying, EveryRelationOfParentAndChildAsksForTheBirthCertificate) {
    leave_out("birth_certificate");
    for (auto const* relation : {"father", "mother", "son", "daughter"}) {
        answers["relation"] = relation;
        EXPECT_EQ(wrongs(wholly()), Texts{"/materials/birth_certificate material_is_missing"}) << relation;
    }
    for (auto const* relation : {"sibling", "grandparent", "grandchild"}) {
        answers["relation"] = relation;
        EXPECT_EQ(wrongs(wholly()), Texts{}) << relation;
    }
}

TEST_F(Applying, WhatIsNotRequiredMayBeLeftOut) {
    answers["relation"] = "other";
    answers["relation_note"] = "叔侄";
    EXPECT_EQ(wrongs(wholly()), Texts{});
    given.push_back(uploaded("other_paper", 1));
    auto checked = wholly();
    EXPECT_EQ(wrongs(checked), Texts{});
    EXPECT_EQ(keys(checked).back(), "other_paper upload");
}

TEST_F(Applying, AllThatIsMissingIsSaidAtOnce) {
    given.clear();
    answers.erase("receiving_unit");
    EXPECT_EQ(wrongs(wholly()),
              (Texts{"/answers/receiving_unit field_is_missing", "/materials/commitment material_is_missing",
                     "/materials/household_register material_is_missing",
                     "/materials/birth_certificate material_is_missing"}));
}

TEST_F(Applying, AMaterialThatNobodyAskedForIsUnknown) {
    given.push_back(uploaded("diploma", 1));
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/diploma material_is_unknown"});
    EXPECT_EQ(wrongs(partly()), Texts{"/materials/diploma material_is_unknown"});
}

TEST_F(Applying, AMaterialIsGivenOnce) {
    given.push_back(promised(ground, "household_register"));
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/household_register material_is_unknown"});
    EXPECT_EQ(wrongs(partly()), Texts{"/materials/household_register material_is_unknown"});
}

TEST_F(Applying, AWayThatTheItemDoesNotOfferIsSaidOnce) {
    of("commitment") = uploaded("commitment", 0);
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/commitment material_way_is_not_offered"});
    EXPECT_EQ(wrongs(partly()), Texts{"/materials/commitment material_way_is_not_offered"});
    of("commitment") = {"commitment", api::Way::waived, {}, {}};
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/commitment material_way_is_not_offered"})
        << "nobody waives for himself";
}

TEST_F(Applying, WaivedPapersStayWaivedWhateverIsSent) {
    given.push_back({"id_card", api::Way::waived, {}, {}});
    EXPECT_EQ(wrongs(wholly()), Texts{});
    EXPECT_EQ(keys(wholly()).front(), "id_card waived");
    EXPECT_EQ(wholly().materials.size(), 4U);
}

TEST_F(Applying, UploadsHaveAFileAndNotTooMany) {
    of("household_register") = uploaded("household_register", 6);
    EXPECT_EQ(wrongs(wholly()), Texts{});
    of("household_register") = uploaded("household_register", 7);
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/household_register material_has_too_many_files"});
    EXPECT_EQ(wrongs(partly()), Texts{"/materials/household_register material_has_too_many_files"});
    of("household_register") = uploaded("household_register", 0);
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/household_register material_has_no_file"});
    EXPECT_EQ(wrongs(partly()), Texts{}) << "a draft may wait for its papers";
    of("household_register").files.reset();
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/household_register material_has_no_file"});
}

TEST_F(Applying, APromiseIsToThePresentTextWhole) {
    auto const right = *of("commitment").promise;
    for (auto const& other : {api::TextAgreed{"household_register", right.version, right.hash},
                              api::TextAgreed{right.key, "2025-01", right.hash},
                              api::TextAgreed{right.key, right.version, std::string(64, '0')}}) {
        of("commitment").promise = other;
        EXPECT_EQ(wrongs(wholly()), Texts{"/materials/commitment text_is_not_the_present_version"});
        EXPECT_EQ(wrongs(partly()), Texts{"/materials/commitment text_is_not_the_present_version"});
    }
    of("commitment").promise.reset();
    EXPECT_EQ(wrongs(wholly()), Texts{"/materials/commitment text_is_not_agreed_to"});
    EXPECT_EQ(wrongs(partly()), Texts{}) << "a draft may wait for the promise";
}

TEST_F(Applying, NoticeAndDeclarationAreChecked) {
    auto const& notice = ground.item->notice;
    EXPECT_FALSE(check_text(agreed(notice), notice, "/notice").has_value());
    EXPECT_EQ(check_text(std::nullopt, notice, "/notice")->code, "text_is_not_agreed_to");
    EXPECT_EQ(check_text(agreed(ground.item->declaration), notice, "/notice")->code,
              "text_is_not_the_present_version");
    EXPECT_EQ(check_text(std::nullopt, notice, "/notice")->path, "/notice");
}

TEST_F(Applying, ADraftMayBeHalfFilledButNotStrange) {
    answers = {{"relation", "daughter"}};
    given.clear();
    EXPECT_EQ(wrongs(partly()), Texts{});
    answers["shoe_size"] = "43";
    EXPECT_EQ(wrongs(partly()).size(), 1U);
    answers.erase("shoe_size");
    answers["relation"] = 7;
    EXPECT_EQ(wrongs(partly()).size(), 1U);
}

TEST_F(Applying, WhatDoesNotBelongToTheWayIsDropped) {
    of("birth_certificate").files = uploaded("x", 1).files;
    of("household_register").promise = agreed(*material(ground, "household_register").promise);
    for (auto const& checked : {wholly(), partly()})
        for (auto const& one : checked.materials) {
            EXPECT_TRUE(one.way == api::Way::upload || !one.files) << one.key;
            EXPECT_TRUE(one.way == api::Way::promise || !one.promise) << one.key;
        }
    EXPECT_EQ(files_of(wholly().materials),
              (std::vector<FileId>{{"household_register0"}, {"household_register1"}}));
}

TEST_F(Applying, CheckingWhatWasCheckedChangesNothing) {
    auto first = wholly();
    auto again = check_wholly(ground, known(), first.answers, first.materials);
    EXPECT_EQ(wrongs(again), Texts{});
    EXPECT_EQ(again.answers, first.answers);
    EXPECT_TRUE(again.materials == first.materials);
}

TEST_F(Applying, TheServerKnowsBirthAndAddress) {
    auto given_of = supplied(applicant());
    EXPECT_EQ(given_of.at("applicant.birth").as_string(), "1956-03-12");
    EXPECT_EQ(given_of.at("applicant.real_name_level").as_int64(), 2);
    auto nameless = applicant();
    nameless.id_number.clear();
    EXPECT_FALSE(supplied(nameless).contains("applicant.birth"));
}

}  // namespace
}  // namespace tongban::cases::test
