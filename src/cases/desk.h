// The desk: queues, the case page, and the acts of a window (accept, ask once, refuse).
#pragma once

#include <functional>

#include "cases/follow.h"
#include "cases/letters.h"
#include "cases/mine.h"
#include "cases/views.h"

namespace tongban::cases {

/// A case opened by an act: what it needs to know, read once.
struct Opened {
    Case found;
    Ground ground;
    Party applicant;
    std::string agent;  ///< who acts for a firm; empty otherwise
    std::string query_code;
};

Result<Opened> open_case(Rooms& rooms, Tx& tx, Case found);

/// What an act made of the case, to be saved; `facts` go into the audit.
struct Acted {
    Case next;
    json::object facts{};
};

/// Which act, by whom, on which version.
struct Asked {
    Actor const& by;
    std::string_view case_no;
    std::string_view verb;  ///< cases.accept
    std::int64_t version = 0;
    std::string_view key;  ///< of idempotency
    Language language = Language::zh;
};

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
    Result<api::DeskCase> receive_papers(Actor const& by, std::string_view case_no,
                                         api::PapersReceived const& wish, std::string_view key,
                                         Language language);
    Result<api::DeskCase> serve(Actor const& by, std::string_view case_no, api::ServiceGiven const& wish,
                                std::string_view key, Language language);
    Result<Bytes> preview(Actor const& by, std::string_view case_no, api::Preview const& wish);
    Result<api::Revealed> reveal(Actor const& by, std::string_view case_no, api::Reveal const& wish);
    Result<Mine::Content> file(Actor const& by, std::string_view case_no, std::string_view file);
    Result<Bytes> letter(Actor const& by, std::string_view case_no, std::string_view letter);

    /// The frame of every act of an office: one transaction with the case, what the act writes, audit and
    /// kept answer. A repeated key acts no second time. `gate` is asked before the version is compared.
    /// Refuses: case_is_unknown, case_changed_meanwhile, and what gate and act refuse.
    using Gate = std::function<Result<void>(Case const&)>;
    using Act = std::function<Result<Acted>(Tx&, Opened const&)>;
    Result<api::DeskCase> act(Asked const& asked, Act const& act, Gate const& gate = {});
    /// The case, if it is in the scope of whoever asks. Refuses: case_is_unknown.
    Result<Case> in_scope(Reader& reader, Actor const& by, std::string_view case_no);

private:
    Result<void> show_counter(Reader& reader, Case const& found, Ground const& ground, Language language,
                              api::DeskCase& view);
    Result<void> record_look(Actor const& by, Case const& found, std::vector<std::string> what);
    Rooms& rooms_;
};

/// 特别程序: site checks by officers.
class Special {
public:
    Special(Rooms& rooms, Desk& desk) : rooms_(rooms), desk_(desk) {}
    Result<api::DeskCase> start(Actor const& by, std::string_view case_no, api::SpecialStart const& wish,
                                std::string_view key, Language language);
    Result<api::DeskCase> record(Actor const& by, std::string_view case_no, api::SpecialResult const& wish,
                                 std::string_view key, Language language);

private:
    Rooms& rooms_;
    Desk& desk_;
};

/// 延期: whoever reviews asks for more time, the head has the word, and may extend without being asked.
class Extending {
public:
    Extending(Rooms& rooms, Desk& desk) : rooms_(rooms), desk_(desk) {}
    Result<api::DeskCase> ask(Actor const& by, std::string_view case_no, api::Extension const& wish,
                              std::string_view key, Language language);
    Result<api::DeskCase> extend(Actor const& by, std::string_view case_no, api::Extension const& wish,
                                 std::string_view key, Language language);
    Result<api::DeskCase> decline(Actor const& by, std::string_view case_no,
                                  api::ExtensionDeclined const& wish, std::string_view key,
                                  Language language);

private:
    Rooms& rooms_;
    Desk& desk_;
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

/// A message to the applicant about an act: item, number and body go with it.
notify::Message message_of(Case const& next, Ground const& ground, std::string kind, json::object more = {});
LetterFacts facts_of(Opened const& opened, Case const& next);
/// What the act of an office adds to the history.
EventRow event_of(Actor const& by, Ground const& ground, Case const& next, std::string kind,
                  std::string letter);
/// What the 延期通知书 says beside its reason: the days before and after, by what law, who approved.
std::map<std::string, std::string> extension_words(Case const& found, Case const& extended,
                                                   Ground const& ground, std::string approver);
/// What the case page shows of an extension that may be asked for or given, of special steps and of service.
std::optional<api::Extending> extending_view(Case const& found, Ground const& ground, Actor const& by,
                                             std::vector<EventRow> const& events, Language language);
std::vector<api::SpecialStep> special_views(Case const& found, Ground const& ground,
                                            std::vector<SpecialRow> const& rows, Language language);
api::ServiceKept service_view(ServiceRow const& row, Ground const& ground, Language language);
/// The same for an act that the item's words do not know: how long, and with whom, by a letter's names.
std::map<std::string, std::string> remedies_against(Opened const& opened);
/// The steps of the item's flow. Refuses: flow_step_is_malformed (an import should have refused it).
Result<std::vector<process::Step>> flow_of(catalog::Item const& item);
bool has_role(Actor const& by, std::string_view role);
/// 复议、诉讼 with the names of this body's own remedies filled in; in Chinese where the item has no English.
std::string remedies_of(Ground const& ground, Case const& found, Language language = Language::zh);

}  // namespace tongban::cases
