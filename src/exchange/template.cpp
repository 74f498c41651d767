#include "exchange/template.h"

#include "base/xml_text.h"

namespace tongban::exchange {

namespace {
constexpr std::string_view placeholder = "$SIM";

std::string escaped(std::string_view value, Escape escape) {
    if (escape == Escape::none) return std::string(value);
    if (escape == Escape::url) return client::percent_encoded(value);
    return xml_text(value, XmlPlace::attribute);  // it may stand in either place
}

/// Text between placeholders to `plain`, names to `name`.
template <class Plain, class Name>
void split(std::string_view text, Plain&& plain, Name&& name) {
    while (!text.empty()) {
        auto open = text.find("{{");
        auto close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos) return plain(text);
        plain(text.substr(0, open));
        name(text.substr(open + 2, close - open - 2));
        text.remove_prefix(close + 2);
    }
}

Json filled_json(Json const& from, Values const& values) {
    if (from.is_string()) {
        auto const& text = from.get_string();
        return Json(filled({text.data(), text.size()}, values, Escape::none));
    }
    if (from.is_array()) {
        json::array out;
        for (auto const& each : from.get_array()) out.push_back(filled_json(each, values));
        return out;
    }
    if (!from.is_object()) return from;
    json::object out;
    for (auto const& pair : from.get_object()) out[pair.key()] = filled_json(pair.value(), values);
    return out;
}

std::string pairs_text(Texts const& pairs, Values const& values) {
    std::string out;
    for (auto const& [name, text] : pairs) {
        if (!out.empty()) out += '&';
        out +=
            client::percent_encoded(name) + "=" + client::percent_encoded(filled(text, values, Escape::none));
    }
    return out;
}

Texts pairs_of(Json const& body) {
    Texts pairs;
    for (auto const& pair : body.as_object()) {
        auto const& text = pair.value().as_string();
        pairs.emplace_back(pair.key(), std::string_view(text.data(), text.size()));
    }
    return pairs;
}

std::string body_of(Endpoint const& endpoint, Values const& values) {
    switch (endpoint.content) {
        case Content::none:
            return "";
        case Content::json:
            return to_text(filled_json(endpoint.body, values));
        case Content::form:
            return pairs_text(pairs_of(endpoint.body), values);
        case Content::xml:
            break;
    }
    auto const& text = endpoint.body.as_string();
    return filled({text.data(), text.size()}, values, Escape::xml);
}

void add_header(client::Call& call, std::string name, Values const& values, std::string_view key) {
    auto found = values.find(key);
    if (found != values.end() && !found->second.empty())
        call.headers.emplace_back(std::move(name), client::percent_encoded(found->second));
}
}  // namespace

std::string filled(std::string_view text, Values const& values, Escape escape) {
    std::string out;
    split(
        text, [&](std::string_view plain) { out += plain; },
        [&](std::string_view name) {
            auto found = values.find(name);
            if (found != values.end()) out += escaped(found->second, escape);
        });
    return out;
}

std::vector<std::string> names_in(std::string_view text) {
    std::vector<std::string> names;
    split(
        text, [](std::string_view) {}, [&](std::string_view name) { names.emplace_back(name); });
    return names;
}

client::Call make_call(Connector const& connector, Endpoint const& endpoint, std::string const& base,
                       Values const& values) {
    client::Call call;
    call.method = endpoint.method;
    call.url = base + filled(endpoint.path, values, Escape::url);
    if (!endpoint.query.empty()) call.url += "?" + pairs_text(endpoint.query, values);
    call.body = body_of(endpoint, values);
    if (endpoint.content != Content::none) call.headers.emplace_back("Content-Type", endpoint.content_type);
    for (auto const& header : endpoint.headers) call.headers.push_back(header);
    add_header(call, "X-Call-Id", values, "call");
    add_header(call, "X-Item", values, "item");
    add_header(call, "X-Basis", values, "basis");
    add_header(call, "X-Consent", values, "consent");
    add_header(call, "X-Case-No", values, "case_no");
    add_header(call, "X-Purpose", values, "why");
    call.answer_bytes_max = endpoint.list ? endpoint.list->answer_bytes_max : connector.answer_bytes_max;
    return call;
}

std::string base_of(Connector const& connector, std::string_view address) {
    if (!connector.base_url.starts_with(placeholder)) return connector.base_url;
    if (address.empty()) return "";
    return std::string(address) + connector.base_url.substr(placeholder.size());
}

}  // namespace tongban::exchange
