#include "org/rows.h"

namespace tongban::org {

Org::Org(store::Store& store, Clock const& clock, std::string site_address)
    : store_(store),
      clock_(clock),
      site_address_(std::move(site_address)),
      picture_(std::make_shared<Picture const>()) {
    store_.memories().add("org", [this]() -> Result<void> { return reload(); });
}

Result<void> Org::take(store::Reader& reader) {
    auto picture = TRY(load_picture(reader));
    if (!site_address_.empty()) picture.site_.address = site_address_;
    picture.add_english();
    picture_.store(std::make_shared<Picture const>(std::move(picture)));
    return {};
}

std::shared_ptr<Picture const> Org::picture() const {
    return picture_.load();
}

Result<void> Org::reload() {
    auto reader = TRY(store_.reader());
    return take(*reader);
}

Result<void> Org::start() {
    return reload();
}

Result<void> Org::import(Pack const& pack) {
    auto contents = TRY(read_contents(pack));
    auto tx = TRY(store_.begin());
    auto now = clock_.now();
    auto years = TRY(load_years(*tx));
    for (auto const& [year, content] : contents.years) {
        auto known = years.find(year);
        if (known != years.end() && known->second == content) continue;
        save_year(*tx, year, content, now);
        auto name = std::to_string(year);
        tx->audit({Actor::system("import").text(), "org.import_calendar", "calendar:" + name, {}});
        tx->emit({"org.calendar_imported", "calendar:" + name, {{"year", year}}});
        tx->outdate("org");
    }
    auto before = TRY(load_fingerprint(*tx));
    if (before != fingerprint(contents.picture)) {
        save_picture(*tx, contents.picture, now);
        tx->audit({Actor::system("import").text(), "org.import", "org", {}});
        tx->emit({"org.imported", "org", {}});
        tx->outdate("org");
    }
    TRY(tx->commit());
    return reload();
}

}  // namespace tongban::org
