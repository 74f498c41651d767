// The door of `process`: who has the case on the table. First version: an ordered list of posts per item.
// `cases` asks for the next step and keeps the law; `process` keeps instances and tasks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/base.h"
#include "org/org.h"
#include "store/store.h"

namespace tongban::process {

/// One step of an item's flow: a role at the responsible body, shown by its name.
struct Step {
    std::string role;  ///< reviewer
    std::string name;  ///< 审核
};
/// `reviewer:审核` → Step. Refuses: flow_step_is_malformed.
Result<Step> read_step(std::string_view text);

enum class TaskState { open, done, returned, cancelled };
struct Task {
    CaseId subject;
    int round = 0;  ///< runs up over returns, so that (subject, round) is the key
    int step = 0;   ///< index into the flow
    std::string role, name;
    BodyId body;
    TaskState state = TaskState::open;
    StaffId done_by;
    Instant opened_at{};
    std::optional<Instant> done_at;
};

/// Pure: where a verdict leads. next < 0: back; == flow.size(): the end. Refuses: flow_has_no_such_step.
enum class Verdict { agree, send_back };
Result<int> next_step(std::vector<Step> const& flow, int step, Verdict verdict);
bool is_last(std::vector<Step> const& flow, int step);

class Process final : public Module {
public:
    Process(store::Store& store, Clock const& clock);
    /// Opens the first task; after a return, of the next round. Refuses: flow_is_empty, task_is_already_open.
    Result<Task> begin(store::Tx& tx, CaseId const& subject, BodyId const& body,
                       std::vector<Step> const& flow);
    /// The open task, if any.
    Result<std::optional<Task>> open_task(store::Reader& reader, CaseId const& subject) const;
    Result<std::vector<Task>> history(store::Reader& reader, CaseId const& subject) const;
    /// Ends the open task and opens the one that follows, if any. Refuses: task_is_not_open (someone was
    /// faster; then it surfaces at the transaction's next read or commit).
    Result<std::optional<Task>> finish(store::Tx& tx, Task const& task, StaffId const& by,
                                       std::vector<Step> const& flow, Verdict verdict);
    void cancel(store::Tx& tx, CaseId const& subject);

private:
    store::Store& store_;
    Clock const& clock_;
};

store::Schema schema();

}  // namespace tongban::process
