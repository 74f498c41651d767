// From events to rows: each case is counted anew from what it is now, so an event more or less does no harm.
#include "supervision/decide.h"
#include "supervision/sql.h"
#include "supervision/state.h"

namespace tongban::supervision {

namespace {

int reviewers_of(org::Picture const& picture, cases::Facts const& facts) {
    if (facts.review_role.empty()) return 0;
    std::vector<org::Post> posts = picture.posts_of(facts.body, facts.review_role);
    int count = 0;
    for (auto const& staff : picture.staff_) {
        if (staff.id == facts.accepted_by) continue;
        for (auto const& post : posts)
            if (std::ranges::find(staff.posts, post.id) != staff.posts.end()) {
                ++count;
                break;
            }
    }
    return count;
}

}  // namespace

Result<void> Supervision::State::project(store::Tx& tx, CaseId const& id) const {
    tx.foresee(sql::load_watched, id);
    auto facts = TRY(source.facts(tx, id));
    auto before = TRY(load_watched(tx, id));
    auto picture = org.picture();
    auto const* body = picture->body(facts.body);
    Office const office{body != nullptr ? body->region : RegionCode{}, reviewers_of(*picture, facts),
                        picture->calendar()};
    keep_watched(tx, before, watch(facts, office));
    if (facts.look_again_at) tx.plan(look_again_job, id.text, *facts.look_again_at);
    return {};
}

Result<std::int64_t> Supervision::State::rebuild() const {
    auto tx = TRY(store.begin());
    forget_everything(*tx);
    tx->audit({Actor::system("rebuild").text(), "supervision.rebuild", "supervision", {}});
    TRY(tx->commit());
    std::int64_t counted = 0;
    CaseId after;
    for (;;) {
        auto reader = TRY(store.reader());
        auto ids = TRY(source.ids_after(*reader, after));
        reader.reset();
        if (ids.empty()) return counted;
        auto portion = TRY(store.begin());
        Result<void> done;
        for (auto const& id : ids)
            if (done.ok()) done = project(*portion, id);
        if (done.ok()) done = portion->commit();
        // A server counted one of them meanwhile: the portion is taken again, and finds that row.
        if (!done.ok() && done.error().kind == ErrorKind::conflict) continue;
        TRY(std::move(done));
        counted += static_cast<std::int64_t>(ids.size());
        after = ids.back();
    }
}

Result<void> Supervision::State::look_at_posts_again() const {
    TRY(org.start());  // this process may not have heard of the new posts yet
    std::string after;
    for (;;) {
        auto tx = TRY(store.begin());
        auto rows = TRY(tx->rows(sql::waiting_for_review, after));
        if (rows.empty()) return {};
        for (auto row : rows) {
            after = row.text("case_id");
            TRY(project(*tx, CaseId{after}));
        }
        TRY(tx->commit());
    }
}

}  // namespace tongban::supervision
