#include "sim/departments.h"

#include <algorithm>

#include "sim/records.h"

namespace tongban::sim {

namespace {

using client::Scheme;

std::function<std::string(json::object const&)> as_json(std::vector<Cell> cells) {
    return [cells = std::move(cells)](json::object const& record) { return json_record(record, cells); };
}
std::function<std::string(json::object const&)> as_csv(std::vector<Cell> cells) {
    return [cells = std::move(cells)](json::object const& record) { return csv_line(record, cells); };
}

Codes const yes_no{{"true", "1"}, {"false", "0"}};

Department people() {
    Offer population{.resource = "population", .path = "/api/v2/person"};
    population.asks = {{"id_number", "/reqParam/GMSFHM"}, {"name", "/reqParam/XM"}};
    population.record = as_json({{"GMSFHM", "id_number"},
                                 {"BDJG", "matches", {}, {{"true", "1"}, {"false", "2"}}},
                                 {"XBDM", "sex", {}, {{"male", "1"}, {"female", "2"}}},
                                 {"CSRQ", "birth_date", "yyyyMMdd"},
                                 {"MZ", "nation"},
                                 {"HJDXZQH", "hukou_region"},
                                 {"HJDXZ", "hukou_address"},
                                 {"SWBS", "alive", {}, {{"true", "0"}, {"false", "1"}}}});
    population.found = R"({"code":"0000","msg":"成功","data":@})";
    population.none = R"({"code":"1001","msg":"查无此人"})";
    return {"pop",
            "公安人口库",
            "/actuator/health",
            Scheme::hmac_sha256,
            R"({"code":"9@","msg":"#"})",
            "application/json",
            {population}};
}

std::string household_xml(json::object const& record) {
    auto out = "<Household>" + xml_cells(record, {{"HH", "household_no"},
                                                  {"HLX", "type", {}, {{"family", "1"}, {"collective", "2"}}},
                                                  {"ZZ", "address"},
                                                  {"HZXM", "head_name"},
                                                  {"QRRQ", "move_in", "yyyyMMdd"},
                                                  {"GMSFHM", "id_number"}});
    auto const& numbers = record.at("member_id_numbers").as_array();
    auto const& names = record.at("member_names").as_array();
    auto const& minors = record.at("minor_id_numbers").as_array();
    auto const& relations = record.at("relations_to_head").as_array();
    out += "<Members>";
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        bool minor = std::find(minors.begin(), minors.end(), numbers[i]) != minors.end();
        json::object member{{"number", numbers[i]}, {"name", names[i]}, {"relation", relations[i]}};
        out += minor ? R"(<Member wcn="1">)" : R"(<Member wcn="0">)";
        out += xml_cells(member, {{"GMSFHM", "number"}, {"XM", "name"}, {"YHZGX", "relation"}}) + "</Member>";
    }
    return out + "</Members></Household>";
}

std::string kinship_xml(json::object const& record) {
    Codes const relations{{"spouse", "10"},   {"father", "51"},  {"mother", "52"},      {"son", "20"},
                          {"daughter", "30"}, {"sibling", "70"}, {"grandparent", "60"}, {"grandchild", "40"}};
    return "<Kinship>" +
           xml_cells(record, {{"GMSFHM", "id_number"},
                              {"DFGMSFHM", "other_id_number"},
                              {"THBS", "same_household", {}, yes_no},
                              {"GXZM", "proven", {}, yes_no},
                              {"GXDM", "relation", {}, relations}}) +
           "</Kinship>";
}

#define SOAP_HEAD                                \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" \
    "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
#define SOAP_TAIL "</soap:Body></soap:Envelope>"

Department households() {
    constexpr std::string_view path = "/services/HouseholdService", type = "text/xml; charset=utf-8";
    Offer household{.resource = "household", .path = path, .question = Speech::xml};
    household.asks = {{"id_number", "//QueryHousehold/GMSFHM"}};
    household.operation = "//QueryHousehold";
    household.record = household_xml;
    household.found = SOAP_HEAD
        R"(<QueryHouseholdResponse><Result code="00" message="成功"/>@</QueryHouseholdResponse>)" SOAP_TAIL;
    household.none = SOAP_HEAD
        R"(<QueryHouseholdResponse><Result code="01" message="查无记录"/></QueryHouseholdResponse>)" SOAP_TAIL;
    household.type = type;
    Offer kinship{.resource = "kinship", .path = path, .question = Speech::xml};
    kinship.asks = {{"id_number", "//QueryKinship/GMSFHM"}, {"other_id_number", "//QueryKinship/DFGMSFHM"}};
    kinship.operation = "//QueryKinship";
    kinship.record = kinship_xml;
    kinship.found = SOAP_HEAD
        R"(<QueryKinshipResponse><Result code="00" message="成功"/>@</QueryKinshipResponse>)" SOAP_TAIL;
    kinship.none = SOAP_HEAD
        R"(<QueryKinshipResponse><Result code="01" message="查无记录"/></QueryKinshipResponse>)" SOAP_TAIL;
    kinship.type = type;
    constexpr std::string_view failure =
        SOAP_HEAD "<soap:Fault><faultcode>@</faultcode><faultstring>#</faultstring></soap:Fault>" SOAP_TAIL;
    return {"hh", "公安户籍库", "/services/health", Scheme::hmac_sm3, failure, type, {household, kinship}};
}

Department marriages() {
    Offer marriage{.resource = "marriage", .path = "/cx/hyzt", .question = Speech::form};
    marriage.asks = {{"id_number", "sfzh"}};
    marriage.record = as_json(
        {{"sfzh", "id_number"},
         {"hyzt", "status", {}, {{"single", "10"}, {"married", "20"}, {"widowed", "30"}, {"divorced", "40"}}},
         {"poxm", "spouse_name"},
         {"posfzh", "spouse_id_number"},
         {"zsbh", "licence_no"},
         {"djrq", "registered_on"}});
    marriage.found = R"({"resultCode":"200","resultMsg":"ok","result":@})";
    marriage.none = R"({"resultCode":"404","resultMsg":"无登记信息"})";
    return {"mar",
            "民政婚姻登记库",
            "/cx/zt",
            Scheme::sorted_sm3,
            R"({"resultCode":"@","resultMsg":"#"})",
            "application/json",
            {marriage}};
}

Department births() {
    Offer birth{.resource = "birth", .path = "/ws/certificate", .question = Speech::xml};
    birth.asks = {{"child_id_number", "/Request/Body/ChildIdCard"}};
    birth.record = [](json::object const& record) {
        auto parent = [&](std::string_view field) {
            auto number = cell_text(record, {"", field});
            return number.empty() ? "<IdCard/>" : "<IdCard>" + number + "</IdCard>";
        };
        return "<Certificate>" +
               xml_cells(record, {{"ChildIdCard", "child_id_number"}, {"CertNo", "certificate_no"}}) +
               "<Father>" + parent("father_id_number") + "</Father><Mother>" + parent("mother_id_number") +
               "</Mother>" + xml_cells(record, {{"BirthDate", "born_on", "yyyy年MM月dd日"}}) +
               "</Certificate>";
    };
    birth.found =
        R"(<?xml version="1.0" encoding="UTF-8"?><Response><Head><RtnCode>1</RtnCode><RtnMsg>成功</RtnMsg></Head>)"
        R"(<Body>@</Body></Response>)";
    birth.none =
        R"(<?xml version="1.0" encoding="UTF-8"?><Response><Head><RtnCode>0</RtnCode><RtnMsg>无记录</RtnMsg></Head>)"
        R"(</Response>)";
    birth.type = "application/xml";
    constexpr std::string_view failure =
        R"(<?xml version="1.0" encoding="UTF-8"?><Response><Head><RtnCode>-@</RtnCode><RtnMsg>#</RtnMsg></Head>)"
        R"(</Response>)";
    return {"bir", "卫健出生医学证明库", "/ws/ping", Scheme::hmac_sm3, failure, "application/xml", {birth}};
}

Department deaths() {
    Offer death{.resource = "death", .path = "/query"};
    death.asks = {{"id_number", "/cardNo"}};
    death.record = as_json({{"cardNo", "id_number"}, {"deathDate", "died_on", "yyyy/MM/dd"}});
    death.found = R"({"status":"Y","records":@})";
    death.none = R"({"status":"N"})";
    return {"dec",
            "民政殡葬信息库",
            "/health",
            Scheme::hmac_sm3,
            R"({"status":"E@","error":"#"})",
            "application/json",
            {death}};
}

Department stays() {
    Offer stay{.resource = "stay", .path = "/v1/residences"};
    stay.asks = {{"id_number", "/idCard"}};
    stay.record =
        as_json({{"idCard", "id_number"},
                 {"addr", "address"},
                 {"checkInDate", "since"},
                 {"months", "months"},
                 {"liveType", "kind", {}, {{"rent", "RENT"}, {"own", "SELF"}, {"dormitory", "DORM"}}},
                 {"landlord", "landlord"}});
    stay.found = R"({"code":"200","message":"OK","data":{"items":@}})";
    stay.none = R"({"code":"204","message":"no data","data":{}})";
    return {"grid",
            "网格居住信息库",
            "/health",
            Scheme::hmac_sha256,
            R"({"code":"@","message":"#"})",
            "application/json",
            {stay}};
}

Department insurances() {
    Offer insurance{.resource = "insurance", .path = "/api/cbxx"};
    insurance.asks = {{"id_number", "/AAC002"}};
    insurance.record = as_json({{"AAC002", "id_number"},
                                {"AAC008", "status", {}, {{"active", "1"}, {"paused", "2"}, {"ended", "3"}}},
                                {"AAB004", "unit_name"},
                                {"AAE140", "kinds"},
                                {"AAE041", "first_month"},
                                {"AAE042", "last_month"},
                                {"AAE201", "months"}});
    insurance.found = R"({"errcode":"0","outdata":@})";
    insurance.none = R"({"errcode":"1","errtext":"未查询到参保信息"})";
    return {"si",
            "人社社会保险信息库",
            "/health",
            Scheme::hmac_sm3,
            R"({"errcode":"-@","errtext":"#"})",
            "application/json",
            {insurance}};
}

Department estates() {
    Offer estate{.resource = "estate", .path = "/bdc/query", .question = Speech::form};
    estate.asks = {{"id_number", "zjh"}, {"name", "xm"}};
    estate.record = [](json::object const& record) {
        auto out = "<RESULT>" + xml_cells(record, {{"ZJH", "id_number"}, {"TOTAL", "count"}}) + "<BDCS>";
        auto const& certificates = record.at("certificate_nos").as_array();
        auto const& addresses = record.at("addresses").as_array();
        for (std::size_t i = 0; i < certificates.size(); ++i) {
            json::object one{{"no", certificates[i]}, {"at", addresses[i]}};
            out += "<BDC>" + xml_cells(one, {{"BDCQZH", "no"}, {"ZL", "at"}}) + "</BDC>";
        }
        return out + "</BDCS></RESULT>";
    };
    estate.found = R"(<?xml version="1.0" encoding="UTF-8"?><RESPONSE><STATE>1</STATE>@</RESPONSE>)";
    estate.none = R"(<?xml version="1.0" encoding="UTF-8"?><RESPONSE><STATE>0</STATE></RESPONSE>)";
    estate.mismatch =
        R"(<?xml version="1.0" encoding="UTF-8"?><RESPONSE><STATE>2</STATE><MSG>姓名与证件号不符</MSG></RESPONSE>)";
    estate.type = "application/xml";
    constexpr std::string_view failure =
        R"(<?xml version="1.0" encoding="UTF-8"?><RESPONSE><STATE>-@</STATE><MSG>#</MSG></RESPONSE>)";
    // Children have no name the asker could know for certain: their homes are asked for by number alone.
    Offer by_number = estate;
    by_number.resource = "estate_by_number";
    by_number.path = "/bdc/query-by-number";
    by_number.asks = {{"id_number", "zjh"}};
    return {"re",    "自然资源不动产登记库", "/bdc/state",       Scheme::sorted_sm3,
            failure, "application/xml",      {estate, by_number}};
}

Department companies() {
    Offer company{.resource = "company", .path = "/openapi/enterprise"};
    company.asks = {{"uscc", "/uniscid"}};
    company.record = as_json({{"UNISCID", "uscc"},
                              {"ENTNAME", "name"},
                              {"LEREP", "legal_person"},
                              {"DOM", "address"},
                              {"OPSCOPE", "scope"},
                              {"REGCAP", "capital"},
                              {"REGSTATE", "status", {}, {{"open", "1"}, {"revoked", "2"}, {"closed", "3"}}},
                              {"ESTDATE", "established_on", "yyyyMMdd"}});
    company.found = R"({"head":{"status":"Y"},"body":@})";
    company.none = R"({"head":{"status":"N"}})";
    return {"com",
            "市监企业登记库",
            "/health",
            Scheme::hmac_sha256,
            R"({"head":{"status":"E@","text":"#"}})",
            "application/json",
            {company}};
}

Department schools() {
    Offer enrolment{.resource = "enrolment", .path = "/export/xueji.csv", .question = Speech::csv};
    enrolment.record =
        as_csv({{"身份证号", "id_number"},
                {"姓名", "name"},
                {"学校名称", "school"},
                {"年级", "grade"},
                {"学籍状态", "status", {}, {{"enrolled", "1"}, {"suspended", "2"}, {"graduated", "3"}}}});
    enrolment.found = "\xEF\xBB\xBF身份证号,姓名,学校名称,年级,学籍状态\r\n@";
    enrolment.none = "\xEF\xBB\xBF身份证号,姓名,学校名称,年级,学籍状态\r\n";
    enrolment.type = "text/csv; charset=utf-8";
    return {"edu",      "教育学籍库", "/health", Scheme::bearer, "错误 @：#", "text/plain; charset=utf-8",
            {enrolment}};
}

Department disabilities() {
    Offer disability{.resource = "disability", .path = "/export/cjrz.csv", .question = Speech::csv};
    disability.record = as_csv({{"SFZH", "id_number"},
                                {"XM", "name"},
                                {"CJRZH", "certificate_no"},
                                {"CJLB", "category"},
                                {"CJDJ", "grade"},
                                {"YXQZ", "valid_until", "yyyyMMdd"}});
    disability.found = "\xEF\xBB\xBFSFZH,XM,CJRZH,CJLB,CJDJ,YXQZ\r\n@";
    disability.none = "\xEF\xBB\xBFSFZH,XM,CJRZH,CJLB,CJDJ,YXQZ\r\n";
    disability.type = "text/csv; charset=utf-8";
    return {"dis",          "残联残疾人证库", "/health",
            Scheme::bearer, "错误 @：#",      "text/plain; charset=utf-8",
            {disability}};
}

Department funds() {
    Offer fund{.resource = "housing_fund", .path = "/gjj/account"};
    fund.asks = {{"id_number", "/certino"}};
    fund.record = as_json({{"certino", "id_number"},
                           {"accnum", "account"},
                           {"unitaccname", "unit_name"},
                           {"basenum", "base"},
                           {"bal", "balance"},
                           {"indiaccstate", "status", {}, {{"active", "0"}, {"sealed", "1"}}}});
    fund.found = R"({"ret":"success","accounts":@})";
    fund.none = R"({"ret":"nodata"})";
    return {"hpf",
            "住房公积金信息库",
            "/health",
            Scheme::hmac_sha256,
            R"({"ret":"fail","code":@,"msg":"#"})",
            "application/json",
            {fund}};
}

Department vehicles() {
    Offer vehicle{.resource = "vehicle", .path = "/vio/cars", .question = Speech::form};
    vehicle.asks = {{"id_number", "sfzmhm"}};
    vehicle.record = as_json({{"sfzmhm", "id_number"}, {"total", "count"}, {"hphm", "plates"}});
    vehicle.found = R"({"flag":"1","owner":@})";
    vehicle.none = R"({"flag":"0"})";
    return {"veh",
            "机动车登记库",
            "/health",
            Scheme::sorted_sm3,
            R"({"flag":"-@","info":"#"})",
            "application/json",
            {vehicle}};
}

Department assistances() {
    Offer assistance{.resource = "assistance", .path = "/salvation"};
    assistance.asks = {{"id_number", "/idno"}};
    assistance.record = as_json({{"idno", "id_number"},
                                 {"type", "kind", {}, {{"dibao", "DB"}, {"tekun", "TK"}, {"margin", "DBBY"}}},
                                 {"begin", "since"},
                                 {"state", "status", {}, {{"active", "0"}, {"stopped", "9"}}}});
    assistance.found = R"({"result":{"code":"A0"},"rows":@})";
    assistance.none = R"({"result":{"code":"A1"}})";
    return {"aid",
            "民政社会救助信息库",
            "/health",
            Scheme::hmac_sm3,
            R"({"result":{"code":"E@","text":"#"}})",
            "application/json",
            {assistance}};
}

Department health_certificates() {
    Offer health{.resource = "health_certificate", .path = "/jkz/one"};
    health.asks = {{"id_number", "/sfz"}};
    health.record =
        as_json({{"sfz", "id_number"}, {"no", "certificate_no"}, {"validTo", "valid_until", "yyyy.MM.dd"}});
    health.found = R"({"status":"OK","cert":@})";
    health.none = R"({"status":"NONE"})";
    return {"hlth",
            "从业人员健康证明库",
            "/health",
            Scheme::hmac_sha256,
            R"({"status":"ERR@","reason":"#"})",
            "application/json",
            {health}};
}

std::string filled(std::string_view pattern, char mark, std::string_view with) {
    auto at = pattern.find(mark);
    if (at == std::string_view::npos) return std::string(pattern);
    return std::string(pattern.substr(0, at)).append(with).append(pattern.substr(at + 1));
}

}  // namespace

std::vector<Department> const& departments() {
    static std::vector<Department> const all{people(),    households(),  marriages(),          births(),
                                             deaths(),    stays(),       insurances(),         estates(),
                                             companies(), schools(),     disabilities(),       funds(),
                                             vehicles(),  assistances(), health_certificates()};
    return all;
}

Department const* department(std::string_view source) {
    for (auto const& each : departments()) {
        if (each.source == source) return &each;
    }
    return nullptr;
}

std::string answer_text(Offer const& offer, std::vector<json::object> const& records) {
    std::string all;
    bool list = offer.type == "application/json" && records.size() > 1;
    for (auto const& record : records) all += (list && !all.empty() ? "," : "") + offer.record(record);
    return filled(offer.found, '@', list ? "[" + all + "]" : all);
}

std::string failure_text(Department const& department, int status) {
    std::string_view words = status == 401   ? "签名校验失败"
                             : status == 503 ? "系统维护中，请稍后再试"
                                             : "请求参数有误";
    return filled(filled(department.failure, '@', std::to_string(status)), '#', words);
}

}  // namespace tongban::sim
