// The desk: queues, the case page, and the acts of a window (accept, ask once, refuse).
#pragma once

#include "cases/follow.h"
#include "cases/letters.h"
#include "cases/mine.h"
#include "cases/views.h"

namespace tongban::cases {

class Desk {
public:
    explicit Desk(Rooms& rooms) : rooms_(rooms) {}
    Result<api::Queues> queues(Actor const& by);
    Result<api::Queue> queue(Actor const& by, api::QueueName name, std::string_view item,
                             std::string_view after, Language language);
    Result<api::Queue> search(Actor const& by, std::string_view asked, Language language);
    Result<api::DeskCase> show(Actor const& by, std::string_view case_no, Language language);
    Result<api::DeskCase> accept(Actor const& by, std::string_view case_no, api::Acceptance const& wish,
                                 std::string_view key, Language language);
    Result<api::DeskCase> ask_correction(Actor const& by, std::string_view case_no,
                                         api::CorrectionNotice const& wish, std::string_view key,
                                         Language language);
    Result<api::DeskCase> refuse(Actor const& by, std::string_view case_no, api::Refusal const& wish,
                                 std::string_view key, Language language);
    Result<Bytes> preview(Actor const& by, std::string_view case_no, api::Preview const& wish);
    Result<api::Revealed> reveal(Actor const& by, std::string_view case_no, api::Reveal const& wish);
    Result<Mine::Content> file(Actor const& by, std::string_view case_no, std::string_view file);
    Result<Bytes> letter(Actor const& by, std::string_view case_no, std::string_view letter);

    /// The case, if it is in the scope of whoever asks. Refuses: case_is_unknown.
    Result<Case> in_scope(Reader& reader, Actor const& by, std::string_view case_no);

private:
    Rooms& rooms_;
};

/// The acts of a post: opinions and the decision.
class Review {
public:
    Review(Rooms& rooms, Desk& desk) : rooms_(rooms), desk_(desk) {}
    Result<api::DeskCase> opine(Actor const& by, std::string_view case_no, api::Opinion const& wish,
                                std::string_view key, Language language);
    Result<api::DeskCase> decide(Actor const& by, std::string_view case_no, api::Decision const& wish,
                                 std::string_view key, Language language);

private:
    Rooms& rooms_;
    Desk& desk_;
};

/// The steps of the item's flow. Refuses: flow_step_is_malformed (an import should have refused it).
Result<std::vector<process::Step>> flow_of(catalog::Item const& item);
bool has_role(Actor const& by, std::string_view role);
/// 复议、诉讼 with the names of this body's own remedies filled in.
std::string remedies_of(Ground const& ground, Case const& found);

}  // namespace tongban::cases
