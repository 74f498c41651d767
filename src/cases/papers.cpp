// 收件: papers that were to be brought have come to a window, any window.
#include "cases/desk.h"

namespace tongban::cases {

Result<api::DeskCase> Desk::receive_papers(Actor const& by, std::string_view case_no,
                                           api::PapersReceived const& wish, std::string_view key,
                                           Language language) {
    Asked const asked{by, case_no, "cases.receive_papers", wish.version, key, language};
    return act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        auto rounds = TRY(load_applications(tx, sealer, opened.found.id));
        std::vector<std::string> brought;
        for (auto const& material : rounds.back().materials)
            if (material.way == api::Way::window) brought.push_back(material.key);
        auto next = TRY(decide_receive_papers(opened.found, brought, wish.received, ground.today()));
        next.hall = by.hall;  // the papers are here, and here it is accepted
        auto facts = facts_of(opened, next);
        facts.materials = rounds.back().materials;
        facts.who = acting_name(*ground.picture, by);
        auto letter = order_letter(tx, sealer, "receipt", facts);
        insert_event(tx, sealer, next.id, event_of(by, ground, next, "papers_received", letter));
        cancel_clocks(tx, next.id);
        tx.plan("cases.acceptance_due", next.id.text, start_of(next.accept_by.day + std::chrono::days{1}));
        rooms_.notify.send(
            tx, message_of(next, ground, "cases.papers_received", {{"due", to_text(next.accept_by.day)}}));
        tx.emit({"cases.received", next.id.text, {{"case", next.id.text}}});
        return Acted{std::move(next), {{"papers", brought.size()}}};
    });
}

}  // namespace tongban::cases
