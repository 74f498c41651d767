#include <thread>

#include "licences/sql.h"
#include "licences/studio.h"
#include "world.h"

using namespace tongban;
using namespace tongban::licences;
using namespace tongban::licences::testing;

namespace {
class licences_issue : public Site {
protected:
    std::string authorities() { return MUST(licences_.authorities()); }
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, licences_issue, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(licences_issue, makes_a_numbered_sealed_file) {
    auto issued = MUST(licences_.issue(order()));
    EXPECT_EQ(issued.number, "示街证〔2026〕1号");
    EXPECT_EQ(issued.type_name, "亲属关系情况证明");
    EXPECT_EQ(MUST(read_licence_identifier(issued.identifier)), issued.identifier);
    auto pdf = file_of(issued);
    auto report = sign::verify_pdf(pdf, authorities());
    EXPECT_TRUE(report.genuine());
    EXPECT_EQ(report.signer_credit_code, street.text);
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(licences_.of_case(*reader, "case1"))->id, issued.id);
    EXPECT_EQ(MUST(licences_.of_case(*reader, "case2")), std::nullopt);
    EXPECT_EQ(count("SELECT count(*) AS n FROM licences_seal_use WHERE purpose = 'licence'"), 1);
}

TEST_P(licences_issue, the_same_order_twice_is_one_licence) {
    auto first = MUST(licences_.issue(order())), again = MUST(licences_.issue(order()));
    EXPECT_EQ(first.id, again.id);
    EXPECT_EQ(first.at, again.at);
    EXPECT_EQ(MUST(licences_.issue(order("case2"))).number, "示街证〔2026〕2号");
    EXPECT_EQ(count("SELECT count(*) AS n FROM licences_use WHERE what = 'issued'"), 2);
}

TEST_P(licences_issue, a_name_that_cannot_be_drawn_keeps_its_number_for_the_next_try) {
    auto failed = licences_.issue(order("case1", "周\xEE\x80\x80"));  // a private character, in no font
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, "character_cannot_be_drawn");
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(licences_.of_case(*reader, "case1")), std::nullopt) << "not made yet";
    reader.reset();
    EXPECT_EQ(get("zhou", "/api/licences/mine").find("/licences")->as_array().size(), 0U);
    EXPECT_EQ(MUST(licences_.issue(order("case2"))).number, "示街证〔2026〕2号");
    EXPECT_EQ(MUST(licences_.issue(order("case1", "梁䶮"))).number, "示街证〔2026〕1号") << "no gap";
}

TEST_P(licences_issue, a_new_year_begins_at_one) {
    MUST(licences_.issue(order()));
    clock_.set(kit::at("2027-01-04 10:00"));
    EXPECT_EQ(MUST(licences_.issue(order("case2"))).number, "示街证〔2027〕1号");
}

TEST_P(licences_issue, refuses_without_a_seal_or_type) {
    auto unsealed = order();
    unsealed.issuer = BodyId{"nobody"};
    EXPECT_EQ(licences_.issue(unsealed).error().code, "seal_is_missing");
    auto untyped = order();
    untyped.type = "marriage";
    EXPECT_EQ(licences_.issue(untyped).error().code, "licence_type_is_unknown");
    clock_.set(kit::at("2036-01-01 00:00"));
    EXPECT_EQ(licences_.issue(order("late")).error().code, "seal_is_missing")
        << "the certificate has run out";
}

TEST_P(licences_issue, a_preview_has_no_number_no_seal_and_no_effect) {
    auto page = MUST(licences_.preview(order()));
    EXPECT_TRUE(page.starts_with("%PDF-"));
    EXPECT_EQ(page.find("/ByteRange"), std::string::npos);
    EXPECT_EQ(count("SELECT count(*) AS n FROM licences_licence"), 0);
    EXPECT_EQ(MUST(licences_.issue(order())).number, "示街证〔2026〕1号");
}

TEST_P(licences_issue, letters_carry_the_bodys_seal_unless_previewed) {
    LetterOrder letter;
    letter.template_key = "acceptance_notice";
    letter.body = street;
    for (auto const* key :
         {"accepted_on", "applicant_id", "applicant_name", "body_name", "case_number", "case_url",
          "case_url_shown", "contact_address", "contact_phone", "date", "item_name", "letter_number",
          "promised_due", "query_code", "statutory_due", "you"})
        letter.values.text[key] = "值";
    auto sealed = MUST(licences_.letter(letter));
    EXPECT_TRUE(sign::verify_pdf(sealed, authorities()).genuine());
    EXPECT_EQ(count("SELECT count(*) AS n FROM licences_seal_use WHERE purpose = 'letter'"), 1);
    letter.seal = LetterOrder::Seal::preview;
    EXPECT_EQ(MUST(licences_.letter(letter)).find("/ByteRange"), std::string::npos);
    EXPECT_EQ(count("SELECT count(*) AS n FROM licences_seal_use"), 1);
    letter.template_key = "love_letter";
    EXPECT_EQ(licences_.letter(letter).error().code, "letter_has_no_template");
}

