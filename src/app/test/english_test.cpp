// A case from the guide to the licence, told in English: whatever a resident, a clerk and a reviewer are
// shown has no Chinese left in it but what is named here.
#include <algorithm>

#include "world.h"

namespace tongban::app {

namespace {

constexpr auto typed = "Bank of the example";
constexpr auto typed_by_staff = "All papers are there and agree.";

/// What stays Chinese at these places, and why.
constexpr std::string_view places[] = {
    "/address",       // a place is found, and a taxi told, by its Chinese address
    "/number",        // of a letter or licence, as it is printed
    "/face/*/value",  // as printed on the licence
    "/basis",
    "/basis_text",
    "/bases/*",                   // titles of laws
    "/phrases/*",                 // what staff may put into a letter: letters are Chinese
    "/right_bodies/*",            //
    "/gap_targets/*/remedies/*",  //
    "/acts/*/why_not",            // `why_code` stands beside it; the browser has the words
    "/choices/*/value",           // what is kept; its label has English
    "/x-en/hint",                 // an example of what to write, which is Chinese
};

/// Names of people and what is cited, wherever they stand.
constexpr std::string_view names[] = {"周桂兰",           "周**",   "李晓燕", "李**",   "林静",
                                      "赵一禾",           "沈秋石", "韩立夏", "丁若水", "民发〔2020〕20号",
                                      "示街证〔2026〕1号"};

bool is_chinese(char32_t c) {
    return (c >= 0x3000 && c <= 0x303F) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF);
}

bool has_chinese(std::string text) {
    for (auto name : names)
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
            text.erase(at, name.size());
    auto points = to_code_points(text);
    return std::any_of(points.begin(), points.end(), is_chinese);
}

/// What has its English beside it, for the browser to choose: `x-en`, or a member of that name and `_en`.
bool has_english_beside(json::object const& object, std::string const& member) {
    auto const* english = object.if_contains("x-en");
    if (english != nullptr && english->is_object() && english->get_object().contains(member)) return true;
    return object.contains(member + "_en");
}

void walk(Json const& value, std::string const& path, std::vector<std::string>& left) {
    if (value.is_array())
        for (auto const& each : value.get_array()) walk(each, path + "/*", left);
    if (value.is_object())
        for (auto const& [key, each] : value.get_object())
            if (!has_english_beside(value.get_object(), std::string(key)))
                walk(each, path + "/" + std::string(key), left);
    if (!value.is_string()) return;
    bool named = std::any_of(std::begin(places), std::end(places),
                             [&](std::string_view place) { return path.ends_with(place); });
    std::string text(value.get_string());
    if (!named && has_chinese(text)) left.push_back(path + ": " + text);
}

class English : public HouseTest {
protected:
    static kit::Headers header() { return {{"Accept-Language", "en-GB"}}; }

    static kit::Answer looked_at(std::string const& what, kit::Answer answer) {
        EXPECT_LT(answer.status, 300) << what << answer;
        std::vector<std::string> left;
        walk(answer.json, "", left);
        for (auto const& each : left) ADD_FAILURE() << what << " is told in Chinese: " << each;
        return answer;
    }
    kit::Answer read(std::string const& who, std::string const& url) {
        return looked_at(url, world.as(who).get(url, header()));
    }
    kit::Answer write(std::string const& who, std::string const& url, json::object body) {
        return looked_at(url, world.as(who).post(url, std::move(body), header()));
    }
    kit::Answer act(std::string const& who, std::string const& case_no, std::string const& verb,
                    json::object body = {}) {
        auto const url = "/api/cases/desk/cases/" + case_no;
        body["version"] = read(who, url).integer("/version");
        return write(who, url + "/" + verb, std::move(body));
    }

