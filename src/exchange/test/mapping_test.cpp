#include "exchange/mapping.h"

#include <gtest/gtest.h>

using namespace tongban;
using namespace tongban::exchange;

namespace {
FieldMap at(std::string key, std::string place, FieldType type = FieldType::string) {
    FieldMap map;
    map.key = std::move(key);
    map.at = std::move(place);
    map.type = type;
    return map;
}

Endpoint json_endpoint() {
    Endpoint endpoint;
    auto& answer = endpoint.answer;
    answer.found = Condition{{}, "/code", {"0"}};
    answer.none = Condition{{}, "/code", {"1"}};
    answer.refused = Condition{{}, "/code", {"9"}};
    answer.records = "/data";
    answer.same = {{"id_number", "/no"}};
    auto sex = at("sex", "/sex");
    sex.values = {{"1", "男"}, {"2", "女"}};
    auto born = at("birth_date", "/born", FieldType::date);
    born.date = "yyyyMMdd";
    auto names = at("names", "/members", FieldType::list);
    names.gather = Gather::list;
    names.each = "/name";
    answer.fields = {sex, born, at("alive", "/alive", FieldType::boolean),
                     at("base", "/base", FieldType::number), names};
    return endpoint;
}

Endpoint xml_endpoint() {
    Endpoint endpoint;
    auto& answer = endpoint.answer;
    answer.format = Format::xml;
    answer.found = Condition{{}, "//Result/@code", {"00"}};
    answer.none = Condition{{}, "//Result/@code", {"01"}};
    answer.records = "//Person";
    answer.same = {{"id_number", "No"}};
    auto minors = at("minors", "Members/Member[@wcn='1']/No", FieldType::list);
    minors.gather = Gather::list;
    answer.fields = {at("address", "Address"), minors};
    return endpoint;
}

client::Reply reply(std::string body, int status = 200) {
    client::Reply made;
    made.status = status;
    made.body = std::move(body);
    return made;
}
json::object const asked{{"id_number", "990102195603120029"}};

Mapped map_json(std::string const& body, int status = 200) {
    return map_reply(json_endpoint(), asked, reply(body, status));
}
Mapped map_xml(std::string const& body) {
    return map_reply(xml_endpoint(), asked, reply(body));
}
std::string verdict(Mapped const& mapped) {
    return std::string(to_text(mapped.outcome)) + (mapped.why.empty() ? "" : " " + mapped.why);
}
std::string person(std::string const& more) {
    return R"({"code":"0","data":{"no":"990102195603120029")" + more + "}}";
}
}  // namespace

TEST(mapping, a_record_is_said_in_our_words) {
    auto mapped = map_json(person(
        R"(,"sex":2,"born":"19560312","alive":true,"base":45210.35,"members":[{"name":"周桂兰"},{"name":"李晓燕"}])"));
    ASSERT_EQ(mapped.outcome, Outcome::found) << mapped.why;
    EXPECT_EQ(mapped.count, 1);
    EXPECT_EQ(to_text(Json(mapped.fields)),
              R"({"sex":"女","birth_date":{"$date":"1956-03-12"},"alive":true,"base":{"$number":"45210.35"},)"
              R"("names":["周桂兰","李晓燕"]})");
}

TEST(mapping, what_is_not_said_is_not_there_but_a_list_may_be_empty) {
    auto mapped = map_json(person(R"(,"sex":null,"born":"","base":6800.00)"));
    EXPECT_EQ(to_text(Json(mapped.fields)), R"({"base":6800,"names":[]})");
}

