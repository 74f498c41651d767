// The pretended departments behind one set of routes: population, registers, switches, tickets, short
// messages.
#pragma once

#include <memory>
#include <string>

#include "base/base.h"
#include "client/client.h"
#include "http/http.h"
#include "sim/calls.h"
#include "sim/corrections.h"
#include "sim/departments.h"
#include "sim/gate.h"
#include "sim/registers.h"
#include "sim/sms.h"
#include "sim/switches.h"

namespace tongban::sim {

struct SimulationOptions {
    Pack pack{};
    int people = 50'000;
    std::uint64_t seed = 1;
    int answer_after_seconds = 60;  ///< tickets answer themselves then
    int receipt_after_ms = 800;     ///< short messages arrive then
};

/// Who asks is told by the gate of each department, not by sessions.
class NoSessions final : public http::Authenticator {
public:
    Result<Actor> authenticate(http::Request const&) override { return Actor{}; }
    std::string csrf_token(http::Request const&) override { return ""; }
};

class Simulation {
public:
    /// Refuses what make_population, read_keys and Switches::read_presets refuse.
    static Result<std::unique_ptr<Simulation>> open(SimulationOptions const& options, Clock const& clock);
    [[nodiscard]] http::Routes const& routes() const { return routes_; }
    [[nodiscard]] http::Authenticator& authenticator() { return sessions_; }
    [[nodiscard]] Population const& population() const { return population_; }
    Switches& switches() { return switches_; }
    void stop();

private:
    Simulation(SimulationOptions const& options, Clock const& clock, Population population,
               std::map<std::string, client::Signing> keys);
    void add_department(Department const& department);
    void add_corrections(Department const& department);
    void add_sms();
    void add_control();
    void add_pages();

    /// The paths of one department that several offers may share.
    http::Reply ask(Department const& department, std::vector<Offer const*> const& offers,
                    http::Request const& request);
    struct Asked {
        Offer const* offer = nullptr;
        Parameters parameters{};
    };
    Result<Asked> read_question(std::vector<Offer const*> const& offers, http::Request const& request) const;
    http::Reply answer(Asked const& asked, Switch pressed, CallSeen& seen);
    std::vector<json::object> records(Asked const& asked, Switch pressed, CallSeen& seen);
    http::Reply refuse(Department const& department, int status, CallSeen& seen) const;
    [[nodiscard]] bool signed_well(std::string_view source, http::Request const& request);
    Result<http::Reply> press(http::Request const& request);
    [[nodiscard]] json::object state() const;

    Clock const& clock_;
    Population population_;
    std::map<std::string, client::Signing> keys_;
    Registers registers_;
    Switches switches_{};
    Gate gate_;
    Corrections corrections_;
    CallsSeen calls_{};
    client::Client client_{};
    std::unique_ptr<SmsGateway> sms_;
    NoSessions sessions_{};
    http::Routes routes_{};
};

}  // namespace tongban::sim