    std::string file() {
        auto opened = write(zhou, "/api/cases/drafts", {{"item", item_code}, {"region", street}});
        auto answers = world.good_answers();
        answers["receiving_unit"] = typed;
        auto const url = "/api/cases/drafts/" + opened.text("/id");
        auto saving =
            world.saving(opened.integer("/version"), answers, world.good_materials(World::Papers::promised));
        auto saved = looked_at(url, world.resident().put(url, saving, header()));
        read(zhou, "/api/cases/drafts");
        auto receipt =
            write(zhou, url + "/submission",
                  {{"version", saved.integer("/version")}, {"declaration", world.agreed("/declaration")}});
        world.pump();
        return receipt.text("/case_no");
    }
};
INSTANTIATE_TEST_SUITE_P(all, English, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(English, is_what_the_places_and_the_guide_are_told_in) {
    for (auto const* url : {"/api/org/site", "/api/org/regions", "/api/org/halls", "/api/catalog/home",
                            "/api/catalog/search?q=qsgx", "/api/identity/me"})
        read(zhou, url);
    for (auto const* item :
         {"992080005001", "992015001001", "992014001001", "990709001001", "990131003001"}) {
        auto const url = std::string("/api/catalog/items/") + item;
        read(zhou, url + "?region=" + street);
        read(zhou, url + "/application");
    }
    auto hall = read(zhou, "/api/org/halls?region=" + std::string(street));
    EXPECT_EQ(hall.text("/halls/0/name"), "Example Subdistrict Service Hall");
    EXPECT_EQ(hall.text("/halls/0/region_name"), "Example Subdistrict, Example District, Example City");
    EXPECT_EQ(hall.text("/halls/0/phone"), "12345 ext. 2101");
    auto chinese = world.resident().get("/api/org/halls?region=" + std::string(street));
    EXPECT_EQ(chinese.text("/halls/0/region_name"), "示例市示例区示例街道");
    EXPECT_EQ(chinese.text("/halls/0/phone"), "12345转2101");
}

TEST_P(English, is_what_a_whole_case_is_told_in_to_the_resident_and_to_staff) {
    auto case_no = file();
    auto const mine = "/api/cases/mine/" + case_no, desk = "/api/cases/desk/cases/" + case_no;
    read(zhou, mine + "/receipt");
    EXPECT_EQ(read(zhou, mine).text("/contact/body_name"), "Example Subdistrict");
    read(zhou, "/api/cases/mine");
    read(clerk, "/api/identity/me");
    read(clerk, "/api/cases/desk/queues/to_accept");
    read(clerk, "/api/cases/desk/search?q=" + case_no);
    EXPECT_EQ(act(clerk, case_no, "acceptance").text("/flow/2/name"), "Review");
    read(reviewer, "/api/cases/desk/queues/to_review");
    act(reviewer, case_no, "decision", {{"verdict", "approve"}, {"opinion", typed_by_staff}});
    world.pump();
    auto seen = read(reviewer, desk);
    EXPECT_EQ(seen.text("/opinions/0/post_title"), "Review post");
    EXPECT_EQ(seen.text("/licence/name"), "Proof of kinship");
    EXPECT_EQ(read(zhou, mine).text("/licence/name"), "Proof of kinship");
    read(zhou, "/api/notify/messages?lang=en");

    auto held = read(zhou, "/api/licences/mine");
    EXPECT_EQ(held.text("/licences/0/type_name"), "Proof of kinship");
    EXPECT_EQ(held.text("/licences/0/issuer"), "Example Subdistrict Office");
    auto licence = read(zhou, "/api/licences/mine/" + held.text("/licences/0/id"));
    read(keeper, "/api/licences/desk?number=" + in_query(licence.text("/card/number")));
    write(zhou, "/api/licences/verification",
          {{"number", licence.text("/card/number")}, {"code", licence.text("/code")}});
    auto looks = read(zhou, "/api/identity/looks");
    EXPECT_NE(looks.body.find("Looking up a licence of this body by its number"), std::string::npos) << looks;
    EXPECT_NE(looks.body.find("Handling “Proof of kinship”"), std::string::npos) << looks;
    auto file = world.resident().get("/api/licences/mine/" + held.text("/licences/0/id") + "/file", header());
    EXPECT_NE(file.header("Content-Disposition").find(".pdf"), std::string::npos);
}

TEST_P(English, is_what_a_correction_an_intake_and_a_consent_are_told_in) {
    auto case_no = file();
    json::array gaps{json::object{{"key", "material:household_register"},
                                  {"problem", "The page cannot be read"},
                                  {"remedy", "Send it again"}}};
    auto asked = act(clerk, case_no, "correction", {{"gaps", gaps}});
    EXPECT_EQ(asked.text("/correction/gaps/0/label"), "Household register");
    EXPECT_EQ(read(zhou, "/api/cases/mine/" + case_no).text("/correction/gaps/0/label"),
              "Household register");
    write(clerk, "/api/cases/desk/intake",
          {{"item", item_code},
           {"region", street},
           {"method", "typed"},
           {"applicant", {{"name", zhou_name}, {"id_number", zhou_id_number}, {"phone", zhou}}}});
    read(clerk, "/api/cases/desk/intake");
    auto draft = write(zhou, "/api/cases/drafts", {{"item", "992015001001"}, {"region", street}});
    auto const* text = draft.find("/data/text");
    ASSERT_NE(text, nullptr) << draft;
    write(zhou, "/api/cases/drafts/" + draft.text("/id") + "/data",
          {{"consent",
            {{"key", text->at("key")}, {"version", text->at("version")}, {"hash", text->at("hash")}}}});
    EXPECT_EQ(read(zhou, "/api/identity/consents").text("/consents/0/item_name"), "Proof of owning no home");
    world.pump();
    read(zhou, "/api/identity/looks");
}

TEST_P(English, is_what_a_refusal_and_its_remedies_are_told_in) {
    auto case_no = file();
    act(clerk, case_no, "acceptance");
    act(reviewer, case_no, "decision",
        {{"verdict", "deny"},
         {"opinion", typed_by_staff},
         {"reason", "They are not related."},
         {"basis", "Article 38"}});
    auto seen = read(zhou, "/api/cases/mine/" + case_no);
    EXPECT_NE(seen.text("/outcome/remedies").find("People's Government of Example District"),
              std::string::npos)
        << seen;
    auto chinese = world.mine(case_no);
    EXPECT_NE(chinese.text("/outcome/remedies").find("示例市示例区人民政府"), std::string::npos) << chinese;
}

TEST_P(English, is_what_those_who_watch_over_sources_and_cases_are_told_in) {
    file();
    for (auto const* url :
         {"/api/exchange/sources", "/api/exchange/resources", "/api/exchange/sources/hh/calls",
          "/api/exchange/corrections", "/api/supervision/board", "/api/supervision/cases?list=stuck",
          "/api/supervision/cases?list=near"})
        read("qu002", url);
    EXPECT_EQ(read("qu002", "/api/exchange/resources").text("/resources/0/share"), "conditional");
    EXPECT_NE(world.as("qu002").get("/api/exchange/resources").body.find("依申请或依职责"),
              std::string::npos);
}

}  // namespace
}  // namespace tongban::app
