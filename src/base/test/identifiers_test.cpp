#include <gtest/gtest.h>

#include "base/base.h"

using namespace tongban;

namespace {
Day day(char const* text) {
    return MUST(read_day(text));
}
Day const today = day("2026-10-15");

template <class T>
std::string code_of(Result<T> const& result) {
    return result.ok() ? "ok" : result.error().code;
}
}  // namespace

TEST(id_number, valid_ones_are_read) {
    for (auto text : {"11010519491231002X", "440524188001010014", "990102196002290019", "99010319851101013X",
                      "810000189901010015", "830000189901010027"}) {
        auto read = read_id_number(text, today);
        ASSERT_TRUE(read.ok()) << text;
        EXPECT_EQ(read->text, text);
    }
    auto read = MUST(read_id_number("99010319851101013X", today));
    EXPECT_EQ(read.region.text, "990103000000");
    EXPECT_EQ(read.birth, day("1985-11-01"));
    EXPECT_EQ(read.sex, Sex::male);
    EXPECT_EQ(MUST(read_id_number("11010519491231002X", today)).sex, Sex::female);
}

TEST(id_number, is_normalised_as_people_type_it) {
    EXPECT_EQ(MUST(read_id_number(" 990103 19851101 013x ", today)).text, "99010319851101013X");
    EXPECT_EQ(MUST(read_id_number("９９０１０３１９８５１１０１０１３ｘ", today)).text, "99010319851101013X");
    EXPECT_EQ(MUST(read_id_number("990102600229001", today)).text, "990102196002290019");
}

TEST(id_number, each_fault_has_its_name) {
    EXPECT_EQ(code_of(read_id_number("110105194912310021", today)), "id_number_check_is_wrong");
    EXPECT_EQ(code_of(read_id_number("990102202302290019", today)), "id_number_has_no_such_date");
    EXPECT_EQ(code_of(read_id_number("9901021960022900", today)), "id_number_has_wrong_length");
    EXPECT_EQ(code_of(read_id_number("99010219600229001A", today)), "id_number_has_wrong_character");
    EXPECT_EQ(code_of(read_id_number("9901021960022900\xff\xff", today)), "id_number_has_wrong_length");
}

TEST(id_number, nobody_is_born_tomorrow) {
    EXPECT_TRUE(read_id_number("99010319851101013X", day("1985-11-01")).ok());
    EXPECT_EQ(code_of(read_id_number("99010319851101013X", day("1985-10-31"))), "id_number_has_no_such_date");
}

TEST(credit_code, valid_ones_are_read) {
    for (auto text : {"91350100M000100Y43", "91990102MADEM0011M", "11990102MB0DEM025U"})
        EXPECT_EQ(MUST(read_credit_code(text)), text);
    EXPECT_EQ(MUST(read_credit_code("91990102madem0011m")), "91990102MADEM0011M");
}

TEST(credit_code, each_fault_has_its_name) {
    EXPECT_EQ(code_of(read_credit_code("91350100M000100Y44")), "credit_code_check_is_wrong");
    EXPECT_EQ(code_of(read_credit_code("91350100M000I00Y43")), "credit_code_has_wrong_character");
    EXPECT_EQ(code_of(read_credit_code("91350100M000100Y4")), "credit_code_has_wrong_length");
}