TEST_P(licences_issue, importing_again_keeps_seals_and_old_templates) {
    auto first = MUST(licences_.issue(order()));
    auto before = authorities();
    MUST(licences_.import(pack_));
    EXPECT_EQ(authorities(), before);
    EXPECT_EQ(count("SELECT count(*) AS n FROM licences_authority"), 1);
    EXPECT_TRUE(sign::verify_pdf(file_of(first), authorities()).genuine());
    clock_.set(kit::at("2029-10-01 09:00"));  // two weeks before the seals' certificates end
    MUST(licences_.import(pack_));
    EXPECT_TRUE(sign::verify_pdf(file_of(MUST(licences_.issue(order("case2")))), authorities()).genuine());
    EXPECT_TRUE(sign::verify_pdf(file_of(first), authorities()).genuine()) << "old files stay provable";
}

TEST_P(licences_issue, keys_and_faces_lie_sealed) {
    MUST(licences_.issue(order()));
    auto reader = MUST(store_->reader());
    for (auto const* sql :
         {"SELECT key_sealed AS s FROM licences_seal", "SELECT key_sealed AS s FROM licences_authority",
          "SELECT secrets_sealed AS s FROM licences_licence",
          "SELECT holder_sealed AS s FROM licences_licence"}) {
        for (auto const& row : MUST(reader->rows(store::Query{"test.sealed", sql, sql}))) {
            auto bytes = row.bytes("s");
            for (auto const* open : {"PRIVATE", "code", "周桂兰"})
                EXPECT_EQ(bytes.find(open), std::string::npos);
        }
    }
}

TEST_P(licences_issue, a_wrong_pack_says_where) {
    kit::TempDir copy;
    auto put = [&](std::string const& types) {
        std::filesystem::copy(
            tree_root() / "packs/demo-city/licences", copy.path() + "/licences",
            std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
        std::ofstream(copy.path() + "/licences/types.json") << types;
        auto refused = licences_.import({copy.path()});
        EXPECT_FALSE(refused.ok());
        return refused.ok() ? std::string() : refused.error().code + " " + refused.error().detail;
    };
    auto good = MUST(pack_.read("licences/types.json"));
    auto without = [&](std::string const& part, std::string const& instead) {
        auto text = good;
        text.replace(text.find(part), part.size(), instead);
        return text;
    };
    EXPECT_NE(put(without("1199010000D9010051001", "1199010000D9010052001")).find("统一社会信用代码"),
              std::string::npos);
    EXPECT_NE(put(without("{n}", "1")).find("{n}"), std::string::npos);
    EXPECT_NE(put(without("\"template\": \"kinship_proof\"", "\"template\": \"nothing\"")).find("nothing"),
              std::string::npos);
    EXPECT_NE(put(without("\"key\": \"relation\"", "\"key\": \"relatio\"")).find("{relation}"),
              std::string::npos);
    EXPECT_NE(put("{}").find("pack_file_is_wrong"), std::string::npos);
}

TEST_P(licences_issue, two_tries_at_once_make_one_licence) {
    std::vector<Result<Issued>> answers(4, Error{});
    std::vector<std::thread> tries;
    for (auto& answer : answers) tries.emplace_back([&] { answer = licences_.issue(order()); });
    for (auto& each : tries) each.join();
    for (auto const& answer : answers) {
        // Whoever came second inside hears licence_was_made_meanwhile, and takes what the first one made.
        ASSERT_TRUE(answer.ok()) << answer.error().code;
        EXPECT_EQ(answer->id, answers[0]->id);
        EXPECT_EQ(answer->number, "示街证〔2026〕1号");
    }
    EXPECT_EQ(count("SELECT count(*) AS n FROM licences_licence"), 1);
    EXPECT_EQ(MUST(licences_.issue(order("case2"))).number, "示街证〔2026〕2号");
}

TEST_P(licences_issue, refuses_without_a_template_or_a_place_for_the_seal) {
    auto change = [&](char const* sql, std::string const& name, std::string const& text) {
        auto tx = MUST(store_->begin());
        tx->write(store::Query{"test.change", sql, sql}, name, text);
        MUST(tx->commit());
    };
    change(
        "INSERT INTO licences_template (name, fingerprint, text, imported_at) VALUES ($1, 'f', $2, "
        "9999999999999)",
        "letter/plain",
        R"({"id": "plain", "title": "便条", "blocks": [{"kind": "paragraph", "text": "您好。"}]})");
    LetterOrder plain;
    plain.template_key = "plain";
    plain.body = street;
    EXPECT_EQ(licences_.letter(plain).error().code, "template_has_no_place_for_seal");
    plain.seal = LetterOrder::Seal::preview;
    EXPECT_TRUE(licences_.letter(plain).ok());
    change("DELETE FROM licences_template WHERE name = $1 AND text <> $2", "licence/kinship_proof", "");
    EXPECT_EQ(licences_.issue(order()).error().code, "licence_has_no_template");
}

TEST(studio, refuses_work_when_the_program_stops) {
    Studio studio(fonts_directory());
    EXPECT_TRUE(
        studio.run(Studio::Turn::last, [](sign::Renderer&) -> Result<Bytes> { return Bytes{"drawn"}; }).ok());
    studio.close();
    auto late = studio.run(Studio::Turn::last, [](sign::Renderer&) -> Result<Bytes> { return Bytes{}; });
    EXPECT_EQ(late.error().code, "renderer_is_closing");
}

TEST(studio, says_when_its_fonts_are_missing) {
    Studio studio("/nowhere");
    auto refused = studio.run(Studio::Turn::last, [](sign::Renderer&) -> Result<Bytes> { return Bytes{}; });
    EXPECT_EQ(refused.error().code, "fonts_are_missing");
}
