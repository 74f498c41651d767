// What an item asks of registers, waives and decides at once: read, shown, and every slip told with its
// place.
#include <gtest/gtest.h>

#include "catalog/contents.h"
#include "kinship_pack.h"

namespace tongban::catalog {
namespace {

using test::Fault, test::told, test::KinshipPack;

constexpr char const* folder = "catalog/items/992080005001/";

constexpr char const* resources = R"({"resources": [
  {"code": "household", "name": "户口簿信息", "x-en": {"name": "Household register"}, "provider": "市公安局",
   "parameters": [{"name": "id_number", "type": "string"}],
   "fields": [{"key": "address", "name": "地址", "type": "string"},
              {"key": "move_in", "name": "迁入日期", "type": "date"},
              {"key": "minor_id_numbers", "name": "未成年人", "type": "list"}]},
  {"code": "estate", "name": "不动产登记", "provider": "自然资源局",
   "parameters": [{"name": "id_number", "type": "string"}, {"name": "name", "type": "string"}],
   "fields": [{"key": "count", "name": "套数", "type": "number"}]}]})";

constexpr char const* asks = R"("department": "civil_affairs",
  "data": [
    {"key": "household", "resource": "household", "why": "核对两人是否同户", "x-en": {"why": "To see the household"},
     "parameters": {"id_number": "applicant.id_number"}, "basis": "consent"},
    {"key": "homes", "resource": "estate", "why": "核对孩子名下的房屋", "x-en": {"why": "To see the children's"},
     "parameters": {"id_number": "child", "name": "applicant.name"}, "when": "household.outcome = \"found\"",
     "for_each": {"list": "household.minor_id_numbers", "as": "child"}, "basis": "duty", "basis_text": "某条例第一条"}],
  "data_consent": "data_consent",
  "instant": {"conditions": [{"key": "one_household", "when": "household.outcome = \"found\" and homes.count = 0",
    "yes": "同户", "no": "不同户", "x-en": {"yes": "One household", "no": "Not one household"}}]},
  "extension_days_max": 5,
  "special_steps": [{"key": "check", "name": "现场核查", "x-en": {"name": "Site check"}, "role": "inspector",
    "officers": 2, "limit": {"value": 3, "unit": "working_day"}, "counts_in_limit": false, "basis": "某办法第二条",
    "findings": [{"key": "door", "label": "门牌", "x-en": {"label": "Door plate"}}]}],
  "card": {"name": "证（卡）", "x-en": {"name": "Card"}},
  "bring_within": {"value": 15, "unit": "working_day"},
  "synonyms")";

constexpr char const* consent =
    R"("data_consent": {"version": "1", "title": "同意查询", "paragraphs": ["为办理本事项"],
  "agree_label": "我同意"}, "notice")";

constexpr char const* register_ways = R"("ways": ["waived", "licence", "upload", "window"],
  "waive_when": "household.outcome = \"found\"", "waived_because": "已查到", "not_waived_because": "没有查到",
  "licence_type": "household_register", "x-en": {"name": "Household register", "note": "If not found"})";

class AskingPack : public KinshipPack {
public:
    AskingPack() {
        write("exchange/resources.json", resources);
        change(std::string(folder) + "item.json", "\"synonyms\"", asks);
        change(std::string(folder) + "texts.json", "\"notice\"", consent);
        change(std::string(folder) + "item.json", R"("ways": ["upload", "promise"],
      "promise": "household_register")",
               register_ways);
        change(std::string(folder) + "texts.json", "\"household_register\": {", "\"unused\": {");
    }
};

TEST(ItemData, is_read_with_what_the_resources_say) {
    AskingPack pack;
    auto read = read_contents(pack.pack());
    ASSERT_FALSE(read.ok());  // the promise that nothing uses any more is the only trouble
    EXPECT_EQ(told(read.error(), std::string(folder) + "texts.json#/promises/unused"), "text_is_not_used");
    ASSERT_EQ(read.error().fields.size(), 1U) << read.error().fields[1].path << read.error().fields[1].code;
}

