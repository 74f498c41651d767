#include "cases/module_parts.h"

namespace tongban::cases {

namespace {

using http::Permission;
using http::Reply;
using http::Request;

constexpr Permission apply{"cases.apply"};
constexpr Permission intake{"cases.intake"};
constexpr Permission work{"cases.work"};
constexpr Permission take{"cases.accept"};
constexpr Permission review{"cases.review"};
constexpr Permission inspect{"cases.inspect"};
constexpr Permission extend{"cases.extend"};

/// A key speaks of one case only: used again on another it must not pass for an answer already given.
std::string key_for_case(Request const& request) {
    auto key = request.idempotency_key();
    return key.empty() ? key : request.param("no") + " " + key;
}

template <class T>
Result<Reply> reply(Result<T> result) {
    if (!result.ok()) return result.error();
    return http::ok(api::write(*result));
}

Result<Reply> pdf(Result<Bytes> bytes) {
    if (!bytes.ok()) return bytes.error();
    return http::file(std::move(*bytes), "application/pdf", "");
}

/// The receipt is given once it is durable. Where that failed, or nobody knows, the case itself tells.
Result<Reply> submit(Drafts& drafts, Request const& q, api::Submission const& wish) {
    auto const& id = q.param("id");
    auto submitted = TRY(drafts.submit(q.actor, id, wish, q.language()));
    auto given = http::created(api::write(submitted.receipt));
    if (!submitted.durability) return given;
    given.once = [durability = *submitted.durability](auto told) { durability.tell(std::move(told)); };
    given.otherwise = [&drafts, by = q.actor, id,
                       language = q.language()](Error const& why) -> Result<Reply> {
        return http::created(api::write(TRY(drafts.receipt_despite(why, by, id, language))));
    };
    return given;
}

Result<Reply> content(Result<Mine::Content> found) {
    if (!found.ok()) return found.error();
    auto type = found->file.kind == "pdf" ? "application/pdf" : "image/" + found->file.kind;
    return http::file(std::move(found->bytes), type, "");
}

void draft_routes(http::Routes& routes, Drafts& drafts) {
    routes.post("/api/cases/drafts", apply, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_new_draft(q.body));
        return http::created(api::write(
            TRY(drafts.open(q.actor, own_filing(q.actor), wish, q.idempotency_key(), q.language()))));
    });
    routes.get("/api/cases/drafts", apply,
               [&](Request const& q) { return reply(drafts.mine(q.actor, q.language())); });
    routes.get("/api/cases/drafts/{id}", apply,
               [&](Request const& q) { return reply(drafts.show(q.actor, q.param("id"), q.language())); });
    routes.post("/api/cases/drafts/{id}/data", apply, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_data_wish(q.body));
        return reply(drafts.ask(q.actor, q.param("id"), wish, q.language()));
    });
    routes.put("/api/cases/drafts/{id}", apply, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_draft_save(q.body));
        return reply(drafts.save(q.actor, q.param("id"), wish, q.language()));
    });
    routes.del("/api/cases/drafts/{id}", apply, [&](Request const& q) -> Result<Reply> {
        TRY(drafts.drop(q.actor, q.param("id")));
        return http::no_content();
    });
    routes.post("/api/cases/drafts/{id}/check", apply,
                [&](Request const& q) { return reply(drafts.check(q.actor, q.param("id"))); });
    routes.post("/api/cases/drafts/{id}/submission", apply, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_submission(q.body));
        return submit(drafts, q, wish);
    });
    routes.get("/api/cases/mine/{no}/receipt", apply,
               [&](Request const& q) { return reply(drafts.receipt(q.actor, q.param("no"), q.language())); });
}

