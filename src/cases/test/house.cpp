#include "house.h"

#include <fstream>

#include "catalog/catalog.h"
#include "org/org.h"

namespace tongban::cases::test {

namespace {

struct Published {
    std::shared_ptr<org::Picture const> picture;
    std::shared_ptr<catalog::Item const> item;
};

/// Both are immutable, and outlive the store they came from.
Published published(Pack const& pack, ItemId const& item) {
    SetClock clock{kit::at("2026-09-01 09:00")};
    auto store = kit::fresh_store(store::Dialect::sqlite, clock, {org::schema(), catalog::schema()});
    org::Org org{*store, clock};
    catalog::Catalog catalog{*store, clock, org};
    MUST(org.import(pack));
    MUST(catalog.import(pack));
    return {org.picture(), MUST(catalog.item(item))};
}

Published asking() {
    namespace fs = std::filesystem;
    kit::TempDir folder;
    auto to = fs::path(folder.path());
    auto pack = kit::tree_root() / "packs/demo-city", shared = kit::tree_root() / "test/shared/asking";
    fs::copy(pack / "org", to / "org", fs::copy_options::recursive);
    fs::copy(pack / "catalog", to / "catalog", fs::copy_options::recursive);
    fs::remove_all(to / "catalog/items");
    fs::create_directories(to / "catalog/items");
    fs::copy(shared / "992080009001", to / "catalog/items/992080009001", fs::copy_options::recursive);
    fs::create_directories(to / "exchange");
    fs::copy(shared / "resources.json", to / "exchange/resources.json");
    return published(Pack{folder.path()}, ItemId{"992080009001"});
}

Ground ground_of(Published const& published, std::string_view beijing_time) {
    Ground ground;
    ground.picture = published.picture;
    ground.item = published.item;
    ground.limits = {ground.item->acceptance, ground.item->correction, ground.item->promise,
                     ground.item->statutory};
    ground.now = kit::at(beijing_time);
    return ground;
}

}  // namespace

std::string text_of(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    ensure(in.good(), "the file is there");
    return {std::istreambuf_iterator<char>(in), {}};
}

Day day(std::string_view text) {
    return MUST(read_day(text));
}
Instant noon(std::string_view day) {
    return kit::at(std::string(day) + " 12:00");
}

Ground ground_at(std::string_view beijing_time) {
    static auto const once = published(Pack{(kit::tree_root() / "packs/demo-city").string()}, kinship);
    return ground_of(once, beijing_time);
}

Ground asking_ground_at(std::string_view beijing_time) {
    static auto const once = asking();
    return ground_of(once, beijing_time);
}

Ground later(Ground ground, std::string_view beijing_time) {
    ground.now = kit::at(beijing_time);
    return ground;
}

identity::Person applicant() {
    return {PersonId{"01k7h000000000000000000001"},
            "周桂兰",
            "990102195603120029",
            "19900000001",
            "示例市示例区示例街道示例路26号3栋201室",
            RegionCode{"990102001001"},
            2};
}

Party party() {
    auto person = applicant();
    return {person.id, person.name, person.id_number, person.phone};
}

Case filed(Ground const& ground) {
    Case fresh;
    fresh.id = CaseId{"01k7h0000000000000000000c1"};
    fresh.case_no = make_case_number(RegionCode{"990102001000"}, ground.day(), 417);
    fresh.item = kinship;
    fresh.item_version = ground.item->version;
    fresh.item_name = ground.item->name;
    fresh.applicant = applicant().id;
    fresh.region = RegionCode{"990102001000"};
    fresh.body = street;
    fresh.hall = HallId{"hall-990102001"};
    return decide_receive(std::move(fresh), ground.today());
}

}  // namespace tongban::cases::test