TEST(credit_code, a_wrong_inner_code_is_found_behind_a_right_outer_check) {
    // MADEM0012 has the wrong inner check; the outer check below is right for it (31 - sum mod 31).
    std::string inner = "91990102MADEM0012";
    int right_outer = 0;
    for (char check : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY"))
        if (code_of(read_credit_code(inner + check)) == "ok") ++right_outer;
    EXPECT_EQ(right_outer, 0);
}

TEST(org_code, examples) {
    EXPECT_EQ(MUST(read_org_code("D2143569X")), "D2143569X");
    EXPECT_EQ(MUST(read_org_code("D2143569-X")), "D2143569X");
    EXPECT_EQ(MUST(read_org_code("MADEM0011")), "MADEM0011");
    EXPECT_EQ(code_of(read_org_code("D21435690")), "org_code_check_is_wrong");
    EXPECT_EQ(code_of(read_org_code("MADEM0012")), "org_code_check_is_wrong");
    EXPECT_EQ(code_of(read_org_code("MADEM001")), "org_code_has_wrong_length");
    EXPECT_EQ(code_of(read_org_code("MADEM00?1")), "org_code_has_wrong_character");
}

TEST(registration_number, examples) {
    EXPECT_TRUE(read_registration_number("110108000000016").ok());
    EXPECT_TRUE(read_registration_number("990102000000012").ok());
    EXPECT_EQ(code_of(read_registration_number("110108000000017")), "registration_number_check_is_wrong");
    EXPECT_EQ(code_of(read_registration_number("990102000000013")), "registration_number_check_is_wrong");
    EXPECT_EQ(code_of(read_registration_number("99010200000001")), "registration_number_has_wrong_length");
    EXPECT_EQ(code_of(read_registration_number("99010200000001A")),
              "registration_number_has_wrong_character");
}

TEST(phone, examples) {
    EXPECT_EQ(MUST(read_phone("13800138000")), "13800138000");
    EXPECT_EQ(MUST(read_phone("199 0000 0001")), "19900000001");
    EXPECT_EQ(MUST(read_phone("+86 138-0013-8000")), "13800138000");
    for (auto text : {"12345678901", "1380013800", "138001380001", "1380013800a", ""})
        EXPECT_EQ(code_of(read_phone(text)), "phone_is_not_a_mobile_number") << text;
}

TEST(bank_card, examples) {
    EXPECT_TRUE(read_bank_card("6222020000000000000").ok());
    EXPECT_EQ(MUST(read_bank_card("6217 0000 0000 0000 004")), "6217000000000000004");
    EXPECT_EQ(code_of(read_bank_card("6222020000000000001")), "bank_card_check_is_wrong");
    EXPECT_EQ(code_of(read_bank_card("6217000000000000000")), "bank_card_check_is_wrong");
    EXPECT_EQ(code_of(read_bank_card("621700000000000")), "bank_card_has_wrong_length");
    EXPECT_EQ(code_of(read_bank_card("621700000000000X")), "bank_card_has_wrong_character");
}

TEST(plate, examples) {
    EXPECT_EQ(MUST(read_plate("粤A12345")), "粤A12345");
    EXPECT_EQ(MUST(read_plate("粤a·12345")), "粤A12345");
    EXPECT_EQ(MUST(read_plate("粤AD12345")), "粤AD12345");
    EXPECT_EQ(MUST(read_plate("粤A12345D")), "粤A12345D");
    EXPECT_EQ(MUST(read_plate("粤A1234挂")), "粤A1234挂");
    for (auto text : {"粤I12345", "粤A1234", "粤A123456", "AA12345", "粤AI1234", ""})
        EXPECT_EQ(code_of(read_plate(text)), "plate_is_malformed") << text;
}

TEST(region, is_padded_to_twelve_digits) {
    EXPECT_EQ(MUST(read_region("990102")).text, "990102000000");
    EXPECT_EQ(MUST(read_region("990102001")).text, "990102001000");
    EXPECT_EQ(MUST(read_region("990102001001")).text, "990102001001");
    for (auto text : {"99010", "9901020", "99010A", "090102", ""})
        EXPECT_EQ(code_of(read_region(text)), "region_code_is_malformed") << text;
}

TEST(region, contains_what_lies_below) {
    auto contains = [](char const* outer, char const* inner) {
        return region_contains(MUST(read_region(outer)), MUST(read_region(inner)));
    };
    EXPECT_TRUE(contains("990000", "990102001001"));
    EXPECT_TRUE(contains("990100", "990102"));
    EXPECT_TRUE(contains("990102", "990102001001"));
    EXPECT_TRUE(contains("990102001", "990102001001"));
    EXPECT_TRUE(contains("990102001001", "990102001001"));
    EXPECT_FALSE(contains("990102001001", "990102001"));
    EXPECT_FALSE(contains("990102", "990103001001"));
    EXPECT_FALSE(contains("990102001", "990102002001"));
    EXPECT_FALSE(region_contains(RegionCode{}, MUST(read_region("990102"))));
}

TEST(licence_identifier, examples) {
    auto first = "1.2.156.3005.2.11990102MB0DEM025U001.11990102MB0DEM025U.DEMO2025000000000001.001.W";
    auto second = "1.2.156.3005.2.11990102MB0DEM025U002.11990102MB0DEM025U.20250115000042.002.0";
    EXPECT_EQ(MUST(read_licence_identifier(first)), first);
    EXPECT_EQ(MUST(read_licence_identifier(second)), second);
    EXPECT_EQ(
        make_licence_identifier("11990102MB0DEM025U001", "11990102MB0DEM025U", "DEMO2025000000000001", "001"),
        first);
    EXPECT_EQ(code_of(read_licence_identifier(
                  "1.2.156.3005.2.11990102MB0DEM025U001.11990102MB0DEM025U.DEMO2025000000000001.001.X")),
              "licence_identifier_check_is_wrong");
    EXPECT_EQ(code_of(read_licence_identifier(
                  "1.2.156.3005.2.11990102MB0DEM025U002.11990102MB0DEM025U.20250115000042.001.0")),
              "licence_identifier_check_is_wrong");
    EXPECT_EQ(code_of(read_licence_identifier("1.2.156.3005.2.X.Y.Z.001.W")),
              "licence_identifier_is_malformed");
    EXPECT_EQ(code_of(read_licence_identifier("")), "licence_identifier_is_malformed");
}

TEST(case_number, is_made_and_read_back) {
    auto region = MUST(read_region("990102001001"));
    auto number = make_case_number(region, day("2026-10-15"), 42);
    EXPECT_EQ(number.substr(0, 20), "99010220261015000042");
    EXPECT_EQ(MUST(read_case_number(number)), number);
    EXPECT_EQ(MUST(read_case_number(number.substr(0, 6) + " " + number.substr(6))), number);
    for (std::size_t i = 0; i < 20; ++i) {  // every single wrong digit is found
        auto wrong = number;
        wrong[i] = wrong[i] == '9' ? '8' : static_cast<char>(wrong[i] + 1);
        EXPECT_NE(code_of(read_case_number(wrong)), "ok") << wrong;
    }
    auto wrong = number;
    wrong[20] = wrong[20] == '9' ? '0' : static_cast<char>(wrong[20] + 1);
    EXPECT_EQ(code_of(read_case_number(wrong)), "case_number_check_is_wrong");
    EXPECT_EQ(code_of(read_case_number("9901022026101500004")), "case_number_is_malformed");
    EXPECT_EQ(code_of(read_case_number("990102202613150000421")), "case_number_is_malformed");
    EXPECT_THROW(make_case_number(region, day("2026-10-15"), 1'000'000), Bug);
}
