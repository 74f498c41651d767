// All rooms, wired. The only place that knows every module.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/base.h"
#include "exchange/exchange.h"
#include "files/files.h"
#include "http/http.h"
#include "identity/identity.h"
#include "licences/licences.h"
#include "notify/notify.h"
#include "org/org.h"
#include "store/store.h"

namespace tongban::app {

struct HouseOptions {
    std::string data_directory;
    std::string database{};      ///< empty: SQLite
    std::string fonts{};         ///< folder made by tools/fonts.sh
    std::string site_address{};  ///< host people see in links and QR codes; empty: the pack's
    std::string check_program = "/proc/self/exe";
    identity::Cookies cookies = identity::Cookies::plain;
    std::string exchange_at{};  ///< takes the place of $SIM in a pack's addresses: http://127.0.0.1:8081
};

class House {
public:
    /// Opens the store and builds the rooms; touches no schema. Refuses what Store::open refuses.
    static Result<std::unique_ptr<House>> build(HouseOptions const& options, Clock const& clock);
    ~House();

    store::Store& store();
    files::Files& files();
    org::Org& org();
    licences::Licences& licences();
    exchange::Exchange& exchange();
    notify::Notify& notify();
    http::Routes const& routes() const;
    http::Authenticator& authenticator();
    std::vector<http::Metric> metrics();

    /// What readers of sealed files must trust, as PEM.
    Result<std::string> seal_authorities();

    /// Counts every case anew for the boards; returns how many there are.
    Result<std::int64_t> rebuild_supervision();

    /// Takes a pack, room by room in their order.
    Result<void> import(Pack const& pack);
    /// Migrates a database this program just made; refuses an old schema. Then fills memories. Start threads
    /// after.
    Result<void> open_doors();
    /// Background work of all rooms.
    void start_work();
    void stop_work();

private:
    struct Rooms;
    explicit House(std::unique_ptr<Rooms> rooms);
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace tongban::app
