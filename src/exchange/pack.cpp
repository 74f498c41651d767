#include "exchange/pack.h"

#include <set>

#include "exchange/read_connector.h"

namespace tongban::exchange {

namespace {
constexpr char const* resources_file = "exchange/resources.json";
constexpr char const* connectors_folder = "exchange/connectors";

std::string english(org::PackNode const& node, std::string_view key = "name") {
    auto const& words = node.object("x-en");
    return words.text(key);
}

/// What has no English is told in Chinese.
std::string english_or(org::PackNode const& node, std::string_view key, std::string const& chinese) {
    return node.has("x-en") ? node.object("x-en").text_or(key, chinese) : chinese;
}

std::vector<Field> read_fields(org::PackNode const& node) {
    std::vector<Field> fields;
    std::set<std::string> seen;
    for (auto const& each : node.list("fields")) {
        each.only({"key", "name", "x-en", "type", "sensitive", "values"});
        Field field;
        field.key = each.text("key", 40);
        field.name = each.text("name", 40);
        field.name_en = english(each);
        auto type = each.one_of("type", {"string", "number", "date", "boolean", "list"});
        for (auto known :
             {FieldType::string, FieldType::number, FieldType::date, FieldType::boolean, FieldType::list})
            if (to_text(known) == type) field.type = known;
        field.sensitive = each.flag_or_no("sensitive");
        for (auto const& value : each.list_or_none("values"))
            field.values.push_back({value.text("value", 60), value.text("name", 60), english(value)});
        if (!seen.insert(field.key).second)
            each.wrong("key", "pack_names_it_twice", "字段 " + field.key + " 重复。");
        fields.push_back(std::move(field));
    }
    return fields;
}

Resource read_resource(org::PackNode const& node) {
    node.only({"code", "name", "x-en", "provider", "summary", "share", "mode", "update_cycle", "parameters",
               "fields", "security_grade", "published_on"});
    Resource resource;
    resource.code = node.text("code", 40);
    if (!is_code(resource.code))
        node.wrong("code", "pack_id_is_malformed", "代码只用小写字母、数字和下划线。");
    resource.name = node.text("name", 40);
    resource.name_en = english(node);
    auto provider = node.object("provider");
    provider.only({"body", "name", "x-en"});
    resource.provider = provider.text("name", 80);
    resource.provider_en = english_or(provider, "name", resource.provider);
    resource.summary = node.text("summary", 300);
    resource.summary_en = english_or(node, "summary", resource.summary);
    auto share = node.object("share");
    share.only({"kind", "condition", "x-en"});
    resource.share = share.one_of("kind", {"unconditional", "conditional"});
    resource.condition = share.text_or("condition", "");
    resource.condition_en = english_or(share, "condition", resource.condition);
    if (resource.share == "conditional" && resource.condition.empty())
        share.wrong("condition", "pack_value_is_missing", "有条件共享要写明条件。");
    resource.mode = node.one_of("mode", {"api", "batch"});
    resource.update_cycle =
        node.one_of("update_cycle", {"real_time", "daily", "weekly", "monthly", "quarterly", "yearly"});
    for (auto const& each : node.list("parameters")) {
        each.only({"name", "type"});
        resource.parameters.emplace_back(each.text("name", 40),
                                         each.one_of("type", {"id_number", "uscc", "name", "text"}));
    }
    resource.fields = read_fields(node);
    resource.security_grade = static_cast<int>(node.number("security_grade", 1, 4));
    resource.published_on = node.text("published_on", 10);
    if (!resource.published_on.empty() && !read_day(resource.published_on).ok())
        node.wrong("published_on", "day_is_not_a_date", "日期写作 2026-10-15。");
    return resource;
}

/// Those that read whole; their source is set when a connector names them.
using Readable = std::map<std::string, Resource>;

void take_connector(Connector& connector, std::string const& place, Readable& resources,
                    org::Troubles& troubles) {
    for (auto& [code, endpoint] : connector.endpoints) {
        auto found = resources.find(code);
        auto at = place + "/resources/" + code;
        if (found == resources.end()) {
            troubles.add(at, "resource_is_unknown", "目录里没有资源 " + code + "。");
            continue;
        }
        auto& resource = found->second;
        if (!resource.source.empty())
            troubles.add(at, "pack_names_it_twice", code + " 已由 " + resource.source + " 提供。");
        resource.source = connector.source;
        for (auto& map : endpoint.answer.fields)
            if (auto const* field = resource.field(map.key)) map.type = field->type;
        check_endpoint(endpoint, resource, at, troubles);
    }
}

Catalogue catalogue_of(Readable resources, std::vector<Connector> connectors) {
    Catalogue catalogue;
    for (auto& [code, resource] : resources)
        catalogue.resources.emplace(code, std::make_shared<Resource const>(std::move(resource)));
    for (auto& connector : connectors) {
        auto source = connector.source;
        catalogue.connectors.emplace(source, std::make_shared<Connector const>(std::move(connector)));
    }
    return catalogue;
}

void read_resources(Json const& file, Contents& contents, Readable& readable, org::Troubles& troubles) {
    org::PackNode root(file, std::string(resources_file) + "#", troubles);
    root.only({"resources"});
    for (auto const& node : root.list("resources")) {
        auto resource = read_resource(node);
        if (!contents.resources.emplace(resource.code, to_text(Json(node.members()))).second)
            node.wrong("code", "pack_names_it_twice", "资源 " + resource.code + " 重复。");
        readable.emplace(resource.code, std::move(resource));
    }
}
}  // namespace

Result<Contents> read_contents(Pack const& pack) {
    Contents contents;
    auto files = pack.list(connectors_folder, ".json");
    if (files.empty() && !pack.read(resources_file).ok()) return contents;
    org::Troubles troubles;
    Readable readable;
    auto list = org::read_pack_json(pack, resources_file, troubles);
    if (list) read_resources(*list, contents, readable, troubles);
    std::vector<Connector> connectors;
    for (auto const& file : files) {
        auto json = org::read_pack_json(pack, file, troubles);
        if (!json) continue;
        auto connector = read_connector(org::PackNode(*json, file + "#", troubles));
        if (is_code(connector.source) &&
            file != std::string(connectors_folder) + "/" + connector.source + ".json")
            troubles.add(file + "#/source", "pack_value_has_wrong_type", "文件名要和 source 一致。");
        take_connector(connector, file + "#", readable, troubles);
        contents.connectors.emplace(connector.source, to_text(*json));
        connectors.push_back(std::move(connector));
    }
    TRY(troubles.verdict());
    contents.catalogue = catalogue_of(std::move(readable), std::move(connectors));
    return contents;
}

Result<Catalogue> read_catalogue(std::map<std::string, std::string> const& resources,
                                 std::map<std::string, std::string> const& connectors) {
    org::Troubles troubles;
    Readable readable;
    for (auto const& [code, text] : resources) {
        auto json = TRY(read_json(text));
        readable.emplace(code, read_resource(org::PackNode(json, code, troubles)));
    }
    std::vector<Connector> read;
    for (auto const& [source, text] : connectors) {
        auto json = TRY(read_json(text));
        read.push_back(read_connector(org::PackNode(json, source, troubles)));
        take_connector(read.back(), source, readable, troubles);
    }
    TRY(troubles.verdict());
    return catalogue_of(std::move(readable), std::move(read));
}

}  // namespace tongban::exchange
