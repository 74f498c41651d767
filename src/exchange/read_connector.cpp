#include "exchange/read_connector.h"

#include <algorithm>

#include "exchange/document.h"
#include "exchange/mapping.h"

namespace tongban::exchange {

namespace {
using org::PackNode;

Json const* member(PackNode const& node, std::string_view key) {
    return node.members().if_contains(json::string_view(key.data(), key.size()));
}

std::string as_text(json::string_view text) {
    return {text.data(), text.size()};
}

/// An object of texts.
Texts pairs(PackNode const& node, std::string_view key) {
    Texts all;
    auto inner = node.maybe(key);
    if (!inner) return all;
    for (auto const& pair : inner->members()) {
        auto name = as_text(pair.key());
        if (!pair.value().is_string())
            inner->wrong(name, "pack_value_has_wrong_type", "这里应当是文字。");
        else
            all.emplace_back(name, as_text(pair.value().get_string()));
    }
    return all;
}

Format format_of(PackNode const& node) {
    auto text = node.one_of("format", {"json", "xml", "csv"});
    return text == "xml" ? Format::xml : text == "csv" ? Format::csv : Format::json;
}

/// Notes a place that is no pointer or path.
std::string place_in(PackNode const& node, std::string_view key, AnswerMap const& map) {
    auto text = node.text_or(key, "", 300);
    bool fits = true;
    if (map.format == Format::json) fits = is_json_pointer(text);
    if (map.format == Format::xml && !text.empty()) fits = is_xpath(text, map.namespaces);
    if (!fits)
        node.wrong(
            key, "path_is_malformed",
            map.format == Format::json ? "这里应当是 JSON 指针，例如 /data/0/name。" : "XPath 写得不对。");
    return text;
}

std::optional<Condition> condition(PackNode const& node, std::string_view key, AnswerMap const& map) {
    auto inner = node.maybe(key);
    if (!inner) return std::nullopt;
    inner->only({"status", "at", "equals"});
    Condition made;
    if (inner->has("status")) made.status = static_cast<int>(inner->number("status", 100, 599));
    if (inner->has("at")) made.at = place_in(*inner, "at", map);
    if (!made.status && !made.at) inner->wrong("at", "pack_value_is_missing", "至少写 status 或 at。");
    auto const* equals = member(*inner, "equals");
    if (equals == nullptr) return made;
    if (equals->is_array())
        for (auto const& each : equals->get_array()) made.equals.push_back(scalar_text(each));
    else
        made.equals.push_back(scalar_text(*equals));
    if (std::find(made.equals.begin(), made.equals.end(), "") != made.equals.end())
        inner->wrong("equals", "pack_value_has_wrong_type", "这里应当是文字、数字或真假。");
    return made;
}

void read_values(PackNode const& node, FieldMap& map) {
    auto values = node.maybe("values");
    if (!values) return;
    for (auto const& pair : values->members()) {
        auto name = as_text(pair.key());
        if (scalar_text(pair.value()).empty())
            values->wrong(name, "pack_value_has_wrong_type", "这里应当是文字、数字或真假。");
        map.values.emplace(name, pair.value());
    }
}

FieldMap field_map(PackNode const& fields, std::string const& key, AnswerMap const& answer) {
    FieldMap map;
    map.key = key;
    auto const* value = member(fields, key);
    if (value->is_string()) {
        map.at = place_in(fields, key, answer);
        return map;
    }
    auto node = fields.object(key);
    node.only({"at", "as", "each", "values", "date", "required"});
    if (node.has("at")) map.at = place_in(node, "at", answer);
    if (node.has("each")) map.each = place_in(node, "each", answer);
    if (node.has("as")) {
        auto as = node.one_of("as", {"first", "list", "count"});
        map.gather = as == "list" ? Gather::list : as == "count" ? Gather::count : Gather::first;
    }
    if (!map.at && map.gather != Gather::count) node.wrong("at", "pack_value_is_missing", "缺少 at。");
    read_values(node, map);
    map.date = node.text_or("date", "", 40);
    if (!map.date.empty() && !is_date_pattern(map.date))
        node.wrong("date", "pack_value_has_wrong_type", "日期格式写作 yyyyMMdd、yyyy年MM月dd日 等。");
    map.required = node.flag_or_no("required");
    return map;
}

AnswerMap read_answer(PackNode const& node) {
    node.only(
        {"format", "namespaces", "found", "none", "refused", "records", "many", "same", "data_at", "fields"});
    AnswerMap map;
    map.format = format_of(node);
    map.namespaces = pairs(node, "namespaces");
    map.found = condition(node, "found", map);
    map.none = condition(node, "none", map);
    map.refused = condition(node, "refused", map);
    map.records = place_in(node, "records", map);
    map.many = node.flag_or_no("many");
    if (auto same = node.maybe("same"))
        for (auto const& pair : same->members()) {
            auto parameter = as_text(pair.key());
            map.same.emplace_back(parameter, place_in(*same, parameter, map));
        }
    if (auto data_at = node.maybe("data_at")) {
        data_at->only({"at", "date"});
        map.data_at = place_in(*data_at, "at", map);
        map.data_at_date = data_at->text_or("date", "yyyy-MM-dd", 40);
    }
    auto fields = node.object("fields");
    for (auto const& pair : fields.members())
        map.fields.push_back(field_map(fields, as_text(pair.key()), map));
    return map;
}

std::optional<List> read_list(PackNode const& node) {
    auto inner = node.maybe("batch");
    if (!inner) return std::nullopt;
    inner->only({"key", "every_hours", "mode", "operation", "answer_bytes_max"});
    List list;
    auto key = pairs(*inner, "key");
    if (key.size() != 1)
        inner->wrong("key", "pack_value_is_missing", "写一个参数和它所在的列。");
    else
        std::tie(list.parameter, list.column) = key.front();
    list.every = std::chrono::hours{inner->number("every_hours", 1, 744)};
    if (inner->has("mode") && inner->one_of("mode", {"full", "changes"}) == "changes")
        list.mode = ListMode::changes;
    list.operation = inner->text_or("operation", "", 100);
    list.answer_bytes_max =
        static_cast<std::size_t>(inner->number_or("answer_bytes_max", 64 << 20, 1024, 256 << 20));
    return list;
}

Content content_of(std::string const& type) {
    if (type == "application/json") return Content::json;
    if (type == "application/x-www-form-urlencoded") return Content::form;
    return type.empty() ? Content::none : Content::xml;
}

Endpoint read_endpoint(PackNode const& node, std::string code) {
    node.only({"method", "path", "query", "content_type", "body", "headers", "batch", "answer"});
    Endpoint endpoint;
    endpoint.resource = std::move(code);
    endpoint.method = node.one_of("method", {"GET", "POST"});
    endpoint.path = node.text("path", 300);
    endpoint.query = pairs(node, "query");
    endpoint.headers = pairs(node, "headers");
    if (node.has("content_type"))
        endpoint.content_type = node.one_of(
            "content_type",
            {"application/json", "application/xml", "text/xml", "application/x-www-form-urlencoded"});
    endpoint.content = content_of(endpoint.content_type);
    if (auto const* body = member(node, "body")) endpoint.body = *body;
    if ((endpoint.content == Content::none) != endpoint.body.is_null())
        node.wrong("body", "pack_value_is_missing", "body 和 content_type 要一起写。");
    if (endpoint.content == Content::xml) endpoint.content_type += "; charset=utf-8";
    endpoint.list = read_list(node);
    endpoint.answer = read_answer(node.object("answer"));
    return endpoint;
}

void read_signing(PackNode const& connector, Connector& made) {
    auto node = connector.object("sign");
    node.only({"scheme", "key_id", "key_name", "demo_secret"});
    auto scheme = client::read_scheme(
        node.one_of("scheme", {"none", "bearer", "hmac_sha256", "hmac_sm3", "sorted_sm3"}));
    made.scheme = scheme.value_or(client::Scheme::none);
    made.key_id = node.text_or("key_id", "", 60);
    made.key_name = node.text_or("key_name", "", 60);
    made.demo_secret = node.text_or("demo_secret", "", 200);
    if (made.scheme == client::Scheme::none) return;
    if (made.key_name.empty()) node.wrong("key_name", "pack_value_is_missing", "缺少 key_name。");
    auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (!std::all_of(made.key_name.begin(), made.key_name.end(), plain))
        node.wrong("key_name", "pack_id_is_malformed", "文件名只用小写字母、数字、- 和 _。");
    if (made.key_id.empty() && made.scheme != client::Scheme::bearer)
        node.wrong("key_id", "pack_value_is_missing", "缺少 key_id。");
}

bool is_address(std::string const& text) {
    return text.starts_with("$SIM") || text.starts_with("http://") || text.starts_with("https://");
}

void read_times(PackNode const& node, Connector& made) {
    made.deadline_ms = static_cast<int>(node.number("deadline_ms", 100, 10000));
    made.late_after_ms = static_cast<int>(node.number("late_after_ms", 100, 120000));
    if (made.late_after_ms < made.deadline_ms)
        node.wrong("late_after_ms", "pack_number_is_out_of_range", "不能比 deadline_ms 短。");
    made.retries = static_cast<int>(node.number_or("retries", 1, 0, 5));
    if (auto breaker = node.maybe("breaker")) {
        breaker->only({"failures", "seconds"});
        made.breaker.failures = static_cast<int>(breaker->number("failures", 1, 100));
        made.breaker.pause = std::chrono::seconds{breaker->number("seconds", 1, 3600)};
    }
    made.cache = std::chrono::seconds{node.number_or("cache_seconds", 0, 0, 86400)};
    made.answer_bytes_max =
        static_cast<std::size_t>(node.number_or("answer_bytes_max", 1 << 20, 1024, 16 << 20));
}
}  // namespace

bool is_code(std::string_view text) {
    if (text.empty() || text.size() > 40 || text[0] < 'a' || text[0] > 'z') return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Connector read_connector(PackNode const& node) {
    node.only({"source", "name", "x-en", "provider", "base_url", "health_path", "sign", "deadline_ms",
               "late_after_ms", "retries", "breaker", "cache_seconds", "answer_bytes_max", "corrections",
               "resources"});
    Connector made;
    made.source = node.text("source", 40);
    if (!is_code(made.source))
        node.wrong("source", "pack_id_is_malformed", "代码只用小写字母、数字和下划线。");
    made.name = node.text("name", 40);
    made.name_en = node.object("x-en").text("name");
    made.provider = node.text("provider", 80);
    made.base_url = node.text("base_url", 300);
    if (!is_address(made.base_url))
        node.wrong("base_url", "address_is_malformed", "地址以 http://、https:// 或 $SIM 开头。");
    made.health_path = node.text_or("health_path", "");
    read_signing(node, made);
    read_times(node, made);
    if (auto corrections = node.maybe("corrections")) {
        corrections->only({"path"});
        made.corrections_path = corrections->text("path");
    }
    auto resources = node.object("resources");
    for (auto const& pair : resources.members()) {
        auto code = as_text(pair.key());
        made.endpoints.emplace(code, read_endpoint(resources.object(code), code));
    }
    return made;
}

}  // namespace tongban::exchange