/// The asking item, whole: its promise of the household register is left out of the texts.
Item asking_item() {
    AskingPack pack;
    auto text = [&](char const* name) { return MUST(read_json(pack.read(std::string(folder) + name))); };
    Content content{ItemId{"992080005001"}, text("item.json"), text("form.json"), text("guide.json"),
                    text("texts.json")};
    content.texts.as_object().at("promises").as_object().erase("unused");
    content.resources =
        MUST(read_json(R"({"household": {"name": "户口簿信息", "x-en": {"name": "Household register"},
      "provider": "市公安局", "parameters": [{"name": "id_number", "type": "string"}],
      "fields": [{"key": "address", "name": "地址", "type": "string"}, {"key": "move_in", "name": "迁入", "type": "date"},
      {"key": "minor_id_numbers", "name": "未成年人", "type": "list"}]},
      "estate": {"name": "不动产登记", "provider": "自然资源局", "parameters": [{"name": "id_number", "type": "string"},
      {"name": "name", "type": "string"}], "fields": [{"key": "count", "name": "套数", "type": "number"}]}})"));
    org::Troubles troubles;
    auto parsed = read_item(content_of(content.code, content.json()), "x", troubles);
    for (auto const& trouble : troubles.found()) ADD_FAILURE() << trouble.path << " " << trouble.code;
    return std::move(parsed.item);
}

TEST(ItemData, stays_with_the_version) {
    auto item = asking_item();
    ASSERT_EQ(item.data.size(), 2U);
    EXPECT_EQ(item.department, "civil_affairs");
    EXPECT_EQ(item.data[0].what.en, "Household register");
    EXPECT_EQ(item.data[0].provider.zh, "市公安局");
    EXPECT_EQ(item.data[0].basis, Basis::consent);
    EXPECT_EQ(item.data[1].each, "child");
    EXPECT_EQ(item.data[1].basis_text, "某条例第一条");
    ASSERT_TRUE(item.data_consent);
    EXPECT_EQ(item.data_consent->hash.size(), 64U);
    ASSERT_EQ(item.instant.size(), 1U);
    EXPECT_EQ(item.instant[0].no.en, "Not one household");
    ASSERT_EQ(item.special_steps.size(), 1U);
    EXPECT_EQ(item.extension_days_max, 5);
    EXPECT_EQ(item.special_steps[0].findings[0].label.en, "Door plate");
    EXPECT_EQ(item.card->zh, "证（卡）");
    EXPECT_EQ(item.bring_within->value, 15);
    auto const& register_paper = item.materials[2];
    EXPECT_EQ(register_paper.ways, (std::vector<Way>{Way::waived, Way::licence, Way::upload, Way::window}));
    EXPECT_EQ(register_paper.licence_type, "household_register");
    EXPECT_EQ(register_paper.en.name, "Household register");
    ASSERT_TRUE(register_paper.waive_when);
    EXPECT_EQ(register_paper.waive_when->names(), std::vector<std::string>{"household.outcome"});
}

TEST(ItemData, is_shown_before_anything_is_asked) {
    auto item = asking_item();
    auto const& data = item.application.at("data").as_array();
    ASSERT_EQ(data.size(), 2U);
    EXPECT_EQ(data[0].at("provider").as_string(), "市公安局");
    EXPECT_EQ(data[1].at("basis").as_string(), "duty");
    EXPECT_EQ(item.application.at("data_consent").at("title").as_string(), "同意查询");
    EXPECT_TRUE(item.application.at("instant").as_bool());
    EXPECT_EQ(item.guide.at("special_steps").at(0).at("name").as_string(), "现场核查");
    EXPECT_TRUE(item.guide.at("materials").at(2).at("waived_if").as_bool());
}

TEST(ItemData, names_are_typed_as_the_resource_says) {
    auto item = asking_item();
    auto names = names_of(item.form, supplied_to(item));
    EXPECT_EQ(names.find("household.move_in")->type, rules::Type::date);
    EXPECT_EQ(names.find("household.count")->type, rules::Type::number);
    EXPECT_TRUE(names.find("homes.count"));
    EXPECT_FALSE(names.find("homes.certificate"));
    EXPECT_FALSE(names.find("firm.name"));
    item.applicant = Applicant::organisation;
    EXPECT_TRUE(names_of(item.form, supplied_to(item)).find("firm.uscc"));
}

class DataFault : public testing::TestWithParam<Fault> {};

TEST_P(DataFault, is_told_with_its_place) {
    auto const& fault = GetParam();
    AskingPack pack;
    auto file = std::string(fault.file);
    pack.change(file.starts_with("exchange") ? file : folder + file, fault.from, fault.to);
    auto read = read_contents(pack.pack());
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(told(read.error(), folder + std::string(fault.place)), fault.code)
        << read.error().fields[0].path;
}

