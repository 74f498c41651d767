#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "exchange/state.h"

namespace tongban::exchange {

namespace {
/// Written once, readable by the program alone.
Result<void> write_key(std::string const& path, std::string const& secret) {
    auto file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written =
        file >= 0 && ::write(file, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size());
    if (file >= 0) ::close(file);
    if (written) return {};
    return Error{ErrorKind::unavailable, "key_cannot_be_written", "密钥文件写不进去：" + path};
}
}  // namespace

Result<void> Exchange::State::make_keys(Catalogue const& catalogue) const {
    if (!org_.picture()->site().demonstration) return {};
    for (auto const& [source, connector] : catalogue.connectors) {
        if (connector->demo_secret.empty() || connector->scheme == client::Scheme::none) continue;
        auto path = store_.data_directory() + "/keys/" + connector->key_name;
        if (std::filesystem::exists(path)) continue;
        TRY(write_key(path, connector->demo_secret));
    }
    return {};
}

Result<void> Exchange::State::import(Pack const& pack) {
    auto contents = TRY(read_contents(pack));
    auto tx = TRY(store_.begin());
    bool changed = false;
    auto resources = TRY(tx->rows(sql::load_resources));
    auto sources = TRY(tx->rows(sql::load_sources));
    for (auto const& row : resources) {
        if (contents.resources.contains(row.text("code")) || !row.flag("current")) continue;
        tx->write(sql::retire_resource, row.text("code"));
        tx->write(sql::forget_list, row.text("code"));
        tx->write(sql::drop_other_lines, row.text("code"), "");
        changed = true;
    }
    for (auto const& row : sources) {
        if (contents.connectors.contains(row.text("source")) || !row.flag("current")) continue;
        tx->write(sql::retire_source, row.text("source"));
        changed = true;
    }
    auto stands = [](store::Rows const& rows, char const* key, std::string const& name,
                     std::string const& text) {
        for (auto const& row : rows)
            if (row.text(key) == name) return row.flag("current") && row.text("definition") == text;
        return false;
    };
    for (auto const& [code, text] : contents.resources) {
        if (stands(resources, "code", code, text)) continue;
        tx->write(sql::save_resource, code, text);
        changed = true;
    }
    for (auto const& [source, text] : contents.connectors) {
        if (stands(sources, "source", source, text)) continue;
        tx->write(sql::save_source, source, text);
        changed = true;
    }
    if (changed) {
        tx->audit({Actor::system("import").text(),
                   "exchange.import",
                   "exchange",
                   {{"resources", contents.resources.size()}, {"sources", contents.connectors.size()}}});
        tx->outdate("exchange");
        TRY(tx->commit());
    }
    TRY(make_keys(contents.catalogue));
    return load();
}

Result<std::shared_ptr<Catalogue const>> Exchange::State::kept_catalogue(store::Reader& reader) {
    std::map<std::string, std::string> resources, sources;
    for (auto const& row : TRY(reader.rows(sql::load_resources)))
        if (row.flag("current")) resources.emplace(row.text("code"), row.text("definition"));
    for (auto const& row : TRY(reader.rows(sql::load_sources)))
        if (row.flag("current")) sources.emplace(row.text("source"), row.text("definition"));
    return std::make_shared<Catalogue const>(TRY(read_catalogue(resources, sources)));
}

Result<void> Exchange::State::load() {
    auto reader = TRY(store_.reader());
    auto catalogue = TRY(kept_catalogue(*reader));
    std::vector<std::pair<std::shared_ptr<Connector const>, std::string>> watched;
    for (auto const& [source, connector] : catalogue->connectors) {
        auto base = base_of(*connector, address_);
        if (!connector->health_path.empty() && !base.empty()) watched.emplace_back(connector, base);
    }
    engine_->watch(std::move(watched));
    engine_->load_health(TRY(load_health(*reader)));
    catalogue_.store(std::move(catalogue));
    return {};
}

void Exchange::State::plan_all(store::Tx& tx) const {
    auto now = clock_.now();
    for (auto const& [code, resource] : catalogue()->resources) {
        auto const* endpoint = catalogue()->endpoint(*resource);
        if (endpoint != nullptr && endpoint->list) tx.plan(list_job, code, now);
    }
    tx.plan(settle_job, "", now);
    tx.plan(purge_job, "", now);
    tx.plan(correction_job, "", now);
}

Result<void> Exchange::State::settle() {
    auto tx = TRY(store_.begin());
    tx->write(sql::settle_calls, clock_.now());
    plan_all(*tx);
    return tx->commit();
}

}  // namespace tongban::exchange
