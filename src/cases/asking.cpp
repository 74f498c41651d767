#include "cases/asking.h"

#include <algorithm>
#include <chrono>

#include "cases/data_views.h"

namespace tongban::cases {

namespace {

constexpr std::chrono::milliseconds patience_most{1500};  ///< what one request waits for the registers
constexpr int waiting_most = 8;                           ///< requests that wait at a time; others ask again
constexpr int stages_most = 6;                            ///< questions built on answers built on answers …
constexpr std::chrono::milliseconds old{24 * 3'600'000};  ///< an answer that is not used at once any more

bool asks_on_consent(catalog::Item const& item) {
    return std::any_of(item.data.begin(), item.data.end(),
                       [](auto const& datum) { return datum.basis == catalog::Basis::consent; });
}

/// The id of the one in force, or nothing.
Result<std::optional<std::string>> consent_of(Rooms& rooms, Reader& reader, Ground const& ground,
                                              Draft const& draft) {
    std::optional<std::string> id;
    auto found = TRY(rooms.identity.consent_for(reader, draft.person, draft.id));
    // Of another text it is another consent: what is asked, or why, has changed since.
    if (found && found->text_hash == ground.item->data_consent->hash) id = found->id;
    return id;
}

/// Whom the papers of the draft concern, by licence type of the item's materials.
Result<std::map<std::string, licences::Held>> licences_held(Rooms& rooms, Reader& reader,
                                                            Ground const& ground, Draft const& draft,
                                                            identity::Person const& person) {
    std::map<std::string, licences::Held> held;
    for (auto const& material : ground.item->materials) {
        auto const& type = material.licence_type;
        if (type.empty() || held.contains(type)) continue;
        auto found = draft.firm.empty() ? rooms.licences.held(reader, person, type)
                                        : rooms.licences.held_by_firm(reader, draft.firm, type);
        auto all = TRY(std::move(found));
        if (!all.empty()) held[type] = std::move(all.front());
    }
    return held;
}

/// One request more that waits, until this ends however it ends.
class Waiting {
public:
    explicit Waiting(std::atomic<int>& all) : all_(all), number_(++all) {}
    ~Waiting() { --all_; }
    Waiting(Waiting const&) = delete;
    Waiting& operator=(Waiting const&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    std::atomic<int>& all_;
    int number_;
};

/// Which of a datum's questions are to be asked now.
std::vector<exchange::Ask> open_asks(DatumState const& state, Instant now, Asking::Patience patience) {
    std::vector<exchange::Ask> open;
    if (state.need != DatumState::Need::needed || !state.permitted) return open;
    for (auto const& ask : state.asks) {
        auto answer = std::find_if(state.answers.begin(), state.answers.end(),
                                   [&](auto const& one) { return one.key == ask.key; });
        bool never = answer == state.answers.end();
        bool failed = !never && answer->outcome != exchange::Outcome::asking && !is_answer(answer->outcome);
        bool stale = !never && is_answer(answer->outcome) && answer->answered_at + old < now;
        if (never || stale || (failed && patience == Asking::Patience::wait)) open.push_back(ask);
    }
    return open;
}

}  // namespace

Result<Known> Asking::known(Reader& reader, Ground const& ground, Draft const& draft) const {
    bool needed = asks_on_consent(*ground.item);
    if (!ground.item->data.empty()) rooms_.exchange.foresee_answers(reader, draft.id);
    if (needed) rooms_.identity.foresee_consent_for(reader, draft.person, draft.id);
    auto person = TRY(rooms_.identity.person(reader, draft.person));
    auto given = supplied(person);
    if (!draft.firm.empty()) {
        auto acting = rooms_.identity.acting_for(reader, draft.person, draft.firm);
        if (!acting.ok() && acting.error().kind == ErrorKind::internal) return acting.error();
        if (acting.ok())
            for (auto const& [path, value] : supplied(acting->firm)) given[path] = value;
    }
    std::vector<exchange::Answer> answers;
    if (!ground.item->data.empty()) answers = TRY(rooms_.exchange.answers(reader, draft.id));
    std::optional<std::string> consent;
    if (needed) consent = TRY(consent_of(rooms_, reader, ground, draft));
    auto known = know(ground, rooms_.store.sealer(), std::move(given), draft.disputed(), draft.answers,
                      answers, needed && !consent ? Consent::missing : Consent::in_force);
    known.consent = consent.value_or("");
    known.licences = TRY(licences_held(rooms_, reader, ground, draft, person));
    return known;
}

Result<void> Asking::consent(Tx& tx, Actor const& by, Ground const& ground, Draft const& draft,
                             api::TextAgreed const& agreed) {
    auto const& item = *ground.item;
    if (!item.data_consent)
        return Error{ErrorKind::conflict, "no_consent_is_needed", "这件事不用您同意查询。"};
    auto const& text = *item.data_consent;
    if (agreed.key != text.key || agreed.version != text.version || agreed.hash != text.hash)
        return Error{ErrorKind::conflict, "text_is_not_the_present_version",
                     "“" + text.title + "”的内容更新了，请重新阅读并确认。"};
    auto before = TRY(rooms_.identity.consent_for(tx, draft.person, draft.id));
    if (before && before->text_hash == text.hash) return {};  // agreeing twice is agreeing
    identity::Consent consent;
    consent.person = draft.person;
    consent.subject = draft.id;
    consent.item = item.code;
    consent.item_name = item.name;
    consent.item_name_en = item.name_en;
    consent.text_key = text.key;
    consent.text_version = text.version;
    consent.text_hash = text.hash;
    consent.text_title = text.title;
    if (text.en) consent.text_title_en = text.en->title;
    for (auto const& datum : item.data) {
        if (datum.basis != catalog::Basis::consent) continue;
        auto named = datum.provider.zh + "：" + datum.what.zh;
        auto& all = consent.resources;  // one register may be asked about two people
        if (std::find(all.begin(), all.end(), named) != all.end()) continue;
        all.push_back(std::move(named));
        consent.resources_en.push_back(source_name(datum, Language::en));
    }
    consent.given_at = ground.now;
    auto id = rooms_.identity.give_consent(tx, consent);
    tx.audit({by.text(), "cases.agree_to_asking", draft.id, {{"consent", id}}});
    return {};
}

Result<bool> Asking::ask_once(Actor const& by, Ground const& ground, Draft const& draft, Patience patience) {
    auto reader = TRY(rooms_.store.reader());
    auto known = TRY(this->known(*reader, ground, draft));
    reader.reset();
    bool asked = false;
    for (auto basis : {catalog::Basis::duty, catalog::Basis::consent}) {
        exchange::Purpose purpose;
        purpose.subject = draft.id;
        purpose.person = draft.person;
        purpose.item = draft.item;
        purpose.item_name = ground.item->name;
        purpose.item_name_en = ground.item->name_en;
        purpose.by = by;
        purpose.body = TRY(rooms_.catalog.issuer(*ground.item, draft.region)).id;
        purpose.basis = basis == catalog::Basis::duty ? "duty" : "consent";
        if (basis == catalog::Basis::consent) purpose.consent = known.consent;
        purpose.why = "办理“" + ground.item->name + "”";
        purpose.why_en = handling_in_english(*ground.item);
        std::vector<exchange::Ask> asks;
        for (auto const& state : known.data)
            if (state.datum->basis == basis)
                for (auto& ask : open_asks(state, ground.now, patience)) asks.push_back(std::move(ask));
        if (asks.empty()) continue;
        TRY(rooms_.exchange.start(purpose, asks));
        asked = true;
    }
    return asked;
}

Result<void> Asking::ask(Actor const& by, Ground const& ground, Draft const& draft, Patience patience) {
    if (ground.item->data.empty()) return {};
    auto const until = std::chrono::steady_clock::now() + patience_most;
    std::optional<Waiting> waiting;
    if (patience == Patience::wait) waiting.emplace(waiting_);
    bool may_wait = waiting && waiting->number() <= waiting_most;
    for (int stage = 0; stage < stages_most; ++stage) {
        // What failed is asked again once; later stages only go on.
        auto asked = TRY(ask_once(by, ground, draft, stage == 0 ? patience : Patience::start));
        if ((!asked && stage > 0) || !may_wait) return {};
        auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0) return {};
        auto settled = TRY(rooms_.exchange.wait(draft.id, left));
        if (!settled) return {};
    }
    return {};
}

}  // namespace tongban::cases
