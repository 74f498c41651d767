#include <algorithm>
#include <set>

#include "exchange/document.h"
#include "exchange/read_connector.h"
#include "exchange/template.h"

namespace tongban::exchange {

namespace {
/// What a value must survive to be safe in its place.
constexpr std::string_view hostile = "x<&>\"'\\}]y";

class Check {
public:
    Check(Endpoint const& endpoint, Resource const& resource, std::string place, org::Troubles& troubles)
        : endpoint_(endpoint), resource_(resource), place_(std::move(place)), troubles_(troubles) {
        for (auto const* name : {"call", "item", "basis", "consent", "case_no", "why"}) names_.insert(name);
        for (auto const& [name, type] : resource.parameters) names_.insert(name);
    }

    void run() {
        template_text("/path", endpoint_.path);
        for (auto const& [name, text] : endpoint_.query) template_text("/query/" + name, text);
        body();
        fields();
        for (auto const& [parameter, at] : endpoint_.answer.same) known("/answer/same", parameter);
        list();
    }

private:
    void note(std::string const& at, std::string code, std::string detail) {
        troubles_.add(place_ + at, std::move(code), std::move(detail));
    }

    void known(std::string const& at, std::string const& parameter) {
        for (auto const& [name, type] : resource_.parameters)
            if (name == parameter) return;
        note(at, "parameter_is_unknown", "资源没有参数 " + parameter + "。");
    }

    std::size_t template_text(std::string const& at, std::string_view text) {
        auto names = names_in(text);
        for (auto const& name : names)
            if (!names_.contains(name))
                note(at, "template_names_no_parameter", "{{" + name + "}} 不是这个资源的参数。");
        return names.size();
    }

    void json_body(Json const& value, std::string const& at) {
        if (value.is_string()) template_text(at, {value.get_string().data(), value.get_string().size()});
        if (value.is_array())
            for (auto const& each : value.get_array()) json_body(each, at);
        if (!value.is_object()) return;
        for (auto const& pair : value.get_object()) {
            std::string key(pair.key().data(), pair.key().size());
            if (!names_in(key).empty())
                note(at + "/" + key, "template_stands_where_it_cannot", "名称里不能有 {{}}。");
            json_body(pair.value(), at + "/" + key);
        }
    }

    void xml_body() {
        if (!endpoint_.body.is_string()) return note("/body", "body_is_malformed", "XML 写成一段文字。");
        std::string text(endpoint_.body.get_string());
        auto count = template_text("/body", text);
        Values values;
        for (auto const& name : names_in(text)) values.emplace(name, hostile);
        auto texts = texts_of_xml(filled(text, values, Escape::xml));
        if (!texts) return note("/body", "body_is_malformed", "填好以后不是规范的 XML，或带有 DOCTYPE。");
        std::size_t kept = 0;
        for (auto const& each : *texts)
            for (auto at = each.find(hostile); at != std::string::npos; at = each.find(hostile, at + 1))
                ++kept;
        if (kept != count)
            note("/body", "template_stands_where_it_cannot", "{{}} 只能写在元素的文字或属性值里。");
    }

    void body() {
        if (endpoint_.content == Content::xml) return xml_body();
        if (endpoint_.content == Content::none) return;
        bool fits = endpoint_.content == Content::json || endpoint_.body.is_object();
        if (fits && endpoint_.content == Content::form)
            fits = std::all_of(endpoint_.body.get_object().begin(), endpoint_.body.get_object().end(),
                               [](auto const& pair) { return pair.value().is_string(); });
        if (!fits) return note("/body", "body_is_malformed", "表单写成“名称: 文字”的对象。");
        json_body(endpoint_.body, "/body");
    }

    void fields() {
        std::set<std::string> mapped;
        for (auto const& map : endpoint_.answer.fields) {
            auto const* field = resource_.field(map.key);
            auto at = "/answer/fields/" + map.key;
            mapped.insert(map.key);
            if (field == nullptr) {
                note(at, "field_is_unknown", "资源没有字段 " + map.key + "。");
                continue;
            }
            if ((field->type == FieldType::list) != (map.gather == Gather::list))
                note(at, "field_type_does_not_fit", "list 类型的字段要写 as: list，其他字段不写。");
            if (map.gather == Gather::count && field->type != FieldType::number)
                note(at, "field_type_does_not_fit", "as: count 只用于数字字段。");
            if (!map.date.empty() && field->type != FieldType::date)
                note(at, "field_type_does_not_fit", "date 只用于日期字段。");
        }
        for (auto const& field : resource_.fields)
            if (!mapped.contains(field.key))
                note("/answer/fields", "field_is_not_mapped", "缺少字段 " + field.key + "。");
    }

    void list() {
        if (endpoint_.list.has_value() != (resource_.mode == "batch") ||
            endpoint_.list.has_value() != (endpoint_.answer.format == Format::csv))
            note("/batch", "list_is_not_csv",
                 "mode 为 batch 的资源要有 batch，并且 format 是 csv；其他资源都不要。");
        if (endpoint_.list) known("/batch/key", endpoint_.list->parameter);
    }

    Endpoint const& endpoint_;
    Resource const& resource_;
    std::string place_;
    org::Troubles& troubles_;
    std::set<std::string> names_{};
};
}  // namespace

void check_endpoint(Endpoint const& endpoint, Resource const& resource, std::string const& place,
                    org::Troubles& troubles) {
    Check(endpoint, resource, place, troubles).run();
}

}  // namespace tongban::exchange
