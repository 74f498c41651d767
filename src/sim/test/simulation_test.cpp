#include "sim/simulation.h"

#include <gtest/gtest.h>

#include "sim/xml.h"

namespace tongban::sim {
namespace {

constexpr auto zhou = "990102195603120029", li = "99010219810725024X", son = "990102200605180133",
               aygul = "990102199011020460", liang = "990102198801300315", siyuan = "990102199509090570",
               ming = "990121196604040112", chen = "990121197912050333", yutong = "990102200202280682",
               ma = "990121198506150552";

struct Person {
    std::string_view number, name;
};
constexpr std::array residents{Person{zhou, "周桂兰"},   Person{li, "李晓燕"},
                               Person{son, "王知远"},    Person{aygul, "阿依古丽·买买提"},
                               Person{liang, "梁䶮"},    Person{siyuan, "欧阳思远"},
                               Person{ming, "欧阳明"},   Person{chen, "陈大力"},
                               Person{yutong, "何雨桐"}, Person{ma, "马超"}};

/// The departments without sockets, asked as their connectors ask.
class Departments : public testing::Test {
protected:
    SetClock clock{ten_o_clock()};
    std::unique_ptr<Simulation> sim = opened(clock);
    http::Settings settings{};
    http::Dispatcher dispatcher{sim->routes(), sim->authenticator(), clock, settings};
    std::map<std::string, client::Signing> keys = keys_of_the_pack();
    int nonces = 0;

    static Instant ten_o_clock() { return start_of(MUST(read_day("2026-11-22"))) + std::chrono::hours(10); }
    static std::unique_ptr<Simulation> opened(Clock const& clock) {
        return MUST(Simulation::open({.pack = Pack{TONGBAN_PACK}, .people = 1500, .seed = 4}, clock));
    }
    static std::map<std::string, client::Signing> keys_of_the_pack() {
        return MUST(read_keys(Pack{TONGBAN_PACK}));
    }

    ~Departments() override { sim->stop(); }

