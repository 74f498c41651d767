#include "store/running.h"
#include "store/sql.h"

namespace tongban::store {

void MemoryList::add(std::string name, Refill refill) {
    refills_.emplace_back(std::move(name), std::move(refill));
}

void MemoryList::start_from(std::map<std::string, std::int64_t> generations) {
    std::lock_guard lock(mutex_);
    seen_ = std::move(generations);
}

int MemoryList::refill(std::map<std::string, std::int64_t> const& generations) {
    std::lock_guard lock(mutex_);
    int refilled = 0;
    // As counted before the refill: what is outdated while it goes on is seen at the next look.
    auto seen = seen_;
    for (auto const& [name, generation] : generations) seen[name] = generation;
    for (auto const& [name, refill] : refills_) {
        auto now = generations.find(name);
        if (now == generations.end() || seen_[name] == now->second) continue;
        auto done = refill();
        if (done.ok()) {
            ++refilled;
            continue;
        }
        log(LogLevel::error, "memory_is_not_refilled", {{"memory", name}, {"code", done.error().code}});
        seen[name] = seen_[name];
    }
    seen_ = std::move(seen);
    return refilled;
}

Result<std::map<std::string, std::int64_t>> RunningStore::generations() {
    auto view = TRY(reader(Snapshot::none));
    auto rows = TRY(view->rows(sql::memory_generations));
    std::map<std::string, std::int64_t> found;
    for (auto row : rows) found.emplace(row.text("name"), row.integer("generation"));
    return found;
}

Result<int> RunningStore::refill_memories() {
    return memories_.refill(TRY(generations()));
}

}  // namespace tongban::store
