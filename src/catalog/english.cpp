#include "catalog/english.h"

namespace tongban::catalog {

namespace {
using Names = std::initializer_list<std::string_view>;

json::object const no_members;

json::object const& object_of(Json const& value) {
    auto const* object = value.if_object();
    return object == nullptr ? no_members : *object;
}

json::object const* member(json::object const& of, std::string_view name) {
    auto const* found = of.if_contains(name);
    return found == nullptr ? nullptr : found->if_object();
}

json::array const* list(json::object const& of, std::string_view name) {
    auto const* found = of.if_contains(name);
    return found == nullptr ? nullptr : found->if_array();
}

std::string_view text(json::object const& of, std::string_view name) {
    auto const* found = of.if_contains(name);
    return found == nullptr || !found->is_string() ? std::string_view()
                                                   : std::string_view(found->get_string());
}

/// Puts the English of `from` over members of `onto` that are there.
void lay_over(json::object& onto, json::object const& from, Names names) {
    auto const* english = member(from, "x-en");
    if (english == nullptr) return;
    for (auto name : names)
        if (auto const* said = english->if_contains(name); said != nullptr && onto.contains(name))
            onto[name] = *said;
}

/// The same for two lists of one order.
void lay_over_list(json::object& onto, std::string_view key, json::object const& from, Names names) {
    auto* shown = onto.contains(key) ? onto[key].if_array() : nullptr;
    auto const* given = list(from, key);
    if (shown == nullptr || given == nullptr || given->size() != shown->size()) return;
    for (std::size_t i = 0; i < given->size(); ++i)
        if (auto* one = (*shown)[i].if_object()) lay_over(*one, object_of((*given)[i]), names);
}

std::string limit_words(json::object const& limit) {
    auto const* value = limit.if_contains("value");
    if (value == nullptr || !value->is_int64()) return std::string(text(limit, "text"));
    static constexpr std::pair<std::string_view, LimitUnit> units[] = {
        {"working_day", LimitUnit::working_day},
        {"natural_day", LimitUnit::natural_day},
        {"hour", LimitUnit::hour},
        {"month", LimitUnit::month}};
    for (auto const& [word, unit] : units)
        if (word == text(limit, "unit"))
            return limit_text_in_english({static_cast<int>(value->get_int64()), unit});
    return std::string(text(limit, "text"));
}

void lay_over_limits(json::object& onto, Names names) {
    for (auto name : names)
        if (auto* limit = onto.contains(name) ? onto[name].if_object() : nullptr)
            (*limit)["text"] = limit_words(*limit);
}

void lay_over_text(json::object& onto, std::string_view key, json::object const* from) {
    auto* shown = onto.contains(key) ? onto[key].if_object() : nullptr;
    if (shown != nullptr && from != nullptr) lay_over(*shown, *from, {"title", "paragraphs", "agree_label"});
}

/// Looks at one `x-en`: its members are texts, no longer than twice the Chinese may be.
void check_words(org::PackNode const& node, Names names, std::size_t longest) {
    auto english = node.maybe("x-en");
    if (!english) return;
    english->only(names);
    for (auto name : names)
        if (english->has(name)) (void)english->text(name, longest);
}

void check_lines(org::PackNode const& node, org::PackNode const& english, std::string_view key,
                 std::size_t longest) {
    if (!english.has(key)) return;
    if (english.texts(key, longest).size() != node.texts(key, longest).size())
        english.wrong(key, "english_has_other_lines", "英文要和中文一条对一条。");
}

void check_text(org::PackNode const& node) {
    auto english = node.maybe("x-en");
    if (!english) return;
    english->only({"title", "paragraphs", "agree_label"});
    check_lines(node, *english, "paragraphs", 1000);
}
}  // namespace

std::string limit_text_in_english(Limit limit) {
    static constexpr std::string_view words[] = {" working day", " day", " hour", " month"};
    return std::to_string(limit.value) + std::string(words[static_cast<std::size_t>(limit.unit)]) +
           (limit.value == 1 ? "" : "s");
}

void read_english(org::PackNode const& item, Item& out, Card& card) {
    auto english = item.maybe("x-en");
    if (!english) return;
    english->only({"name", "summary", "visits_text", "fee_text", "statutory_text", "result_name",
                   "result_text", "remedies", "flow"});
    card.name_en = out.name_en = english->text("name", 120);
    card.summary_en = english->text_or("summary", "", 240);
    card.fee_text_en = english->text_or("fee_text", "", 80);
    out.remedies_en = english->text_or("remedies", "", 1000);
    out.result_name_en = english->text_or("result_name", "", 240);
    check_lines(item, *english, "flow", 120);
    if (english->has("flow")) out.flow_en = english->texts("flow", 120);
    for (auto const* key : {"visits_text", "statutory_text", "result_text"})
        (void)english->text_or(key, "", 240);
}

std::optional<Text::English> english_of(org::PackNode const& text) {
    auto english = text.maybe("x-en");
    if (!english) return std::nullopt;
    check_text(text);
    return Text::English{english->text("title", 120), english->text_or("agree_label", "", 120),
                         english->texts("paragraphs", 1000)};
}

void check_english(Content const& content, std::string const& place, org::Troubles& troubles) {
    org::PackNode const guide(content.guide, place + "/guide.json#", troubles);
    if (auto english = guide.maybe("x-en")) {
        english->only({"conditions", "note"});
        check_lines(guide, *english, "conditions", 240);
        if (english->has("note")) (void)english->text("note", 1000);
    }
    for (auto const& node : guide.list_or_none("steps"))
        check_words(node, {"name", "who", "time_text", "note"}, 400);
    for (auto const& node : guide.list_or_none("basis"))
        check_words(node, {"title", "article", "text"}, 2000);
    for (auto const& node : guide.list_or_none("faq")) check_words(node, {"question", "answer"}, 2000);
}

json::object guide_in_english(Content const& content, json::object guide) {
    lay_over(guide, object_of(content.item),
             {"name", "summary", "visits_text", "fee_text", "statutory_text", "result_name", "result_text"});
    lay_over(guide, object_of(content.guide), {"conditions", "note"});
    lay_over_list(guide, "steps", object_of(content.guide), {"name", "who", "time_text", "note"});
    lay_over_list(guide, "basis", object_of(content.guide), {"title", "article", "text"});
    lay_over_list(guide, "faq", object_of(content.guide), {"question", "answer"});
    lay_over_list(guide, "materials", object_of(content.item), {"name", "note", "copies"});
    lay_over_limits(guide, {"promise", "statutory", "bring_within"});
    if (auto* steps = guide.contains("special_steps") ? guide["special_steps"].if_array() : nullptr)
        for (auto& step : *steps) lay_over_limits(step.as_object(), {"limit"});
    return guide;
}

json::object application_in_english(Content const& content, json::object application) {
    lay_over(application, object_of(content.item), {"name"});
    for (auto const* key : {"notice", "declaration", "data_consent"})
        lay_over_text(application, key, member(object_of(content.texts), key));
    lay_over_list(application, "materials", object_of(content.item),
                  {"name", "note", "copies", "waived_because", "not_waived_because"});
    lay_over_limits(application, {"bring_within"});
    auto const* promises = member(object_of(content.texts), "promises");
    auto const* given = list(object_of(content.item), "materials");
    auto* shown = application.contains("materials") ? application["materials"].if_array() : nullptr;
    if (promises == nullptr || given == nullptr || shown == nullptr) return application;
    for (std::size_t i = 0; i < std::min(given->size(), shown->size()); ++i) {
        auto const* one = (*given)[i].if_object();
        auto key = one == nullptr ? std::string_view() : text(*one, "promise");
        if (!key.empty()) lay_over_text((*shown)[i].as_object(), "promise", member(*promises, key));
    }
    return application;
}

}  // namespace tongban::catalog
