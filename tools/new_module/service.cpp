// One function per verb, one transaction each.
#include "@name@/@name@.h"
#include "@name@/decide.h"
#include "@name@/sql.h"

namespace tongban::@name@ {

Result<Entry> @Name@::add(Actor const& by, std::string_view text) {
    auto now = clock_.now();
    Entry entry{make_id(now), TRY(decide_add(text)), now};
    auto tx = TRY(store_.begin());
    tx->write(sql::insert_entry, entry.id, entry.text, entry.added_at);
    tx->audit({by.text(), "@name@.add", entry.id, {}});
    TRY(tx->commit());
    return entry;
}

Result<std::vector<Entry>> @Name@::entries() const {
    auto reader = TRY(store_.reader());
    auto rows = TRY(reader->rows(sql::load_entries));
    std::vector<Entry> all;
    for (auto row : rows) all.push_back({row.text("id"), row.text("text"), row.instant("added_at")});
    return all;
}

}  // namespace tongban::@name@