void intake_routes(http::Routes& routes, Intake& part, Drafts& drafts) {
    routes.post("/api/cases/desk/intake", intake, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_new_intake(q.body));
        return http::created(api::write(TRY(part.open(q.actor, wish, q.idempotency_key(), q.language()))));
    });
    routes.get("/api/cases/desk/intake", intake,
               [&](Request const& q) { return reply(part.unfinished(q.actor, q.language())); });
    routes.get("/api/cases/desk/intake/{id}", intake,
               [&](Request const& q) { return reply(part.show(q.actor, q.param("id"), q.language())); });
    routes.put("/api/cases/desk/intake/{id}", intake, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_draft_save(q.body));
        return reply(drafts.save(q.actor, q.param("id"), wish, q.language()));
    });
    routes.del("/api/cases/desk/intake/{id}", intake, [&](Request const& q) -> Result<Reply> {
        TRY(drafts.drop(q.actor, q.param("id")));
        return http::no_content();
    });
    routes.post("/api/cases/desk/intake/{id}/check", intake,
                [&](Request const& q) { return reply(drafts.check(q.actor, q.param("id"))); });
    routes.post("/api/cases/desk/intake/{id}/data", intake, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_data_wish(q.body));
        return reply(drafts.ask(q.actor, q.param("id"), wish, q.language()));
    });
    routes.get("/api/cases/desk/intake/{id}/files/{file}", intake,
               [&](Request const& q) { return content(part.file(q.actor, q.param("id"), q.param("file"))); });
    routes.post("/api/cases/desk/intake/{id}/submission", intake, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_submission(q.body));
        return submit(drafts, q, wish);
    });
}

void confirmation_routes(http::Routes& routes, Confirmations& part) {
    routes.post("/api/cases/desk/intake/{id}/confirmation", intake, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_confirmation_wish(q.body));
        return reply(part.ask(q.actor, q.param("id"), wish));
    });
    routes.get("/api/cases/desk/intake/{id}/confirmation", intake, [&](Request const& q) {
        return reply(part.state(q.actor, q.param("id"), q.asked("about").value_or("application")));
    });
    routes.post("/api/cases/desk/intake/{id}/confirmation/code", intake,
                [&](Request const& q) -> Result<Reply> {
                    auto wish = TRY(api::read_confirmation_code(q.body));
                    return reply(part.give_code(q.actor, q.param("id"), wish));
                });
    // The screens of a whole hall may share one address.
    http::RouteOptions screens;
    screens.limit = {120, 60};
    routes.get(
        "/api/cases/confirmations/{token}", Permission::anyone(),
        [&](Request const& q) { return reply(part.read(q.param("token"), q.language())); }, screens);
    routes.post(
        "/api/cases/confirmations/{token}", Permission::anyone(),
        [&](Request const& q) -> Result<Reply> {
            auto wish = TRY(api::read_persons_answer(q.body));
            return reply(part.answer(q.actor, q.param("token"), wish));
        },
        screens);
}

