// 纠错: tickets that say that a value is wrong. They are answered after a while, by a person on the page or
// by themselves; what is mended is said from then on.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/base.h"
#include "sim/registers.h"

namespace tongban::sim {

enum class Verdict { mended, rejected };

struct Ticket {
    std::string ref, source, ticket;  ///< `ticket`: the asker's own number
    std::string resource, field, note;
    Parameters asked;
    Json stated;
    std::string state = "open", answer{};  ///< open, mended, rejected
    Instant at{};
};

class Corrections {
public:
    Corrections(Clock const& clock, int answer_after_seconds) : clock_(clock), wait_(answer_after_seconds) {}
    /// The ref. The same ticket again is the same ref. Refuses: ticket_is_malformed.
    Result<std::string> open(std::string const& source, json::object const& ticket);
    [[nodiscard]] std::optional<Ticket> find(std::string const& source, std::string const& ref);
    /// False when there is no such open ticket.
    bool answer(std::string const& ref, Verdict verdict, std::string const& words);
    [[nodiscard]] std::vector<Ticket> all();  ///< newest first
    /// Puts what was mended into an answer.
    void mend(std::string_view resource, Parameters const& asked, json::object& record);
    void reset();

private:
    void answer_what_is_due();
    static void settle(Ticket& ticket, Verdict verdict, std::string words);

    Clock const& clock_;
    int wait_;
    std::mutex mutex_;
    std::map<std::string, Ticket> tickets_{};  ///< by ref
    int last_ = 0;
};

}  // namespace tongban::sim
