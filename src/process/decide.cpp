// Where a case goes next. No I/O, no clock.
#include "process/process.h"

namespace tongban::process {

Result<Step> read_step(std::string_view text) {
    auto colon = text.find(':');
    auto malformed = Error{ErrorKind::invalid, "flow_step_is_malformed",
                           "流程的每一步写成 角色:名称，例如 reviewer:审核。"};
    if (colon == std::string_view::npos) return malformed;
    Step step{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
    bool lower = step.role.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    if (step.role.empty() || !lower || step.name.empty() || trimmed(step.name) != step.name) return malformed;
    return step;
}

Result<int> next_step(std::vector<Step> const& flow, int step, Verdict verdict) {
    if (step < 0 || step >= static_cast<int>(flow.size()))
        return Error{ErrorKind::internal, "flow_has_no_such_step", "流程里没有这一步。"};
    return verdict == Verdict::agree ? step + 1 : step - 1;
}

bool is_last(std::vector<Step> const& flow, int step) {
    return step + 1 == static_cast<int>(flow.size());
}

}  // namespace tongban::process
