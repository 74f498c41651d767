#include "cases/parts.h"

namespace tongban::cases {

Limits limits_of(catalog::Item const& item) {
    Limits limits{item.acceptance, item.correction, item.promise, item.statutory, item.bring_within};
    limits.has_card = item.card.has_value();
    limits.extension_days_max = item.extension_days_max;
    for (auto const& step : item.special_steps) {
        SpecialRule rule{step.key, step.role, step.officers, step.limit, step.counts_in_limit, {}};
        for (auto const& finding : step.findings) rule.findings.push_back(finding.key);
        limits.special.push_back(std::move(rule));
    }
    return limits;
}

Result<Ground> ground_for(Rooms& rooms, ItemId const& item, int version) {
    Ground ground;
    ground.picture = rooms.org.picture();
    ground.item = TRY(rooms.catalog.item(item, version));
    ground.limits = limits_of(*ground.item);
    ground.now = rooms.clock.now();
    return ground;
}

Result<std::string> CaseNumbers::next(RegionCode const& region, Day day) {
    constexpr std::int64_t block_size = 100;  // at most these are left out after a restart
    auto scope = region.text.substr(0, 6) + to_text(day);
    std::lock_guard hold(guard_);
    auto& block = blocks_[scope];
    if (block.next == block.end) {
        auto tx = TRY(store_.begin());
        auto number = TRY(tx->next_number("cases.case_no", scope));
        TRY(tx->commit());
        if (blocks_.size() > 64) std::erase_if(blocks_, [&](auto const& old) { return old.first != scope; });
        auto& fresh = blocks_[scope];
        fresh = {(number - 1) * block_size + 1, number * block_size + 1};
        return make_case_number(region, day, static_cast<int>(fresh.next++));
    }
    return make_case_number(region, day, static_cast<int>(block.next++));
}

Result<void> same_version(Case const& found, std::int64_t read) {
    if (found.version == read) return {};
    return Error{ErrorKind::conflict, "case_changed_meanwhile",
                 "这件事刚刚有人处理过，请看过变化再办。您写的内容还在。"};
}

void cancel_clocks(Tx& tx, CaseId const& id) {
    tx.cancel("cases.acceptance_due", id.text);
    tx.cancel("cases.correction_due", id.text);
    tx.cancel("cases.papers_due", id.text);
    tx.cancel("cases.papers_remind", id.text);
}

void plan_bringing(Tx& tx, Case const& found) {
    auto remind = found.bring_by.day - std::chrono::days{3};
    if (remind > found.submitted_on)
        tx.plan("cases.papers_remind", found.id.text, start_of(remind) + std::chrono::hours{9});
    tx.plan("cases.papers_due", found.id.text, start_of(found.bring_by.day + std::chrono::days{1}));
}

std::string acting_name(org::Picture const& picture, Actor const& by) {
    if (by.kind != ActorKind::staff) return {};
    auto const* body = picture.body(by.body);
    auto const* staff = picture.staff(by.staff);
    std::string name = body != nullptr ? body->short_name : std::string();
    if (staff != nullptr) name += (name.empty() ? "" : " ") + staff->name;
    return name;
}

}  // namespace tongban::cases
