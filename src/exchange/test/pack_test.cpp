#include "exchange/pack.h"

#include "world.h"

using namespace tongban;
using namespace tongban::exchange;
using namespace tongban::exchange::test;

namespace {
std::string read(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The test's pack with one place changed; what the reader says to it, by place.
std::map<std::string, std::string> faults(std::string const& file, std::string const& from,
                                          std::string const& to) {
    kit::TempDir folder;
    write_pack(folder.path());
    auto path = folder.path() + "/exchange/" + file;
    auto text = read(path);
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    put(path, text.replace(at, from.size(), to));
    auto contents = read_contents(Pack{folder.path()});
    std::map<std::string, std::string> found;
    if (!contents.ok())
        for (auto const& field : contents.error().fields) found[field.path] = field.code;
    return found;
}
std::string const pop = "connectors/pop.json", hh = "connectors/hh.json", mar = "connectors/mar.json",
                  edu = "connectors/edu.json", list = "resources.json";

void expect(std::string const& file, std::string const& from, std::string const& to, std::string const& place,
            std::string const& code) {
    auto found = faults(file, from, to);
    EXPECT_EQ(found["exchange/" + file + "#" + place], code) << from << " → " << to;
    if (found["exchange/" + file + "#" + place] != code)
        for (auto const& [at, what] : found) ADD_FAILURE() << at << " " << what;
}
}  // namespace

TEST(pack, a_whole_one_is_taken_and_a_region_without_departments_too) {
    kit::TempDir folder;
    EXPECT_TRUE(MUST(read_contents(Pack{folder.path()})).resources.empty());
    write_pack(folder.path());
    auto contents = MUST(read_contents(Pack{folder.path()}));
    auto const& catalogue = contents.catalogue;
    EXPECT_EQ(catalogue.resource("household")->source, "hh");
    EXPECT_EQ(catalogue.resource("idle")->source, "");
    EXPECT_EQ(catalogue.endpoint(*catalogue.resource("idle")), nullptr);
    EXPECT_EQ(catalogue.connector("mar")->scheme, client::Scheme::sorted_sm3);
    EXPECT_EQ(catalogue.endpoint(*catalogue.resource("enrolment"))->list->column, "身份证号");
    auto again = MUST(read_catalogue(contents.resources, contents.connectors));
    EXPECT_EQ(again.resource("population")->name, "资源population");
}

TEST(pack, the_demonstration_reads_without_a_finding) {
    auto contents = read_contents(Pack{(kit::tree_root() / "packs/demo-city").string()});
    ASSERT_TRUE(contents.ok()) << contents.error().detail;
    for (auto const& [code, resource] : contents->catalogue.resources)
        EXPECT_NE(contents->catalogue.endpoint(*resource), nullptr) << code;
}

TEST(pack, every_wrong_place_is_told_with_file_and_pointer) {
    expect(pop, R"("deadline_ms":5000)", R"("deadline_ms":5)", "/deadline_ms", "pack_number_is_out_of_range");
    expect(pop, R"("late_after_ms":20000)", R"("late_after_ms":200)", "/late_after_ms",
           "pack_number_is_out_of_range");
    expect(pop, R"("retries")", R"("retrys")", "/retrys", "pack_key_is_unknown");
    expect(pop, "$SIM/pop", "ftp://x", "/base_url", "address_is_malformed");
    expect(pop, "hmac_sha256", "md5", "/sign/scheme", "pack_value_is_not_one_of");
    expect(pop, "key-pop", "../x", "/sign/key_name", "pack_id_is_malformed");
    expect(pop, R"("source":"pop")", R"("source":"Pop")", "/source", "pack_id_is_malformed");
    expect(pop, R"("source":"pop")", R"("source":"other")", "/source", "pack_value_has_wrong_type");
    expect(pop, R"("population":)", R"("weather":)", "/resources/weather", "resource_is_unknown");
    expect(list, R"("code":"population")", R"("code":"household")", "/resources/1/code",
           "pack_names_it_twice");
    expect(list, R"("code":"population")", R"("code":"Population")", "/resources/0/code",
           "pack_id_is_malformed");
    expect(list, R"("kind":"unconditional")", R"("kind":"conditional")", "/resources/0/share/condition",
           "pack_value_is_missing");
    expect(list, "2026-07-01", "2026-02-30", "/resources/0/published_on", "day_is_not_a_date");
}

TEST(pack, two_connectors_for_one_resource_are_told) {
    auto found = faults(mar, R"("marriage":)", R"("household":)");
    EXPECT_EQ(found["exchange/connectors/mar.json#/resources/household"], "pack_names_it_twice");
}

TEST(pack, a_template_stands_where_its_value_can_be_escaped) {
    auto at = [](std::string const& resource, std::string const& more) {
        return "/resources/" + resource + more;
    };
    expect(pop, "{{name}}", "{{surname}}", at("population", "/body/q/name"), "template_names_no_parameter");
    expect(pop, R"("no":"{{id_number}}")", R"("{{id_number}}":"no")",
           at("population", "/body/q/{{id_number}}"), "template_stands_where_it_cannot");
    expect(pop, R"("path":"/person")", R"("path":"/person/{{nobody}}")", at("population", "/path"),
           "template_names_no_parameter");
    expect(hh, "<No>{{id_number}}</No>", "<No><!--{{id_number}}--></No>", at("household", "/body"),
           "template_stands_where_it_cannot");
    expect(hh, "<No>{{id_number}}</No>", "<No><![CDATA[{{id_number}}]]></No>", at("household", "/body"),
           "template_stands_where_it_cannot");
    expect(hh, "<No>{{id_number}}</No>", "<{{id_number}}/>", at("household", "/body"), "body_is_malformed");
    expect(hh, "<Q><No>", "<!DOCTYPE Q><Q><No>", at("household", "/body"), "body_is_malformed");
    expect(hh, "</Q>", "", at("household", "/body"), "body_is_malformed");
    expect(mar, R"({"sfzh":"{{id_number}}"})", R"("sfzh={{id_number}}")", at("marriage", "/body"),
           "body_is_malformed");
    expect(mar, R"("content_type":"application/x-www-form-urlencoded",)", "", at("marriage", "/body"),
           "pack_value_is_missing");
}

TEST(pack, an_answer_is_mapped_whole_and_by_places_that_can_be_read) {
    auto at = [](std::string const& resource, std::string const& more) {
        return "/resources/" + resource + "/answer" + more;
    };
    expect(pop, R"("sex":"/sex")", R"("sex":"sex")", at("population", "/fields/sex"), "path_is_malformed");
    expect(pop, R"("sex":"/sex")", R"("size":"/sex")", at("population", "/fields/size"), "field_is_unknown");
    expect(pop, R"("sex":"/sex")", R"("size":"/sex")", at("population", "/fields"), "field_is_not_mapped");
    expect(pop, R"("sex":"/sex")", R"("sex":{"at":"/sex","as":"list"})", at("population", "/fields/sex"),
           "field_type_does_not_fit");
    expect(pop, R"("sex":"/sex")", R"("sex":{"at":"/sex","date":"yyyy"})",
           at("population", "/fields/sex/date"), "pack_value_has_wrong_type");
    expect(pop, R"("sex":"/sex")", R"("sex":{})", at("population", "/fields/sex/at"),
           "pack_value_is_missing");
    expect(pop, R"("same":{"id_number")", R"("same":{"other")", at("population", "/same"),
           "parameter_is_unknown");
    expect(pop, R"("equals":"0")", R"("equals":{})", at("population", "/found/equals"),
           "pack_value_has_wrong_type");
    expect(hh, "//H", "//H[", at("household", "/records"), "path_is_malformed");
    expect(edu, R"("format":"csv")", R"("format":"json")", "/resources/enrolment/batch", "list_is_not_csv");
    expect(edu, R"({"id_number":"身份证号"})", R"({"name":"身份证号"})", "/resources/enrolment/batch/key",
           "parameter_is_unknown");
}
