// The connectors of the pack against the departments: every one of them asks what is offered, and finds each
// field it names.
#include <gtest/gtest.h>

#include <set>

#include "sim/departments.h"
#include "sim/gate.h"
#include "sim/xml.h"

namespace tongban::sim {
namespace {

Pack const pack{TONGBAN_PACK};
std::string_view text_of(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    return value == nullptr ? std::string_view{} : std::string_view(value->as_string());
}

Population const& population() {
    static Population const all = MUST(make_population(pack, 4000, 2));
    return all;
}

/// What a resource is asked about somebody of whom it knows something, and what it says.
std::pair<Parameters, json::object> example(Offer const& offer, Day today) {
    Registers const registers(population());
    for (auto const& person : population().people) {
        Parameters asked;
        for (auto const& [name, at] : offer.asks) asked[std::string(name)] = person.id_number;
        if (asked.contains("name")) asked["name"] = person.name;
        if (asked.contains("uscc")) asked["uscc"] = population().firms.front().code;
        if (asked.contains("other_id_number") && person.mother != nobody) {
            asked["other_id_number"] = population().people[static_cast<std::size_t>(person.mother)].id_number;
        }
        if (offer.asks.empty()) asked["id_number"] = person.id_number;
        auto finding = registers.ask(offer.resource, asked, today);
        bool whole = !finding.record.contains("matches") || finding.record.contains("hukou_region");
        if (offer.resource == "stay") whole = finding.record.contains("landlord");
        if (offer.resource == "marriage") whole = finding.record.contains("spouse_name");
        if (finding.kind == Finding::Kind::found && whole) return {asked, finding.record};
    }
    ADD_FAILURE() << "nobody is known to " << offer.resource;
    return {};
}

struct Connected {
    json::object connector, resource;
    Department const* department;
    Offer const* offer;
};

std::vector<Connected> connected() {
    std::vector<Connected> out;
    for (auto const& file : pack.list("exchange/connectors", ".json")) {
        auto connector = MUST(read_json(MUST(pack.read(file)))).as_object();
        auto const* speaks = department(text_of(connector, "source"));
        EXPECT_NE(speaks, nullptr) << file;
        for (auto const& [code, resource] : connector.at("resources").as_object()) {
            for (auto const& offer : speaks->offers) {
                if (offer.resource == code) out.push_back({connector, resource.as_object(), speaks, &offer});
            }
        }
    }
    return out;
}

TEST(Connectors, AskWhatIsOffered) {
    auto keys = MUST(read_keys(pack));
    EXPECT_EQ(connected().size(), 17U);
    for (auto const& each : connected()) {
        EXPECT_EQ(text_of(each.resource, "path"), each.offer->path);
        EXPECT_EQ(text_of(each.connector, "base_url"), "$SIM/" + std::string(each.department->source));
        EXPECT_EQ(text_of(each.connector, "health_path"), each.department->health_path);
        EXPECT_EQ(keys.at(std::string(each.department->source)).scheme, each.department->scheme);
        EXPECT_EQ(text_of(each.resource, "method"), each.offer->question == Speech::csv ? "GET" : "POST");
        auto body = each.resource.contains("body") ? to_text(each.resource.at("body")) : "";
        for (auto const& [name, at] : each.offer->asks) {
            EXPECT_NE(body.find("{{" + std::string(name) + "}}"), std::string::npos) << each.offer->resource;
        }
    }
}

/// The place of a field in the connector: "…" or {"at":"…"}.
std::string place(Json const& field) {
    return std::string(field.is_string() ? field.as_string() : field.at("at").as_string());
}

void expect_json(Connected const& each, std::string const& text) {
    auto all = MUST(read_json(text));
    auto const& answer = each.resource.at("answer").as_object();
    auto at = [&](std::string const& pointer) {
        boost::system::error_code none;
        return all.find_pointer(pointer, none);
    };
    auto const& found = answer.at("found").as_object();
    auto const* state = at(std::string(text_of(found, "at")));
    ASSERT_NE(state, nullptr) << text;
    EXPECT_EQ(*state, found.at("equals")) << text;
    for (auto const& [key, field] : answer.at("fields").as_object()) {
        EXPECT_NE(at(std::string(text_of(answer, "records")) + place(field)), nullptr)
            << key << " in " << text;
    }
    for (auto const& [parameter, pointer] : answer.at("same").as_object()) {
        EXPECT_NE(at(std::string(text_of(answer, "records")) + place(pointer)), nullptr) << parameter;
    }
}

void expect_xml(Connected const& each, std::string const& text) {
    auto all = MUST(XmlText::read(text));
    auto const& answer = each.resource.at("answer").as_object();
    auto const& found = answer.at("found").as_object();
    EXPECT_EQ(all.at(text_of(found, "at")).value_or("(nothing)"), text_of(found, "equals")) << text;
    auto records = std::string(text_of(answer, "records"));
    EXPECT_EQ(all.count(records), 1) << text;
    for (auto const& [key, field] : answer.at("fields").as_object()) {
        if (key.starts_with("minor_")) continue;  // a household may be without
        EXPECT_GE(all.count(records + "/" + place(field)), 1) << key << " in " << text;
    }
    for (auto const& [parameter, path] : answer.at("same").as_object()) {
        EXPECT_EQ(all.count(records + "/" + place(path)), 1) << parameter << " in " << text;
    }
}

void expect_csv(Connected const& each, std::string const& text) {
    auto names = text.substr(3, text.find('\r') - 3) + ",";
    auto has = [&](std::string const& name) {
        return ("," + names).find("," + name + ",") != std::string::npos;
    };
    for (auto const& [key, field] : each.resource.at("answer").at("fields").as_object()) {
        EXPECT_TRUE(has(place(field))) << key << " in " << names;
    }
    for (auto const& [parameter, column] : each.resource.at("batch").at("key").as_object()) {
        EXPECT_TRUE(has(place(column))) << parameter << " in " << names;
    }
}

TEST(Connectors, FindEveryFieldTheyName) {
    auto today = MUST(read_day("2026-11-22"));
    for (auto const& each : connected()) {
        SCOPED_TRACE(std::string(each.offer->resource));
        auto [asked, record] = example(*each.offer, today);
        auto text = answer_text(*each.offer, {record});
        auto format = text_of(each.resource.at("answer").as_object(), "format");
        if (format == "json") expect_json(each, text);
        if (format == "xml") expect_xml(each, text);
        if (format == "csv") expect_csv(each, text);
    }
}

TEST(Connectors, KnowTheNoneOfEachDepartment) {
    for (auto const& each : connected()) {
        auto const& answer = each.resource.at("answer").as_object();
        if (!answer.contains("none")) continue;
        auto const& none = answer.at("none").as_object();
        if (text_of(answer, "format") == "xml") {
            auto all = MUST(XmlText::read(each.offer->none));
            EXPECT_EQ(all.at(text_of(none, "at")).value_or(""), text_of(none, "equals"))
                << each.offer->resource;
            continue;
        }
        auto all = MUST(read_json(each.offer->none));
        boost::system::error_code wrong;
        auto const* state = all.find_pointer(text_of(none, "at"), wrong);
        ASSERT_NE(state, nullptr) << each.offer->resource;
        EXPECT_EQ(*state, none.at("equals")) << each.offer->resource;
    }
}

/// Words for people stand beside a field's codes: they are those that the connector brings.
void expect_values(json::object const& field, Json const& mapped) {
    if (!field.contains("values") || mapped.is_string()) return;
    std::set<std::string> brought, named;
    for (auto const& [theirs, ours] : mapped.at("values").as_object())
        brought.insert(std::string(ours.as_string()));
    for (auto const& each : field.at("values").as_array())
        named.insert(std::string(text_of(each.as_object(), "value")));
    EXPECT_EQ(brought, named) << text_of(field, "key");
}

TEST(Connectors, CoverTheCatalogue) {
    auto catalogue = MUST(read_json(MUST(pack.read("exchange/resources.json"))));
    for (auto const& resource : catalogue.at("resources").as_array()) {
        auto code = text_of(resource.as_object(), "code");
        auto all = connected();
        auto found = std::find_if(all.begin(), all.end(),
                                  [&](Connected const& each) { return each.offer->resource == code; });
        ASSERT_NE(found, all.end()) << code;
        auto const& mapped = found->resource.at("answer").at("fields").as_object();
        EXPECT_EQ(mapped.size(), resource.at("fields").as_array().size()) << code;
        for (auto const& field : resource.at("fields").as_array()) {
            auto const* place = mapped.if_contains(text_of(field.as_object(), "key"));
            ASSERT_NE(place, nullptr) << code;
            expect_values(field.as_object(), *place);
        }
    }
}

}  // namespace
}  // namespace tongban::sim