    client::Call call(std::string const& source, std::string const& path, std::string body,
                      std::string const& type) {
        client::Call call{.method = body.empty() ? "GET" : "POST", .url = "http://sim/" + source + path};
        call.body = std::move(body);
        call.headers.emplace_back("Content-Type", type);
        return call;
    }
    void sign(client::Call& call, std::string const& source) {
        client::sign(call, keys.at(source), clock.now(), "nonce-00-" + std::to_string(++nonces));
    }
    http::Reply send(client::Call const& call) {
        http::RawRequest raw{.method = call.method,
                             .target = call.url.substr(std::string("http://sim").size())};
        raw.headers = call.headers;
        raw.headers.emplace_back("Host", "sim");
        raw.body = call.body;
        return dispatcher.handle(raw);
    }
    http::Reply ask(std::string const& source, std::string const& path, std::string body,
                    std::string const& type = "application/json") {
        auto made = call(source, path, std::move(body), type);
        sign(made, source);
        return send(made);
    }
    http::Reply form(std::string const& source, std::string const& path, std::string body) {
        return ask(source, path, std::move(body), "application/x-www-form-urlencoded");
    }
    http::Reply population(std::string_view number, std::string_view name) {
        json::object asked{{"reqParam", json::object{{"GMSFHM", number}, {"XM", name}}}};
        return ask("pop", "/api/v2/person", to_text(asked));
    }
    http::Reply household(std::string_view number) {
        return ask("hh", "/services/HouseholdService",
                   soap("QueryHousehold", "<GMSFHM>" + std::string(number) + "</GMSFHM>"), "text/xml");
    }
    http::Reply kinship(std::string_view number, std::string_view other) {
        return ask("hh", "/services/HouseholdService",
                   soap("QueryKinship", "<GMSFHM>" + std::string(number) + "</GMSFHM><DFGMSFHM>" +
                                            std::string(other) + "</DFGMSFHM>"),
                   "text/xml");
    }
    static std::string soap(std::string const& operation, std::string const& inner) {
        return R"(<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><)" +
               operation + ">" + inner + "</" + operation + "></soap:Body></soap:Envelope>";
    }
    http::Reply insurance(std::string_view number) {
        return ask("si", "/api/cbxx", to_text(json::object{{"AAC002", number}}));
    }
    http::Reply estate(std::string_view number, std::string_view name) {
        return form("re", "/bdc/query",
                    "zjh=" + std::string(number) + "&xm=" + client::percent_encoded(name));
    }
    http::Reply estate_by_number(std::string_view number) {
        return form("re", "/bdc/query-by-number", "zjh=" + std::string(number));
    }
    static Json read(http::Reply const& reply) { return MUST(read_json(reply.body)); }
    static std::string at(http::Reply const& reply, std::string_view pointer) {
        auto all = read(reply);
        boost::system::error_code none;
        auto const* value = all.find_pointer(pointer, none);
        if (value == nullptr) return "(nothing)";
        return value->is_string() ? std::string(value->as_string()) : to_text(*value);
    }
    static std::string xml(http::Reply const& reply, std::string_view path) {
        return MUST(XmlText::read(reply.body)).at(path).value_or("(nothing)");
    }
    http::Reply press(std::string const& source, json::object const& wanted) {
        auto made = call("control", "/sources/" + source, to_text(wanted), "application/json");
        return send(made);
    }
};

TEST_F(Departments, KnowEveryResident) {
    for (auto const& each : residents) {
        auto reply = population(each.number, each.name);
        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(at(reply, "/code"), "0000") << each.name;
        EXPECT_EQ(at(reply, "/data/BDJG"), "1") << each.name;
        EXPECT_EQ(at(reply, "/data/CSRQ"), each.number.substr(6, 8));
        EXPECT_EQ(at(reply, "/data/SWBS"), "0");
        EXPECT_EQ(at(insurance(each.number), "/errcode"), "0") << each.name;
        EXPECT_EQ(form("mar", "/cx/hyzt", "sfzh=" + std::string(each.number)).status, 200);
    }
    EXPECT_EQ(at(population(zhou, "李晓燕"), "/data/BDJG"), "2");
    EXPECT_EQ(at(population(zhou, "李晓燕"), "/data/XBDM"), "(nothing)");
    EXPECT_EQ(at(population("990102195603120037", "周桂兰"), "/code"), "1001");
}

TEST_F(Departments, ProveStoryAByOneHousehold) {
    auto reply = kinship(li, son);
    EXPECT_EQ(xml(reply, "//Result/@code"), "00");
    EXPECT_EQ(xml(reply, "//Kinship/THBS"), "1");
    EXPECT_EQ(xml(reply, "//Kinship/GXZM"), "1");
    EXPECT_EQ(xml(reply, "//Kinship/GXDM"), "20");
    EXPECT_EQ(xml(kinship(son, li), "//Kinship/GXDM"), "52");
    auto home = household(li);
    EXPECT_EQ(xml(home, "//HZXM"), "王志强");
    EXPECT_EQ(xml(home, "count(//Member)"), "(nothing)");
    EXPECT_EQ(MUST(XmlText::read(home.body)).count("//Member"), 3);
    EXPECT_EQ(MUST(XmlText::read(home.body)).count("//Member[@wcn='1']"), 0);
    EXPECT_EQ(xml(home, "//Member[XM='王知远']/YHZGX"), "20");
}

TEST_F(Departments, HaveAGapInStoryB) {
    EXPECT_EQ(xml(kinship(zhou, son), "//Result/@code"), "01");
    EXPECT_EQ(xml(kinship(zhou, li), "//Result/@code"), "01");
    EXPECT_EQ(MUST(XmlText::read(household(zhou).body)).count("//Member"), 1);
}

TEST_F(Departments, DoNotAnswerAboutOuyangSiyuanInStoryC) {
    EXPECT_EQ(kinship(siyuan, ming).status, 503);
    EXPECT_EQ(kinship(ming, siyuan).status, 503) << "also where he is the other";
    EXPECT_EQ(household(siyuan).status, 503);
    EXPECT_EQ(xml(household(siyuan), "//faultcode"), "503");
    EXPECT_EQ(household(ming).status, 200) << "the others are answered";
    press("hh", {{"mode", "ok"}, {"id_number", siyuan}});
    EXPECT_EQ(xml(kinship(siyuan, ming), "//GXDM"), "51");
}

TEST_F(Departments, KnowHousesAndChildren) {
    EXPECT_EQ(xml(estate(aygul, "阿依古丽·买买提"), "/RESPONSE/STATE"), "0");
    auto home = MUST(XmlText::read(household(aygul).body));
    EXPECT_EQ(home.count("//Member[@wcn='1']"), 1);
    auto child = home.at("//Member[@wcn='1']/GMSFHM").value();
    EXPECT_EQ(xml(estate(child, home.at("//Member[@wcn='1']/XM").value()), "/RESPONSE/STATE"), "0");
    EXPECT_EQ(xml(estate_by_number(child), "/RESPONSE/STATE"), "0");
    EXPECT_EQ(xml(estate(child, ""), "/RESPONSE/STATE"), "2") << "no name is a wrong name";
    auto owned = estate(chen, "陈大力");
    EXPECT_EQ(xml(owned, "//TOTAL"), "1");
    EXPECT_EQ(xml(owned, "//BDC/ZL"), "示例市云溪县白鹭镇白鹭村2组7号");
    EXPECT_EQ(xml(estate(chen, "李秀珍"), "/RESPONSE/STATE"), "2") << "a wrong name is no proof of no house";
    auto birth =
        ask("bir", "/ws/certificate",
            "<Request><Head/><Body><ChildIdCard>" + child + "</ChildIdCard></Body></Request>", "text/xml");
    EXPECT_EQ(xml(birth, "//Mother/IdCard"), aygul);
    EXPECT_EQ(xml(birth, "//BirthDate"), "2017年03月09日");
}

TEST_F(Departments, KnowWhereMaChaoLivesAndWorks) {
    EXPECT_EQ(at(population(ma, "马超"), "/data/HJDXZQH"), "990121201201");
    auto stay = ask("grid", "/v1/residences", to_text(json::object{{"idCard", ma}}));
    EXPECT_EQ(at(stay, "/data/items/addr"), "示例市示例区示例街道书院路19号4栋302室");
    EXPECT_EQ(at(stay, "/data/items/liveType"), "RENT");
    EXPECT_EQ(at(stay, "/data/items/checkInDate"), "2024-03-15");
    EXPECT_EQ(at(stay, "/data/items/months"), "32");
    auto insured = insurance(ma);
    EXPECT_EQ(at(insured, "/outdata/AAC008"), "1");
    EXPECT_EQ(at(insured, "/outdata/AAE041"), "2022-05");
    EXPECT_EQ(at(insured, "/outdata/AAE042"), "2026-10");
    EXPECT_EQ(at(insured, "/outdata/AAE201"), "54");
}

TEST_F(Departments, KnowMarriagesAndDeaths) {
    EXPECT_EQ(at(form("mar", "/cx/hyzt", "sfzh=" + std::string(zhou)), "/result/hyzt"), "30");
    EXPECT_EQ(at(form("mar", "/cx/hyzt", "sfzh=" + std::string(siyuan)), "/result/hyzt"), "10");
    auto li_is = form("mar", "/cx/hyzt", "sfzh=" + std::string(li));
    EXPECT_EQ(at(li_is, "/result/hyzt"), "20");
    EXPECT_EQ(at(li_is, "/result/djrq"), "2004-10-01");
    auto husband = at(form("mar", "/cx/hyzt", "sfzh=" + std::string(zhou)), "/result/posfzh");
    auto died = ask("dec", "/query", to_text(json::object{{"cardNo", husband}}));
    EXPECT_EQ(at(died, "/records/deathDate"), "2015/06/02");
    EXPECT_EQ(at(ask("dec", "/query", to_text(json::object{{"cardNo", zhou}})), "/status"), "N");
}

TEST_F(Departments, KnowFundsCarsHelpAndHealth) {
    auto fund = ask("hpf", "/gjj/account", to_text(json::object{{"certino", li}}));
    EXPECT_EQ(at(fund, "/accounts/basenum"), "7200");
    EXPECT_EQ(at(fund, "/accounts/bal"), "65412.3");
    EXPECT_EQ(at(form("veh", "/vio/cars", "sfzmhm=" + std::string(liang)), "/owner/total"), "1");
    EXPECT_EQ(at(form("veh", "/vio/cars", "sfzmhm=" + std::string(zhou)), "/flag"), "0");
    EXPECT_EQ(at(ask("aid", "/salvation", to_text(json::object{{"idno", zhou}})), "/result/code"), "A1");
    auto health = ask("hlth", "/jkz/one", to_text(json::object{{"sfz", ma}}));
    EXPECT_EQ(at(health, "/cert/validTo"), "2027.03.22") << "renewed every year: 120 days from any today";
}

TEST_F(Departments, AnswerAboutTheirCrowd) {
    std::map<std::string, int> known;
    for (auto const& person : sim->population().people) {
        auto const& number = person.id_number;
        auto helped = ask("aid", "/salvation", to_text(json::object{{"idno", number}}));
        if (at(helped, "/result/code") == "A0") ++known["help"];
        auto house = estate(number, person.name);
        if (xml(house, "/RESPONSE/STATE") == "1") ++known["house"];
        if (known["help"] > 0 && known["house"] > 20) break;
    }
    EXPECT_GT(known["help"], 0);
    EXPECT_GT(known["house"], 20);
    ASSERT_GT(sim->population().firms.size(), 5U);
    for (auto const& firm : sim->population().firms) {
        auto reply = ask("com", "/openapi/enterprise", to_text(json::object{{"uniscid", firm.code}}));
        EXPECT_EQ(at(reply, "/body/ENTNAME"), firm.name);
    }
    EXPECT_EQ(at(ask("com", "/openapi/enterprise", R"({"uniscid":"91990102MA00000000"})"), "/head/status"),
              "N");
}

TEST_F(Departments, GiveListsAsCsv) {
    auto schools = ask("edu", "/export/xueji.csv", "");
    EXPECT_EQ(schools.type, "text/csv; charset=utf-8");
    EXPECT_TRUE(schools.body.starts_with("\xEF\xBB\xBF身份证号,姓名,学校名称,年级,学籍状态\r\n"));
    EXPECT_NE(schools.body.find(",迪丽努尔·艾尼瓦尔,示例市示例街道第一小学,小学四年级,1\r\n"),
              std::string::npos);
    auto cards = ask("dis", "/export/cjrz.csv", "");
    EXPECT_NE(cards.body.find(std::string(ming) + ",欧阳明," + ming + "43,4,3,20330531\r\n"),
              std::string::npos);
    press("dis", {{"mode", "none"}});
    EXPECT_EQ(ask("dis", "/export/cjrz.csv", "").body, "\xEF\xBB\xBFSFZH,XM,CJRZH,CJLB,CJDJ,YXQZ\r\n");
}

// Who asks.

TEST_F(Departments, RefuseWhoIsNotSigned) {
    for (auto const& each : departments()) {
        auto source = std::string(each.source);
        auto const& offer = each.offers.front();
        auto list = offer.question == Speech::csv;
        auto made = call(source, std::string(offer.path), list ? "" : "{}", "application/json");
        auto reply = send(made);
        EXPECT_EQ(reply.status, 401) << source;
        EXPECT_NE(reply.body.find("签名校验失败"), std::string::npos) << reply.body;
        EXPECT_EQ(reply.type, each.failure_type);
    }
}

TEST_F(Departments, RefuseChangedBodiesOldTimesAndRepeatedNonces) {
    auto fresh = [&] {
        return call("dec", "/query", to_text(json::object{{"cardNo", zhou}}), "application/json");
    };
    auto changed = fresh();
    sign(changed, "dec");
    changed.body = to_text(json::object{{"cardNo", li}});
    EXPECT_EQ(send(changed).status, 401) << "signature_is_wrong";
    auto right = fresh();
    sign(right, "dec");
    EXPECT_EQ(send(right).status, 200);
    EXPECT_EQ(send(right).status, 401) << "nonce_was_used";
    auto old = fresh();
    sign(old, "dec");
    clock.advance(std::chrono::minutes(6));
    EXPECT_EQ(send(old).status, 401) << "timestamp_is_stale";
    auto foreign = fresh();
    client::sign(foreign, keys.at("si"), clock.now(), "nonce-of-si");
    EXPECT_EQ(send(foreign).status, 401) << "key_is_unknown";
    auto pairs = call("mar", "/cx/hyzt", "sfzh=" + std::string(zhou), "application/x-www-form-urlencoded");
    sign(pairs, "mar");
    EXPECT_EQ(send(pairs).status, 200);
    EXPECT_EQ(send(pairs).status, 401);
    auto other_pair =
        call("mar", "/cx/hyzt", "sfzh=" + std::string(zhou), "application/x-www-form-urlencoded");
    sign(other_pair, "mar");
    other_pair.body += "&more=1";
    EXPECT_EQ(send(other_pair).status, 401);
}

TEST_F(Departments, NameWhyTheyRefuse) {
    Gate gate(clock);
    auto code = [&](client::Signing const& signing, Instant at, std::string const& nonce) {
        auto made = call("dec", "/query", "{}", "application/json");
        client::sign(made, signing, at, nonce);
        http::Request request{.method = http::Method::post, .path = "/dec/query", .body = made.body};
        request.headers = made.headers;
        auto checked = gate.check(keys.at("dec"), request);
        return checked.ok() ? std::string("ok") : checked.error().code;
    };
    auto right = keys.at("dec");
    EXPECT_EQ(code(right, clock.now(), "nonce-one"), "ok");
    EXPECT_EQ(code(right, clock.now(), "nonce-one"), "nonce_was_used");
    EXPECT_EQ(code(right, clock.now() + std::chrono::minutes(6), "nonce-two"), "timestamp_is_stale");
    EXPECT_EQ(code(keys.at("hh"), clock.now(), "nonce-three"), "key_is_unknown");
    right.key = "something else";
    EXPECT_EQ(code(right, clock.now(), "nonce-four"), "signature_is_wrong");
}

TEST_F(Departments, RefuseQuestionsTheyCannotRead) {
    EXPECT_EQ(ask("pop", "/api/v2/person", "{}").status, 400) << "question_is_malformed";
    EXPECT_EQ(ask("pop", "/api/v2/person", "{broken").status, 400);
    EXPECT_EQ(ask("hh", "/services/HouseholdService", soap("DeleteHousehold", ""), "text/xml").status, 400);
    EXPECT_EQ(ask("hh", "/services/HouseholdService", "<a>", "text/xml").status, 400);
    auto read = XmlText::read(R"(<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>)");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "xml_is_malformed");
}

// Switches.

TEST_F(Departments, BehaveAsTheSwitchSays) {
    EXPECT_EQ(press("dec", {{"mode", "down"}}).status, 200);
    EXPECT_EQ(ask("dec", "/query", to_text(json::object{{"cardNo", zhou}})).status, 503);
    EXPECT_EQ(send(call("dec", "/health", "", "")).status, 503);
    press("dec", {{"mode", "ok"}});
    EXPECT_EQ(send(call("dec", "/health", "", "")).body, "UP");

    press("si", {{"mode", "wrong"}});
    EXPECT_FALSE(read_json(insurance(ma).body).ok());
    press("si", {{"mode", "other"}});
    EXPECT_NE(at(insurance(ma), "/outdata/AAC002"), ma);
    press("si", {{"mode", "none"}});
    EXPECT_EQ(at(insurance(ma), "/errcode"), "1");
    press("si", {{"mode", "several"}});
    EXPECT_EQ(at(insurance(ma), "/outdata/0/AAC002"), ma);
    EXPECT_EQ(at(insurance(ma), "/outdata/1/AAC002"), ma);
    EXPECT_NE(at(insurance(ma), "/outdata/0"), at(insurance(ma), "/outdata/1"));
    press("si", {{"mode", "twice"}});
    EXPECT_EQ(at(insurance(ma), "/outdata/0"), at(insurance(ma), "/outdata/1"));
    press("si", {{"mode", "slow"}, {"ms", 1}});
    EXPECT_EQ(at(insurance(ma), "/outdata/AAC008"), "1");
    press("hh", {{"mode", "several"}});
    EXPECT_EQ(MUST(XmlText::read(household(li).body)).count("//Household"), 2);
}

TEST_F(Departments, BehaveSoToOnePersonOnly) {
    press("si", {{"mode", "none"}, {"id_number", ma}});
    EXPECT_EQ(at(insurance(ma), "/errcode"), "1");
    EXPECT_EQ(at(insurance(li), "/errcode"), "0");
    auto state = read(send(call("control", "", "", "")));
    EXPECT_NE(to_text(state).find(std::string(R"({"mode":"none","id_number":")") + ma), std::string::npos);
    send(call("control", "/reset", "{}", "application/json"));
    EXPECT_EQ(at(insurance(ma), "/errcode"), "0");
    EXPECT_EQ(household(siyuan).status, 503) << "story C is pressed from the beginning";
}

TEST_F(Departments, RefuseSwitchesThatDoNotExist) {
    EXPECT_EQ(at(press("nowhere", {{"mode", "ok"}}), "/code"), "source_is_unknown");
    EXPECT_EQ(at(press("si", {{"mode", "asleep"}}), "/code"), "mode_is_unknown");
    EXPECT_EQ(at(press("si", {{"mode", "slow"}, {"ms", "soon"}}), "/code"), "ms_is_not_a_number");
    EXPECT_EQ(send(call("control", "/sources/si", "[]", "application/json")).status, 400);
}

TEST_F(Departments, RememberWhoAsked) {
    auto made = call("si", "/api/cbxx", to_text(json::object{{"AAC002", ma}}), "application/json");
    made.headers.emplace_back("X-Item", "992080005001");
    sign(made, "si");
    send(made);
    auto seen = send(call("control", "/calls?source=si", "", ""));
    EXPECT_EQ(at(seen, "/calls/0/resource"), "insurance");
    EXPECT_EQ(at(seen, "/calls/0/about"), mask_id_number(ma));
    EXPECT_EQ(at(seen, "/calls/0/item"), "992080005001");
    EXPECT_EQ(at(seen, "/calls/0/said"), "found");
}

// 纠错.

json::object ticket(std::string_view id, std::string_view field, Json stated) {
    return {{"ticket", id},   {"resource", "insurance"},
            {"field", field}, {"asked", json::object{{"id_number", ma}}},
            {"held", "x"},    {"stated", std::move(stated)}};
}

TEST_F(Departments, MendWhatAPersonSaysIsWrong) {
    auto opened = ask("si", "/corrections", to_text(ticket("t1", "unit_name", "示例区某某公司")));
    EXPECT_EQ(opened.status, 202);
    auto ref = at(opened, "/ref");
    EXPECT_EQ(at(ask("si", "/corrections", to_text(ticket("t1", "unit_name", "示例区某某公司"))), "/ref"),
              ref);
    EXPECT_EQ(at(ask("si", "/corrections/" + ref, ""), "/state"), "open");
    EXPECT_NE(at(insurance(ma), "/outdata/AAB004"), "示例区某某公司");
    clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(at(ask("si", "/corrections/" + ref, ""), "/state"), "mended");
    EXPECT_EQ(at(insurance(ma), "/outdata/AAB004"), "示例区某某公司");
    EXPECT_NE(at(insurance(li), "/outdata/AAB004"), "示例区某某公司");
}

TEST_F(Departments, RejectWhatAPersonAtTheSwitchesRejects) {
    auto ref = at(ask("si", "/corrections", to_text(ticket("t2", "months", json::object{{"$number", "9"}}))),
                  "/ref");
    auto list = at(ask("si", "/corrections", to_text(ticket("t3", "kinds", json::array{"110"}))), "/ref");
    EXPECT_EQ(at(send(call("control", "/corrections", "", "")), "/corrections/0/state"), "open");
    auto answer = call("control", "/corrections/" + ref, R"({"state":"rejected"})", "application/json");
    EXPECT_EQ(send(answer).status, 200);
    EXPECT_EQ(at(send(answer), "/code"), "ticket_is_not_open");
    EXPECT_EQ(at(ask("si", "/corrections/" + ref, ""), "/answer"), "经核实，登记无误。");
    clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(at(ask("si", "/corrections/" + list, ""), "/state"), "rejected")
        << "lists are not mended by a word";
    EXPECT_EQ(ask("si", "/corrections/si-999999", "").status, 404);
    EXPECT_EQ(ask("si", "/corrections", "{}").status, 400) << "ticket_is_malformed";
}

TEST_F(Departments, TakeTicketsAsFormsWhereTheySignPairs) {
    auto body = "ticket=t9&resource=marriage&field=licence_no&stated=J1&asked=" +
                client::percent_encoded(to_text(json::object{{"id_number", li}}));
    auto ref = at(form("mar", "/corrections", body), "/ref");
    clock.advance(std::chrono::seconds(61));
    auto asked = call("mar", "/corrections/" + ref, "", "");
    sign(asked, "mar");
    EXPECT_EQ(at(send(asked), "/state"), "mended");
    EXPECT_EQ(at(form("mar", "/cx/hyzt", "sfzh=" + std::string(li)), "/result/zsbh"), "J1");
}

// Short messages and pages.

TEST_F(Departments, ShowTheShortMessagesThatArrive) {
    json::object message{
        {"id", "m1"}, {"phone", "19900000002"}, {"text", "您的<证明>已办好"}, {"sign", "示例市政务服务"}};
    EXPECT_EQ(ask("sms", "/send", to_text(message)).status, 202);
    EXPECT_EQ(ask("sms", "/send", to_text(message)).status, 202);
    auto seen = send(call("sms", "/messages?phone=19900000002", "", ""));
    EXPECT_EQ(at(seen, "/messages/0/text"), "您的<证明>已办好");
    EXPECT_EQ(at(seen, "/messages/1"), "(nothing)") << "the same id is the same message";
    auto state = at(ask("sms", "/receipts/m1", ""), "/state");
    EXPECT_TRUE(state == "waiting" || state == "delivered");
    EXPECT_EQ(ask("sms", "/receipts/m2", "").status, 404);
    message["id"] = "m3";
    message["phone"] = "12345";
    EXPECT_EQ(ask("sms", "/send", to_text(message)).status, 400) << "message_is_malformed";
    EXPECT_EQ(send(call("sms", "/send", to_text(message), "application/json")).status, 401);
    auto page = send(call("sms", "", "", ""));
    EXPECT_NE(page.body.find("【示例市政务服务】您的&lt;证明&gt;已办好"), std::string::npos);
}

TEST_F(Departments, HaveAPageOfSwitchesWithoutScript) {
    auto page = send(call("", "", "", ""));
    EXPECT_EQ(page.status, 200);
    for (auto const& each : departments()) EXPECT_NE(page.body.find(each.name), std::string::npos);
    EXPECT_NE(page.body.find(siyuan), std::string::npos);
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_EQ(send(call("style.css", "", "", "")).type, "text/css; charset=utf-8");
    auto pressed =
        call("control", "/sources/si", "mode=down&ms=&id_number=", "application/x-www-form-urlencoded");
    EXPECT_EQ(send(pressed).status, 303);
    EXPECT_EQ(insurance(ma).status, 503);
}

}  // namespace
}  // namespace tongban::sim
