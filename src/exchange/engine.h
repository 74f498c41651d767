// Calls on their way. Three threads besides the callers': curl's hands the bytes over; the reader understands
// them, watches deadlines and tries again; the writer keeps answers, several in one short transaction. An
// answer is known (and wait() returns) when it is understood, a moment before it is written.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <queue>
#include <set>
#include <thread>

#include "exchange/rows.h"
#include "exchange/template.h"

namespace tongban::exchange {

/// What is needed to make one call, and to make it again.
struct Order {
    Call call;
    std::shared_ptr<Resource const> resource;
    std::shared_ptr<Connector const> connector;
    std::string base;
    Bytes key;
};

class Engine : public std::enable_shared_from_this<Engine> {
public:
    Engine(store::Store& store, Clock const& clock, identity::Identity& identity, client::Client& client)
        : store_(store), clock_(clock), identity_(identity), client_(client) {}
    ~Engine() = default;

    /// May this source be asked now? Notes the one that tries after a pause.
    Gate pass(Connector const& connector);
    /// Known as asking from here on; `send` after the rows are durable, `drop` when they are not.
    void announce(std::vector<Order> const& orders);
    void send(std::vector<Order> orders);
    void drop(std::vector<Order> const& orders);

    bool wait(std::string_view subject, std::chrono::milliseconds at_most);
    /// What this process knows better than the rows yet do, by call.
    [[nodiscard]] std::map<std::string, Call> known(std::string_view subject) const;
    /// The calls of this subject that are on their way.
    [[nodiscard]] std::set<std::string> running(std::string_view subject) const;
    void forget(std::string_view subject);

    void load_health(std::map<std::string, Health, std::less<>> health);
    [[nodiscard]] Health health(std::string_view source) const;
    [[nodiscard]] int sources_down() const;
    /// Where to ask about the health of sources that are paused.
    void watch(std::vector<std::pair<std::shared_ptr<Connector const>, std::string>> sources);

    void stop();  ///< writes what is known, then ends the threads; what is on its way stays `asking`

private:
    using Steady = std::chrono::steady_clock;
    struct Running {
        Order order;
        Steady::time_point began, deadline, limit;
        int tries = 0;
        bool late = false;
    };
    /// What waits for its moment: a deadline, or another try.
    struct Alarm {
        Steady::time_point at;
        std::string call;
        enum class What { deadline, try_again } what;
        bool operator>(Alarm const& other) const { return at > other.at; }
    };
    struct Arrived {
        std::string call;
        client::Reply reply;
    };
    struct Subject {
        int asking = 0;
        std::map<std::string, Call> known{};
        Steady::time_point touched{};
        std::condition_variable settled{};
    };
    struct Written {
        Call call;
        std::shared_ptr<Resource const> resource;
        enum class Came { in_time, late } came = Came::in_time;
    };
    using Lock = std::unique_lock<std::mutex>;

    void begin_threads(Lock const&);
    void read_on();
    void write_on();
    void fire(std::string const& id);
    void arrived(Arrived arrived);
    void handle(Arrived arrived);
    void ring(Alarm const& alarm);
    void settle(Running& running, Mapped mapped);
    void probe_answered(std::string const& source, client::Reply const& reply);
    void know(Lock const&, Running const& running, Written written);
    void set_health(Lock const&, std::string const& source, Health health);
    void probe_paused(Lock& lock);
    void tidy_subjects(Lock const&);
    [[nodiscard]] Steady::time_point next_look(Lock const&) const;
    Result<void> write(std::vector<Written> const& calls, std::vector<std::string> const& sources);

    store::Store& store_;
    Clock const& clock_;
    identity::Identity& identity_;
    client::Client& client_;

    mutable std::mutex mutex_{};
    std::condition_variable read_{}, write_{};
    std::map<std::string, std::shared_ptr<Running>> running_{};
    std::map<std::string, std::shared_ptr<Subject>, std::less<>> subjects_{};
    std::map<std::string, Health, std::less<>> health_{};
    std::vector<std::pair<std::shared_ptr<Connector const>, std::string>> watched_{};
    std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms_{};
    std::deque<Arrived> arrived_{};
    std::vector<Written> to_write_{};
    std::vector<std::string> health_to_write_{};
    bool writing_ = false, stopping_ = false;
    std::thread reader_{}, writer_{};
};

/// Tells the person: one look for each answer (个人信息保护法 art. 45).
void record_look(identity::Identity const& identity, store::Tx& tx, Call const& call,
                 Resource const& resource);

/// A row as others see it.
Answer answer_of(Call const& call, Resource const* resource);

}  // namespace tongban::exchange
