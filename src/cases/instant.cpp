#include "cases/instant.h"

#include <algorithm>
#include <set>

namespace tongban::cases {

namespace {

constexpr std::chrono::milliseconds fresh{24 * 3'600'000};

Reason reason_of(catalog::Condition const& condition, Known const& known, rules::Context const& settled) {
    auto outcome = rules::decide(condition.when, settled);
    if (outcome.verdict == rules::Verdict::yes)
        return {condition.key, ReasonResult::yes, condition.yes, condition.staff_yes};
    if (outcome.verdict == rules::Verdict::no)
        return {condition.key, ReasonResult::no, condition.no, condition.staff_no};
    auto told = [&](Audience audience) -> forms::Words {
        return {unsettled_words(known, condition.when, audience, Language::zh),
                unsettled_words(known, condition.when, audience, Language::en)};
    };
    return {condition.key, ReasonResult::undetermined, told(Audience::applicant), told(Audience::staff)};
}

/// The data that play a part in the decision: in its conditions, in fields filled, in papers waived, and
/// those that other questions were built on.
std::set<std::string> used_data(Ground const& ground, Known const& known, Checked const& checked) {
    std::set<std::string> keys;
    auto use = [&](rules::Expression const& expression) {
        for (auto const& name : expression.names())
            if (auto const* state = datum_of(known, name)) keys.insert(state->datum->key);
    };
    for (auto const& condition : ground.item->instant) use(condition.when);
    for (auto const& key : checked.form.sourced)
        if (auto const* state = datum_of(known, ground.item->form.field(key)->source))
            keys.insert(state->datum->key);
    for (auto const& offer : checked.offers) {
        if (offer.material->when) use(*offer.material->when);
        if (offer.chosen == api::Way::waived && offer.material->waive_when) use(*offer.material->waive_when);
    }
    // Questions built on answers stand in order, so backwards finds them all.
    for (auto state = known.data.rbegin(); state != known.data.rend(); ++state) {
        if (!keys.contains(state->datum->key)) continue;
        for (auto const& parameter : state->datum->parameters) use(parameter.value);
        if (state->datum->when) use(*state->datum->when);
        if (state->datum->list) use(*state->datum->list);
    }
    return keys;
}

/// When the answer was given by its source, as far as that is known; a list sent in advance stands as of its
/// day and is asked now.
bool is_fresh(exchange::Answer const& answer, Instant now) {
    if (answer.answered_at.ms == 0 || now - fresh > answer.answered_at) return false;
    return !answer.from_cache || answer.data_at.ms == 0 || now - fresh <= answer.data_at;
}

void add_person(std::vector<Reason>& reasons, std::string key, forms::Words told, forms::Words for_staff) {
    reasons.push_back({std::move(key), ReasonResult::no, std::move(told), std::move(for_staff)});
}

void add_papers(Checked const& checked, std::vector<Reason>& reasons) {
    for (auto const& material : checked.materials) {
        if (material.way == api::Way::upload)
            return add_person(
                reasons, "papers_to_be_read",
                {"您上传的材料要由工作人员看过。", "The papers you uploaded must be read by a person."},
                {"申请人上传的材料要有人看过。", "The papers uploaded must be read by a person."});
        if (material.way == api::Way::window)
            return add_person(reasons, "papers_to_be_brought",
                              {"有材料要交到窗口。", "Papers are to be brought to the window."},
                              {"有材料要交到窗口。", "Papers are to be brought to the window."});
    }
}

void add_old_answers(Ground const& ground, Known const& known, Checked const& checked,
                     std::vector<Reason>& reasons) {
    for (auto const& key : used_data(ground, known, checked)) {
        auto const* state = known.datum(key);
        for (auto const& answer : state->answers)
            // What gave no answer is not old; what hangs on it is undetermined.
            if (exchange::is_answer(answer.outcome) && !is_fresh(answer, ground.now))
                return add_person(reasons, "answer_is_old",
                                  {"“" + state->datum->what.zh + "”是一天以前查的，要由工作人员核对。",
                                   "A register was asked more than a day ago; a person compares."},
                                  {"“" + state->datum->what.zh + "”是一天以前查的，请核对。",
                                   "A register was asked more than a day ago; please compare."});
    }
}

}  // namespace

std::optional<AtOnce> judge_at_once(Ground const& ground, Known const& known, Checked const& checked,
                                    DecidedBy wanted) {
    auto const& item = *ground.item;
    if (item.instant.empty()) return std::nullopt;
    AtOnce verdict;
    auto& reasons = verdict.reasons;
    auto settled = settled_only(known, checked.form.context);
    for (auto const& condition : item.instant) reasons.push_back(reason_of(condition, known, settled));
    if (wanted == DecidedBy::person)
        add_person(reasons, "person_was_asked_for",
                   {"您要求由工作人员办理。", "You asked that a person decides."},
                   {"申请人要求由工作人员办理。", "The applicant asked that a person decides."});
    if (!checked.form.disputed.empty())
        add_person(reasons, "something_is_disputed",
                   {"您对部门数据提出了纠错，要由工作人员核对。",
                    "You said that a register is wrong; a person compares."},
                   {"申请人对部门数据提出了纠错，请核对两边的值。",
                    "The applicant says that a register is wrong; please compare both values."});
    add_papers(checked, reasons);
    if (!checked.form.doubts.empty())
        add_person(
            reasons, "form_is_in_doubt",
            {"表单里有一处要由工作人员确定。", "One point of the form must be settled by a person."},
            {"表单里有一处系统不能确定，请确定。", "One point of the form is for a person to settle."});
    if (!item.special_steps.empty()) {
        auto const& name = item.special_steps.front().name;
        forms::Words told{"要先做“" + name.zh + "”。", "A special step comes first: " + name.en + "."};
        add_person(reasons, "special_step_is_needed", told, told);
    }
    add_old_answers(ground, known, checked, reasons);
    verdict.approved =
        checked.wrong.empty() && std::all_of(reasons.begin(), reasons.end(),
                                             [](auto const& one) { return one.result == ReasonResult::yes; });
    return verdict;
}

}  // namespace tongban::cases