TEST(mapping, every_answer_has_an_outcome_with_a_name) {
    EXPECT_EQ(verdict(map_json(R"({"code":"1"})")), "none");
    EXPECT_EQ(verdict(map_json(R"({"code":1})")), "none") << "a number says it as well";
    EXPECT_EQ(verdict(map_json(R"({"code":"9"})")), "refused source_refuses_us");
    EXPECT_EQ(verdict(map_json(R"({"code":"7"})")), "wrong answer_is_neither");
    EXPECT_EQ(verdict(map_json("{}")), "wrong answer_is_neither");
    EXPECT_EQ(verdict(map_json(R"({"code":"0"})")), "wrong answer_has_no_record");
    EXPECT_EQ(verdict(map_json("<html>")), "wrong answer_cannot_be_read");
    EXPECT_EQ(verdict(map_json("")), "wrong answer_cannot_be_read");
    EXPECT_EQ(verdict(map_json(person("") + person(""))), "wrong answer_cannot_be_read") << "said twice";
    EXPECT_EQ(verdict(map_json(std::string(100'000, '['))), "wrong answer_cannot_be_read");
    EXPECT_EQ(verdict(map_json(R"({"code":"0","data":{"no":"990102199011020460"}})")),
              "wrong answer_is_about_somebody_else");
    EXPECT_EQ(verdict(map_json(R"({"code":"0","data":{"sex":"1"}})")), "wrong answer_is_about_somebody_else");
    EXPECT_EQ(verdict(map_json(person(R"(,"sex":"5")"))), "wrong answer_has_a_wrong_value");
    EXPECT_EQ(map_json(person(R"(,"sex":"5")")).field, "sex");
    EXPECT_EQ(verdict(map_json(person(R"(,"born":"1956-03-12")"))), "wrong answer_has_a_wrong_value");
    EXPECT_EQ(verdict(map_json(person(R"(,"born":"19560231")"))), "wrong answer_has_a_wrong_value");
    EXPECT_EQ(verdict(map_json(person(R"(,"base":"a lot")"))), "wrong answer_has_a_wrong_value");
    EXPECT_EQ(verdict(map_json(person(R"(,"alive":"perhaps")"))), "wrong answer_has_a_wrong_value");
    EXPECT_EQ(verdict(map_json(person(R"(,"sex":{"deep":1})"))), "wrong answer_has_a_wrong_value");
    auto several =
        map_json(R"({"code":"0","data":[{"no":"990102195603120029"},{"no":"990102195603120029"}]})");
    EXPECT_EQ(verdict(several), "several");
    EXPECT_EQ(several.count, 2);
    EXPECT_TRUE(several.fields.empty());
}

TEST(mapping, a_status_speaks_for_itself) {
    EXPECT_EQ(verdict(map_json("{}", 401)), "refused source_refuses_us");
    EXPECT_EQ(verdict(map_json("{}", 403)), "refused source_refuses_us");
    EXPECT_EQ(verdict(map_json("{}", 429)), "down source_has_an_error");
    EXPECT_EQ(verdict(map_json(person(""), 503)), "down source_has_an_error");
    EXPECT_EQ(verdict(map_json("", 302)), "wrong source_points_elsewhere");
    EXPECT_EQ(verdict(map_json("no such page", 404)), "wrong question_is_not_understood");
    EXPECT_EQ(verdict(map_json(R"({"code":"1"})", 404)), "none");
    auto by_status = json_endpoint();
    by_status.answer.none = Condition{404, {}, {}};
    EXPECT_EQ(verdict(map_reply(by_status, asked, reply("nothing", 404))), "none");
    by_status.answer.found.reset();
    EXPECT_EQ(verdict(map_reply(by_status, asked, reply("{}", 400))), "wrong question_is_not_understood");
}

TEST(mapping, a_failure_of_the_line_is_named) {
    auto failed = [](std::string failure) {
        client::Reply none;
        none.failure = std::move(failure);
        return verdict(map_reply(json_endpoint(), asked, none));
    };
    EXPECT_EQ(failed("timed_out"), "late answer_is_late");
    EXPECT_EQ(failed("no_connection"), "down source_is_not_reachable");
    EXPECT_EQ(failed("too_large"), "wrong answer_is_too_large");
    EXPECT_EQ(failed("broken_answer"), "wrong answer_is_broken");
    client::Reply none;
    none.failure = "no_connection";
    EXPECT_TRUE(may_be_tried_again(none));
    EXPECT_TRUE(may_be_tried_again(reply("", 502)));
    EXPECT_FALSE(may_be_tried_again(reply("", 404)));
}

TEST(mapping, xml_is_read_by_path) {
    auto mapped = map_xml(
        "<R><Result code=\"00\"/><Person><No>990102195603120029</No><Address> 示例路26号 </Address><Members>"
        "<Member wcn='0'><No>1</No></Member><Member wcn='1'><No>2</No></Member></Members></Person></R>");
    ASSERT_EQ(mapped.outcome, Outcome::found) << mapped.why;
    EXPECT_EQ(to_text(Json(mapped.fields)), R"({"address":"示例路26号","minors":["2"]})");
    EXPECT_EQ(verdict(map_xml("<R><Result code='01'/></R>")), "none");
    EXPECT_EQ(verdict(map_xml("<R><Result code='00'/></R>")), "wrong answer_has_no_record");
    EXPECT_EQ(verdict(map_xml("<R><Result code='00'/><Person><No>1</No></Person></R>")),
              "wrong answer_is_about_somebody_else");
}

TEST(mapping, xml_with_namespaces_and_other_encodings_is_read) {
    auto endpoint = xml_endpoint();
    endpoint.answer.namespaces = {{"p", "urn:police"}};
    endpoint.answer.records = "//p:Person";
    endpoint.answer.same.clear();
    endpoint.answer.fields = {at("address", "p:Address")};
    auto mapped =
        map_reply(endpoint, asked,
                  reply("<R xmlns:x='urn:police'><Result code='00'/><x:Person><x:Address>a</x:Address>"
                        "</x:Person></R>"));
    EXPECT_EQ(to_text(Json(mapped.fields)), R"({"address":"a"})") << mapped.why;
    // 张 in GB 18030
    mapped = map_xml(
        "<?xml version='1.0' encoding='GB18030'?><R><Result code='00'/><Person><No>990102195603120029"
        "</No><Address>\xD5\xC5</Address></Person></R>");
    EXPECT_EQ(mapped.fields.at("address").as_string(), "张");
}

TEST(mapping, an_xml_bomb_or_a_pointer_to_a_file_is_not_opened) {
    std::string bomb = "<?xml version='1.0'?><!DOCTYPE R [<!ENTITY a 'aaaaaaaaaa'>";
    for (char c = 'b'; c < 'n'; ++c) {
        std::string before(10, ' ');
        std::string inner;
        for (int i = 0; i < 10; ++i) inner += std::string("&") + static_cast<char>(c - 1) + ";";
        bomb += std::string("<!ENTITY ") + c + " '" + inner + "'>";
    }
    bomb += "]><R><Result code='00'/><Person><No>990102195603120029</No><Address>&m;</Address></Person></R>";
    EXPECT_EQ(verdict(map_xml(bomb)), "wrong answer_cannot_be_read");
    EXPECT_EQ(
        verdict(map_xml("<!DOCTYPE R [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><R><Result code='00'/><Person>"
                        "<No>990102195603120029</No><Address>&f;</Address></Person></R>")),
        "wrong answer_cannot_be_read");
    EXPECT_EQ(verdict(map_xml("<!DOCTYPE R SYSTEM 'http://127.0.0.1:1/x.dtd'><R/>")),
              "wrong answer_cannot_be_read");
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_EQ(verdict(map_xml(deep)), "wrong answer_cannot_be_read");
    EXPECT_EQ(verdict(map_xml("<R><Result code='00'/>")), "wrong answer_cannot_be_read");
    EXPECT_EQ(verdict(map_xml(std::string("<R>\0</R>", 8))), "wrong answer_cannot_be_read");
}

TEST(mapping, things_are_listed_and_counted) {
    auto endpoint = json_endpoint();
    auto& answer = endpoint.answer;
    answer.many = true;
    answer.none.reset();
    auto numbers = at("certificate_nos", "/cert", FieldType::list);
    numbers.gather = Gather::list;
    FieldMap count;
    count.key = "count";
    count.type = FieldType::number;
    count.gather = Gather::count;
    answer.fields = {count, numbers};
    auto mapped = map_reply(
        endpoint, asked,
        reply(
            R"({"code":0,"data":[{"no":"990102195603120029","cert":"A1"},{"no":"990102195603120029","cert":"A2"}]})"));
    EXPECT_EQ(to_text(Json(mapped.fields)), R"({"count":2,"certificate_nos":["A1","A2"]})") << mapped.why;
    EXPECT_EQ(mapped.count, 2);
    EXPECT_EQ(verdict(map_reply(endpoint, asked, reply(R"({"code":0,"data":[]})"))), "none");
    answer.fields = {at("count", "/total", FieldType::number)};
    mapped = map_reply(endpoint, asked, reply(R"({"code":0,"data":{"no":"990102195603120029","total":3}})"));
    EXPECT_EQ(mapped.count, 3) << "as the source counts";
}

TEST(mapping, the_source_may_say_how_old_its_data_is) {
    auto endpoint = json_endpoint();
    endpoint.answer.data_at = "/as_of";
    endpoint.answer.data_at_date = "yyyy-MM-dd HH:mm:ss";
    auto mapped =
        map_reply(endpoint, asked,
                  reply(R"({"code":0,"as_of":"2026-10-14 23:30:00","data":{"no":"990102195603120029"}})"));
    ASSERT_TRUE(mapped.data_at);
    EXPECT_EQ(to_text(*mapped.data_at), "2026-10-14T23:30:00+08:00");
}

TEST(moments, are_read_as_the_pattern_has_them) {
    auto day = [](std::string_view text, std::string_view pattern) {
        auto at = read_moment(text, pattern);
        return at ? to_text(*at).substr(0, 16) : std::string("none");
    };
    EXPECT_EQ(day("19560312", "yyyyMMdd"), "1956-03-12T00:00");
    EXPECT_EQ(day("2006年05月18日", "yyyy年MM月dd日"), "2006-05-18T00:00");
    EXPECT_EQ(day("2026-10-14T23:30:05.123", "yyyy-MM-dd'T'HH:mm"), "2026-10-14T23:30");
    EXPECT_EQ(day("2026/2/1", "yyyy/MM/dd"), "none");
    EXPECT_EQ(day("20260230", "yyyyMMdd"), "none");
    EXPECT_EQ(day("", "yyyyMMdd"), "none");
    EXPECT_TRUE(is_date_pattern("yyyy.MM.dd"));
    EXPECT_FALSE(is_date_pattern("yyyy-MM"));
    EXPECT_FALSE(is_date_pattern("yy-MM-dd"));
    EXPECT_FALSE(is_date_pattern("yyyy-MM-dd'T"));
}

TEST(csv, is_read_with_quotes_and_a_byte_order_mark) {
    auto lines =
        read_csv("\xEF\xBB\xBF身份证号,学校\r\n1,\"第一,小学\"\r\n2,\"他说\"\"好\"\"\"\r\n3\r\n4,末行");
    ASSERT_EQ(lines.size(), 5U);
    EXPECT_EQ(lines[0][0], "身份证号");
    EXPECT_EQ(lines[1][1], "第一,小学");
    EXPECT_EQ(lines[2][1], "他说\"好\"");
    EXPECT_TRUE(lines[3].empty()) << "a line of another length is no line";
    EXPECT_EQ(lines[4][1], "末行");
    EXPECT_TRUE(read_csv("").empty());
}
