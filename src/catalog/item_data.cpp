#include "catalog/item_data.h"

#include <algorithm>
#include <set>

namespace tongban::catalog {

namespace {
std::optional<rules::Type> type_of(std::string_view word) {
    static constexpr std::pair<std::string_view, rules::Type> types[] = {{"string", rules::Type::string},
                                                                         {"number", rules::Type::number},
                                                                         {"date", rules::Type::date},
                                                                         {"boolean", rules::Type::boolean},
                                                                         {"list", rules::Type::list}};
    for (auto const& [name, type] : types)
        if (name == word) return type;
    return std::nullopt;
}

bool is_key(std::string_view text) {
    auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && text.size() <= 40 && text[0] >= 'a' && text[0] <= 'z' &&
           std::all_of(text.begin(), text.end(), fits);
}

std::string text_at(Json const& value, std::string_view key) {
    auto const* object = value.if_object();
    auto const* found = object == nullptr ? nullptr : object->if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

json::array const& list_at(Json const& value, std::string_view key) {
    static json::array const none;
    auto const* object = value.if_object();
    auto const* found = object == nullptr ? nullptr : object->if_contains(key);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

std::string english_at(Json const& value, std::string_view key) {
    auto const* object = value.if_object();
    auto const* inner = object == nullptr ? nullptr : object->if_contains("x-en");
    return inner == nullptr ? std::string() : text_at(*inner, key);
}

forms::Words words_at(Json const& value, std::string_view key) {
    return {text_at(value, key), english_at(value, key)};
}

/// {"name": …} of the department that answers.
forms::Words provider_of(Json const& resource) {
    auto const* found = resource.as_object().if_contains("provider");
    if (found == nullptr) return {};
    return found->is_object() ? words_at(*found, "name") : words_at(resource, "provider");
}

json::object pared(Json const& from, std::initializer_list<std::string_view> keys) {
    json::object out;
    if (auto const* object = from.if_object())
        for (auto key : keys)
            if (auto const* found = object->if_contains(key)) out[key] = *found;
    return out;
}

json::array pared_list(json::array const& from, std::initializer_list<std::string_view> keys) {
    json::array out;
    for (auto const& one : from) out.push_back(pared(one, keys));
    return out;
}
}  // namespace

Json resources_of(Json const& item, Json const& all) {
    json::object out;
    for (auto const& datum : list_at(item, "data")) {
        auto code = text_at(datum, "resource");
        for (auto const& one : list_at(all, "resources")) {
            if (text_at(one, "code") != code) continue;
            auto kept = pared(one, {"name", "x-en", "provider"});
            kept["parameters"] = pared_list(list_at(one, "parameters"), {"name", "type"});
            kept["fields"] = pared_list(list_at(one, "fields"), {"key", "name", "x-en", "type"});
            out[code] = std::move(kept);
        }
    }
    if (out.empty()) return nullptr;
    return out;
}

Limit read_limit(org::PackNode const& node) {
    node.only({"value", "unit"});
    static constexpr std::pair<std::string_view, LimitUnit> units[] = {
        {"working_day", LimitUnit::working_day},
        {"natural_day", LimitUnit::natural_day},
        {"hour", LimitUnit::hour},
        {"month", LimitUnit::month}};
    Limit made{static_cast<int>(node.number("value", 1, 366)), LimitUnit::working_day};
    auto unit = node.one_of("unit", {"working_day", "natural_day", "hour", "month"});
    for (auto const& [word, one] : units)
        if (word == unit) made.unit = one;
    return made;
}

ItemType read_type(org::PackNode const& item) {
    if (!item.has("type")) return ItemType::public_service;
    auto said = item.one_of("type", {"permit", "confirmation", "benefit", "public_service", "other"});
    return said == "permit"         ? ItemType::permit
           : said == "confirmation" ? ItemType::confirmation
           : said == "benefit"      ? ItemType::benefit
           : said == "other"        ? ItemType::other
                                    : ItemType::public_service;
}

forms::Words read_words(org::PackNode const& node, std::string_view name, std::size_t longest) {
    forms::Words words{node.text(name, longest), {}};
    if (auto english = node.maybe("x-en")) words.en = english->text_or(name, "", 2 * longest);
    return words;
}

void DataReader::declare_fields(org::PackNode const& node, Datum& datum) const {
    auto const* resource =
        resources_.is_object() ? resources_.get_object().if_contains(datum.resource) : nullptr;
    if (resource == nullptr) {
        if (!datum.resource.empty())
            node.wrong("resource", "resource_is_unknown",
                       "exchange/resources.json 里没有 " + datum.resource + "。");
        return;
    }
    datum.what = words_at(*resource, "name");
    datum.provider = provider_of(*resource);
    for (auto const& one : list_at(*resource, "fields")) {
        auto type = type_of(text_at(one, "type"));
        if (!type)
            node.wrong("resource", "resource_is_not_readable",
                       "资源 " + datum.resource + " 的字段类型不对。");
        datum.fields.push_back({text_at(one, "key"), words_at(one, "name"), type.value_or(rules::Type::any)});
    }
}

void DataReader::declare() {
    std::set<std::string> keys{"applicant", "firm", "today"};
    for (auto const& node : item_.list_or_none("data")) {
        node.only(
            {"key", "resource", "why", "x-en", "parameters", "when", "for_each", "basis", "basis_text"});
        Datum datum;
        datum.key = node.text("key", 40);
        if (!datum.key.empty() && !is_key(datum.key))
            node.wrong("key", "data_key_is_malformed", "key 用小写字母、数字和下划线，以字母开头。");
        else if (!keys.insert(datum.key).second)
            node.wrong("key", "pack_names_it_twice", datum.key + " 已经用过，或者是系统的名称。");
        datum.resource = node.text("resource", 40);
        datum.why = read_words(node, "why", 200);
        declare_fields(node, datum);
        bool duty = node.one_of("basis", {"consent", "duty"}) == "duty";
        datum.basis = duty ? Basis::duty : Basis::consent;
        datum.basis_text = node.text_or("basis_text", "", 200);
        if (duty == datum.basis_text.empty())
            node.wrong("basis_text", "duty_needs_its_law", "依职责查询要写明法律条文；经本人同意的不写。");
        if (auto each = node.maybe("for_each")) {
            each->only({"list", "as"});
            datum.each = each->text("as", 40);
            if (!is_key(datum.each) || keys.contains(datum.each))
                each->wrong("as", "data_key_is_malformed", "as 用没有用过的小写名称。");
        }
        out_.data.push_back(std::move(datum));
    }
}

void DataReader::read_datum(org::PackNode const& node, Datum& datum, Conditions const& conditions,
                            rules::Names const& names) const {
    using Wanted = Conditions::Wanted;
    if (node.has("when")) datum.when = conditions.read(node, "when", Wanted::condition, names);
    rules::Names within = names;
    if (auto each = node.maybe("for_each")) {
        datum.list = conditions.read(*each, "list", Wanted::value, names);
        bool list =
            !datum.list || datum.list->type() == rules::Type::list || datum.list->type() == rules::Type::any;
        if (!list) each->wrong("list", "for_each_needs_a_list", "for_each 的 list 要是一个列表。");
        if (!datum.each.empty()) within.add(datum.each, rules::Type::any);
    }
    auto parameters = node.object("parameters");
    for (auto const& pair : parameters.members()) {
        std::string name(pair.key().data(), pair.key().size());
        if (auto value = conditions.read(parameters, name, Wanted::value, within))
            datum.parameters.push_back({name, std::move(*value)});
    }
    auto const* resource =
        resources_.is_object() ? resources_.get_object().if_contains(datum.resource) : nullptr;
    if (resource == nullptr) return;
    std::set<std::string> known;
    for (auto const& one : list_at(*resource, "parameters")) {
        auto name = text_at(one, "name");
        known.insert(name);
        if (!parameters.has(name))
            node.wrong("parameters", "parameter_is_missing",
                       "查询 " + datum.resource + " 还要给出 " + name + "。");
    }
    for (auto const& pair : parameters.members())
        if (!known.contains(std::string(pair.key().data(), pair.key().size())))
            parameters.wrong(pair.key(), "parameter_is_unknown", datum.resource + " 没有这个参数。");
}

void DataReader::read_instant(Conditions const& conditions) {
    auto instant = item_.maybe("instant");
    if (!instant) return;
    instant->only({"conditions"});
    std::set<std::string> keys;
    for (auto const& node : instant->list("conditions")) {
        node.only({"key", "when", "yes", "no", "x-en", "for_staff"});
        auto key = node.text("key", 40);
        if (!keys.insert(key).second) node.wrong("key", "pack_names_it_twice", key + " 重复。");
        auto yes = read_words(node, "yes", 200), no = read_words(node, "no", 200);
        if (yes.en.empty() || no.en.empty())
            node.wrong("x-en", "pack_value_is_missing", "自动办理的理由要有英文 yes、no。");
        auto staff_yes = yes, staff_no = no;
        if (auto staff = node.maybe("for_staff")) {
            staff->only({"yes", "no", "x-en"});
            staff_yes = read_words(*staff, "yes", 200), staff_no = read_words(*staff, "no", 200);
            if (staff_yes.en.empty() || staff_no.en.empty())
                staff->wrong("x-en", "pack_value_is_missing", "给工作人员看的理由要有英文 yes、no。");
        }
        if (auto when = conditions.read(node, "when", Conditions::Wanted::condition))
            out_.instant.push_back({key, std::move(*when), std::move(yes), std::move(no),
                                    std::move(staff_yes), std::move(staff_no)});
    }
}

void DataReader::read(Conditions const& conditions) {
    auto names = conditions.names();
    // Names of later entries are known too, so that using one is told as what it is.
    std::size_t place = 0;
    for (auto const& node : item_.list_or_none("data")) {
        auto& datum = out_.data[place];
        read_datum(node, datum, conditions, names);
        auto later = [&](rules::Expression const& one) {
            for (auto const& name : one.names())
                for (std::size_t i = place; i < out_.data.size(); ++i)
                    if (name.starts_with(out_.data[i].key + "."))
                        node.wrong("key", "data_refers_to_a_later_entry",
                                   datum.key + " 用到了后面才查的 " + name + "。");
        };
        for (auto const& parameter : datum.parameters) later(parameter.value);
        if (datum.when) later(*datum.when);
        if (datum.list) later(*datum.list);
        ++place;
    }
    read_instant(conditions);
}

SpecialStep DataReader::special_step(org::PackNode const& node) const {
    node.only({"key", "name", "x-en", "role", "officers", "limit", "counts_in_limit", "basis", "findings"});
    SpecialStep step;
    step.key = node.text("key", 40);
    step.name = read_words(node, "name", 40);
    step.role = node.text("role", 40);
    step.officers = static_cast<int>(node.number("officers", 1, 5));
    step.limit = read_limit(node.object("limit"));
    step.counts_in_limit = node.flag("counts_in_limit");
    step.basis = node.text("basis", 200);
    std::set<std::string> keys;
    for (auto const& one : node.list("findings")) {
        one.only({"key", "label", "x-en"});
        SpecialStep::Finding finding{one.text("key", 40), read_words(one, "label", 120)};
        if (!keys.insert(finding.key).second)
            one.wrong("key", "pack_names_it_twice", finding.key + " 重复。");
        step.findings.push_back(std::move(finding));
    }
    return step;
}

void DataReader::read_special_steps() {
    std::set<std::string> keys;
    for (auto const& node : item_.list_or_none("special_steps")) {
        out_.special_steps.push_back(special_step(node));
        if (!keys.insert(out_.special_steps.back().key).second)
            node.wrong("key", "pack_names_it_twice", out_.special_steps.back().key + " 重复。");
    }
}

void DataReader::check_consent(org::PackNode const& texts, std::optional<Text> text) {
    bool needed = std::any_of(out_.data.begin(), out_.data.end(),
                              [](Datum const& one) { return one.basis == Basis::consent; });
    bool named =
        item_.has("data_consent") && item_.one_of("data_consent", {"data_consent"}) == "data_consent";
    if (needed && (!text || !named))
        item_.wrong("data_consent", "consent_needs_its_text",
                    "经本人同意才查的数据，要在 texts.json 写 data_consent，并在这里指明。");
    if (!needed && (text || named))
        texts.wrong("data_consent", "text_is_not_used", "没有要本人同意才查的数据。");
    if (needed && text) out_.data_consent = std::move(text);
}

std::vector<forms::Supplied> supplied_to(Item const& item) {
    auto all = forms::standard_supplied();
    if (item.applicant == Applicant::organisation)
        for (auto const* path : {"firm.name", "firm.uscc", "firm.legal_person"})
            all.push_back({path, rules::Type::string, forms::Origin::known});
    for (auto const& datum : item.data) {
        all.push_back({datum.key + ".outcome", rules::Type::string, forms::Origin::asked});
        all.push_back({datum.key + ".count", rules::Type::number, forms::Origin::asked});
        if (!datum.each.empty()) continue;
        all.push_back({datum.key + ".asked_on", rules::Type::date, forms::Origin::asked});
        all.push_back({datum.key + ".asked_at", rules::Type::string, forms::Origin::asked});
        for (auto const& field : datum.fields)
            if (field.key != "outcome" && field.key != "count" && !field.key.starts_with("asked_"))
                all.push_back({datum.key + "." + field.key, field.type, forms::Origin::asked});
    }
    return all;
}

}  // namespace tongban::catalog