void resident_routes(http::Routes& routes, Mine& mine) {
    routes.get("/api/cases/mine", apply,
               [&](Request const& q) { return reply(mine.list(q.actor, q.language())); });
    routes.get("/api/cases/mine/{no}", apply,
               [&](Request const& q) { return reply(mine.show(q.actor, q.param("no"), q.language())); });
    routes.post("/api/cases/mine/{no}/correction", apply, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_correction_answer(q.body));
        return reply(mine.answer_correction(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/mine/{no}/withdrawal", apply, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_withdrawal(q.body));
        return reply(mine.withdraw(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.get("/api/cases/mine/{no}/letters/{id}", apply,
               [&](Request const& q) { return pdf(mine.letter(q.actor, q.param("no"), q.param("id"))); });
    routes.get("/api/cases/mine/{no}/files/{file}", apply,
               [&](Request const& q) { return content(mine.file(q.actor, q.param("no"), q.param("file"))); });
    routes.post("/api/cases/progress", Permission::anyone(),
                [&](Request const& q) -> Result<Reply> {
                    auto wish = TRY(api::read_progress_query(q.body));
                    return reply(mine.progress(wish, q.language()));
                },
                {.limit = {20, 60}});
}

void desk_routes(http::Routes& routes, Desk& desk) {
    routes.get("/api/cases/desk/queues", work, [&](Request const& q) { return reply(desk.queues(q.actor)); });
    routes.get("/api/cases/desk/queues/{name}", work, [&](Request const& q) -> Result<Reply> {
        auto name = api::read_queue_name(q.param("name"));
        if (!name.ok()) return Error{ErrorKind::not_found, "queue_is_unknown", "没有这个队列。"};
        return reply(desk.queue(q.actor, *name, q.asked("item").value_or(""), q.asked("after").value_or(""),
                                q.language()));
    });
    routes.get("/api/cases/desk/search", work, [&](Request const& q) {
        return reply(desk.search(q.actor, q.asked("q").value_or(""), q.language()));
    });
    routes.get("/api/cases/desk/cases/{no}", work,
               [&](Request const& q) { return reply(desk.show(q.actor, q.param("no"), q.language())); });
    routes.post("/api/cases/desk/cases/{no}/acceptance", take, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_acceptance(q.body));
        return reply(desk.accept(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/correction", take, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_correction_notice(q.body));
        return reply(desk.ask_correction(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/refusal", take, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_refusal(q.body));
        return reply(desk.refuse(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/papers", take, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_papers_received(q.body));
        return reply(desk.receive_papers(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/service", take, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_service_given(q.body));
        return reply(desk.serve(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/preview", work, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_preview(q.body));
        return pdf(desk.preview(q.actor, q.param("no"), wish));
    });
    routes.post("/api/cases/desk/cases/{no}/reveal", work, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_reveal(q.body));
        return reply(desk.reveal(q.actor, q.param("no"), wish));
    });
    routes.get("/api/cases/desk/cases/{no}/files/{file}", work,
               [&](Request const& q) { return content(desk.file(q.actor, q.param("no"), q.param("file"))); });
    routes.get("/api/cases/desk/cases/{no}/letters/{id}", work,
               [&](Request const& q) { return pdf(desk.letter(q.actor, q.param("no"), q.param("id"))); });
}

void review_routes(http::Routes& routes, Review& review_part) {
    routes.post("/api/cases/desk/cases/{no}/opinion", review, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_opinion(q.body));
        return reply(review_part.opine(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/decision", review, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_decision(q.body));
        return reply(review_part.decide(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
}

void special_routes(http::Routes& routes, Special& special) {
    routes.post("/api/cases/desk/cases/{no}/special", inspect, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_special_start(q.body));
        return reply(special.start(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/special/result", inspect, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_special_result(q.body));
        return reply(special.record(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
}

void extension_routes(http::Routes& routes, Extending& part) {
    routes.post("/api/cases/desk/cases/{no}/extension/request", review,
                [&](Request const& q) -> Result<Reply> {
                    auto wish = TRY(api::read_extension(q.body));
                    return reply(part.ask(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
                });
    routes.post("/api/cases/desk/cases/{no}/extension", extend, [&](Request const& q) -> Result<Reply> {
        auto wish = TRY(api::read_extension(q.body));
        return reply(part.extend(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
    });
    routes.post("/api/cases/desk/cases/{no}/extension/refusal", extend,
                [&](Request const& q) -> Result<Reply> {
                    auto wish = TRY(api::read_extension_declined(q.body));
                    return reply(part.decline(q.actor, q.param("no"), wish, key_for_case(q), q.language()));
                });
}

}  // namespace

void Cases::routes(http::Routes& routes) {
    routes.grant(apply, {"resident"});
    routes.grant(work, {"clerk", "reviewer", "inspector", "head"});
    routes.grant(inspect, {"inspector", "reviewer"});
    routes.grant(extend, {"head"});
    routes.grant(take, {"clerk"});
    routes.grant(intake, {"clerk"});
    routes.grant(review, {"reviewer"});
    draft_routes(routes, parts_->drafts);
    intake_routes(routes, parts_->intake, parts_->drafts);
    confirmation_routes(routes, parts_->confirmations);
    resident_routes(routes, parts_->mine);
    desk_routes(routes, parts_->desk);
    review_routes(routes, parts_->review);
    special_routes(routes, parts_->special);
    extension_routes(routes, parts_->extending);
}

}  // namespace tongban::cases
