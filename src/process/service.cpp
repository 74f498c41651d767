#include <array>

#include "process/process.h"
#include "process/sql.h"

namespace tongban::process {

namespace {
constexpr std::array<std::string_view, 4> state_words = {"open", "done", "returned", "cancelled"};

std::string_view to_text(TaskState state) {
    return state_words[static_cast<std::size_t>(state)];
}

TaskState read_state(std::string const& text) {
    for (std::size_t i = 0; i < state_words.size(); ++i)
        if (state_words[i] == text) return static_cast<TaskState>(i);
    throw Bug{"process_task.state is a state"};
}

Task read_task(store::Row const& row) {
    Task task;
    task.subject = row.id<CaseId>("subject");
    task.round = static_cast<int>(row.integer("round"));
    task.step = static_cast<int>(row.integer("step"));
    task.role = row.text("role");
    task.name = row.text("name");
    task.body = row.id<BodyId>("body");
    task.state = read_state(row.text("state"));
    task.done_by = row.id<StaffId>("done_by");
    task.opened_at = row.instant("opened_at");
    task.done_at = row.maybe_instant("done_at");
    return task;
}

Error not_open() {
    return {ErrorKind::conflict, "task_is_not_open", "这一步别人已经办过了，请刷新。"};
}

Task open(store::Tx& tx, CaseId const& subject, BodyId const& body, Step const& at, int round, int step,
          Instant now) {
    Task task{subject, round, step, at.role, at.name, body, TaskState::open, {}, now, {}};
    tx.write(sql::open_task, task.subject, task.round, task.step, task.role, task.name, task.body,
             task.opened_at);
    return task;
}
}  // namespace

Process::Process(store::Store& store, Clock const& clock) : store_(store), clock_(clock) {}

Result<std::vector<Task>> Process::history(store::Reader& reader, CaseId const& subject) const {
    std::vector<Task> out;
    auto rows = TRY(reader.rows(sql::load_tasks, subject));
    for (auto row : rows) out.push_back(read_task(row));
    return out;
}

Result<std::optional<Task>> Process::open_task(store::Reader& reader, CaseId const& subject) const {
    auto tasks = TRY(history(reader, subject));
    for (auto& task : tasks)
        if (task.state == TaskState::open) return std::optional<Task>(std::move(task));
    return std::optional<Task>{};
}

Result<Task> Process::begin(store::Tx& tx, CaseId const& subject, BodyId const& body,
                            std::vector<Step> const& flow) {
    if (flow.empty()) return Error{ErrorKind::internal, "flow_is_empty", "事项没有写审核流程。"};
    auto tasks = TRY(history(tx, subject));
    if (!tasks.empty() && tasks.back().state == TaskState::open)
        return Error{ErrorKind::conflict, "task_is_already_open", "这件事已经在审核，请刷新。"};
    int round = tasks.empty() ? 0 : tasks.back().round + 1;
    return open(tx, subject, body, flow.front(), round, 0, clock_.now());
}

Result<std::optional<Task>> Process::finish(store::Tx& tx, Task const& task, StaffId const& by,
                                            std::vector<Step> const& flow, Verdict verdict) {
    if (task.state != TaskState::open) return not_open();
    auto next = TRY(next_step(flow, task.step, verdict));
    auto now = clock_.now();
    auto ended = verdict == Verdict::agree ? TaskState::done : TaskState::returned;
    tx.write_expecting(1, not_open(), sql::end_task, task.subject, task.round, to_text(ended), by, now);
    if (next < 0 || next >= static_cast<int>(flow.size())) return std::optional<Task>{};
    auto const& step = flow[static_cast<std::size_t>(next)];
    return std::optional<Task>(open(tx, task.subject, task.body, step, task.round + 1, next, now));
}

void Process::cancel(store::Tx& tx, CaseId const& subject) {
    tx.write(sql::cancel_tasks, subject, clock_.now());
}

}  // namespace tongban::process
