#include "house.h"

#include <fstream>

#include "catalog/catalog.h"
#include "org/org.h"

namespace tongban::cases::test {

namespace {

struct Demonstration {
    std::shared_ptr<org::Picture const> picture;
    std::shared_ptr<catalog::Item const> item;
};

/// Imported once: both are immutable, and outlive the store they came from.
Demonstration const& demonstration() {
    static Demonstration const read = [] {
        SetClock clock{kit::at("2026-09-01 09:00")};
        auto store = kit::fresh_store(store::Dialect::sqlite, clock, {org::schema(), catalog::schema()});
        org::Org org{*store, clock};
        catalog::Catalog catalog{*store, clock, org};
        Pack const pack{(root() / "packs/demo-city").string()};
        MUST(org.import(pack));
        MUST(catalog.import(pack));
        return Demonstration{org.picture(), MUST(catalog.item(kinship))};
    }();
    return read;
}

}  // namespace

std::filesystem::path root() {
    if (auto const* told = std::getenv("TONGBAN_ROOT")) return told;
    for (auto at = std::filesystem::current_path(); at.has_relative_path(); at = at.parent_path())
        if (std::filesystem::exists(at / "src/modules.txt")) return at;
    return std::filesystem::current_path();
}

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
    Ground ground;
    ground.picture = demonstration().picture;
    ground.item = demonstration().item;
    ground.limits = {ground.item->acceptance, ground.item->correction, ground.item->promise,
                     ground.item->statutory};
    ground.now = kit::at(beijing_time);
    return ground;
}

namespace {

Demonstration const& asking() {
    static Demonstration const read = [] {
        namespace fs = std::filesystem;
        kit::TempDir folder;
        auto to = fs::path(folder.path());
        fs::copy(root() / "packs/demo-city/org", to / "org", fs::copy_options::recursive);
        fs::copy(root() / "packs/demo-city/catalog", to / "catalog", fs::copy_options::recursive);
        fs::remove_all(to / "catalog/items");
        fs::create_directories(to / "catalog/items");
        fs::copy(root() / "test/shared/asking/992080009001", to / "catalog/items/992080009001",
                 fs::copy_options::recursive);
        fs::create_directories(to / "exchange");
        fs::copy(root() / "test/shared/asking/resources.json", to / "exchange/resources.json");
        SetClock clock{kit::at("2026-09-01 09:00")};
        auto store = kit::fresh_store(store::Dialect::sqlite, clock, {org::schema(), catalog::schema()});
        org::Org org{*store, clock};
        catalog::Catalog catalog{*store, clock, org};
        MUST(org.import(Pack{folder.path()}));
        MUST(catalog.import(Pack{folder.path()}));
        return Demonstration{org.picture(), MUST(catalog.item(ItemId{"992080009001"}))};
    }();
    return read;
}

}  // namespace

Ground asking_ground_at(std::string_view beijing_time) {
    Ground ground;
    ground.picture = asking().picture;
    ground.item = asking().item;
    ground.limits = {ground.item->acceptance, ground.item->correction, ground.item->promise,
                     ground.item->statutory};
    ground.now = kit::at(beijing_time);
    return ground;
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