Fault const faults[] = {
    {"resource", "item.json", "\"resource\": \"household\"", "\"resource\": \"houses\"",
     "item.json#/data/0/resource", "resource_is_unknown"},
    {"resource_field", "exchange/resources.json", "\"type\": \"date\"", "\"type\": \"day\"",
     "item.json#/data/0/resource", "resource_is_not_readable"},
    {"key", "item.json", "\"key\": \"homes\"", "\"key\": \"Homes\"", "item.json#/data/1/key",
     "data_key_is_malformed"},
    {"key_twice", "item.json", "\"key\": \"homes\"", "\"key\": \"household\"", "item.json#/data/1/key",
     "pack_names_it_twice"},
    {"key_of_the_system", "item.json", "\"key\": \"homes\"", "\"key\": \"firm\"", "item.json#/data/1/key",
     "pack_names_it_twice"},
    {"duty", "item.json", ", \"basis_text\": \"某条例第一条\"", "", "item.json#/data/1/basis_text",
     "duty_needs_its_law"},
    {"parameter_missing", "item.json", ", \"name\": \"applicant.name\"", "", "item.json#/data/1/parameters",
     "parameter_is_missing"},
    {"parameter_unknown", "item.json", "\"name\": \"applicant.name\"}", "\"nom\": \"applicant.name\"}",
     "item.json#/data/1/parameters/nom", "parameter_is_unknown"},
    {"parameter_name", "item.json", "\"id_number\": \"child\"", "\"id_number\": \"kid\"",
     "item.json#/data/1/parameters/id_number", "name_is_not_known"},
    {"later", "item.json", "{\"id_number\": \"applicant.id_number\"}", "{\"id_number\": \"homes.outcome\"}",
     "item.json#/data/0/key", "data_refers_to_a_later_entry"},
    {"list", "item.json", "\"household.minor_id_numbers\"", "\"household.address\"",
     "item.json#/data/1/for_each/list", "for_each_needs_a_list"},
    {"each", "item.json", "\"as\": \"child\"", "\"as\": \"household\"", "item.json#/data/1/for_each/as",
     "data_key_is_malformed"},
    {"outcome", "item.json", "\"when\": \"household.outcome = \\\"found\\\"\"",
     "\"when\": \"household.outcome = \\\"there\\\"\"", "item.json#/data/1/when",
     "condition_names_no_such_outcome"},
    {"field_type", "item.json", "household.outcome = \\\"found\\\" and homes.count = 0", "household.move_in",
     "item.json#/instant/conditions/0/when", "condition_is_not_a_boolean"},
    {"consent", "texts.json", consent, "\"notice\"", "item.json#/data_consent", "consent_needs_its_text"},
    {"consent_unused", "item.json", "\"basis\": \"consent\"", "\"basis\": \"duty\", \"basis_text\": \"某条\"",
     "texts.json#/data_consent", "text_is_not_used"},
    {"no_english_reason", "item.json", "\"x-en\": {\"yes\": \"One household\", \"no\"", "\"x-en\": {\"no\"",
     "item.json#/instant/conditions/0/x-en", "pack_value_is_missing"},
    {"staff_reason_in_one_language", "item.json", "\"no\": \"不同户\", ",
     "\"no\": \"不同户\", \"for_staff\": {\"yes\": \"同户\", \"no\": \"不同户\"}, ",
     "item.json#/instant/conditions/0/for_staff/x-en", "pack_value_is_missing"},
    {"type", "item.json", "\"audience\"", "\"type\": \"permission\", \"audience\"", "item.json#/type",
     "pack_value_is_not_one_of"},
    {"waiver_alone", "item.json", "[\"waived\", \"licence\", \"upload\", \"window\"]", "[\"waived\"]",
     "item.json#/materials/2/ways", "waiver_may_fail_without_another_way"},
    {"reason_of_no_waiver", "item.json", "\"waive_when\": \"household.outcome = \\\"found\\\"\", ", "",
     "item.json#/materials/2/ways", "waived_stands_alone"},
    {"licence_type", "item.json", "\"licence_type\": \"household_register\", ", "",
     "item.json#/materials/2/licence_type", "licence_way_needs_its_type"},
    {"bring", "item.json", "\"bring_within\": {\"value\": 15, \"unit\": \"working_day\"},", "",
     "item.json#/bring_within", "papers_to_bring_need_their_limit"},
    {"card", "item.json", "[\"electronic\", \"window\"]", "[\"electronic\"]", "item.json#/collection",
     "card_cannot_be_collected"},
    {"step_without_findings", "item.json",
     "\"findings\": [{\"key\": \"door\", \"label\": \"门牌\", \"x-en\": {\"label\": \"Door plate\"}}]",
     "\"findings\": []", "item.json#/special_steps/0/findings", "pack_list_is_empty"},
};
INSTANTIATE_TEST_SUITE_P(all, DataFault, testing::ValuesIn(faults), test::fault_name);

}  // namespace
}  // namespace tongban::catalog
