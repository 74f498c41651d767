#include "cases/known.h"

#include <algorithm>
#include <set>

namespace tongban::cases {

namespace {

using exchange::Outcome;
constexpr std::size_t each_most = 20;  // children, estates; more are no household

/// From good to bad: of several answers the worst stands for all.
int badness(Outcome outcome) {
    static constexpr Outcome order[] = {Outcome::none,  Outcome::found,   Outcome::several,
                                        Outcome::wrong, Outcome::refused, Outcome::down,
                                        Outcome::late,  Outcome::asking,  Outcome::not_asked};
    return static_cast<int>(std::find(std::begin(order), std::end(order), outcome) - std::begin(order));
}

/// What may leave as a parameter; nothing for what has no value yet.
std::optional<std::string> parameter_text(rules::Value const& value) {
    std::string text;
    if (value.string() != nullptr) text = trimmed(*value.string());
    if (value.number() != nullptr) text = value.number()->text();
    if (value.date() != nullptr) text = value.date()->text();
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<json::object> parameters_of(catalog::Datum const& datum, rules::Context const& context) {
    json::object parameters;
    for (auto const& [name, expression] : datum.parameters) {
        auto evaluated = rules::evaluate(expression, context);
        auto text = evaluated.value ? parameter_text(*evaluated.value) : std::nullopt;
        if (!text) return std::nullopt;
        parameters[name] = *text;
    }
    return parameters;
}

/// The key of a question says its parameters (keyed hash), so that an answer never stands for another
/// question.
exchange::Ask ask_for(catalog::Datum const& datum, json::object parameters, Sealer const& sealer) {
    exchange::Ask ask;
    auto question = datum.resource + canonical_text(parameters);
    ask.key = datum.key + "#" + sealer.blind("cases.question", question).substr(0, 16);
    ask.resource = datum.resource;
    ask.parameters = std::move(parameters);
    ask.why = datum.why.zh;
    ask.why_en = datum.why.en;
    return ask;
}

class Knowing {
public:
    Knowing(Ground const& ground, Sealer const& sealer, Json const& form_answers,
            std::vector<exchange::Answer> const& answers, Known& known)
        : ground_(ground), sealer_(sealer), form_answers_(form_answers), answers_(answers), known_(known) {}

    void run(Consent consent) {
        if (ground_.item->data.empty()) return;
        seen_ = look();
        for (auto const& datum : ground_.item->data) {
            DatumState state;
            state.datum = &datum;
            state.permitted = datum.basis == catalog::Basis::duty || consent == Consent::in_force;
            plan(state);
            settle(state);
            tell(state);
            known_.data.push_back(std::move(state));
        }
    }

private:
    /// What conditions see: the form with everything known so far.
    rules::Context look() const {
        forms::Asked asked;
        asked.today = ground_.day();
        asked.given = known_.given;
        asked.disputed = known_.disputed;
        return forms::check(ground_.item->form, form_answers_, asked).context;
    }

    void plan(DatumState& state) const {
        auto const& datum = *state.datum;
        if (datum.when) {
            auto verdict = rules::decide(*datum.when, seen_).verdict;
            if (verdict == rules::Verdict::no) state.need = DatumState::Need::not_needed;
            if (verdict != rules::Verdict::yes) return;
        }
        if (!datum.list) {
            auto parameters = parameters_of(datum, seen_);
            if (!parameters) return;
            state.asks.push_back(ask_for(datum, std::move(*parameters), sealer_));
        } else if (!plan_each(state, seen_)) {
            return;
        }
        state.need = DatumState::Need::needed;
    }

    bool plan_each(DatumState& state, rules::Context seen) const {
        auto list = rules::evaluate(*state.datum->list, seen);
        auto const* items = list.value ? list.value->list() : nullptr;
        if (items == nullptr || items->size() > each_most) return false;
        std::set<std::string> keys;
        for (auto const& item : *items) {
            seen.put(state.datum->each, item);
            auto parameters = parameters_of(*state.datum, seen);
            if (!parameters) return false;
            auto ask = ask_for(*state.datum, std::move(*parameters), sealer_);
            if (keys.insert(ask.key).second) state.asks.push_back(std::move(ask));
        }
        return true;
    }

    void settle(DatumState& state) const {
        if (state.need != DatumState::Need::needed || !state.permitted) return;
        for (auto const& ask : state.asks)
            for (auto const& answer : answers_)
                if (answer.key == ask.key && answer.resource == ask.resource) state.answers.push_back(answer);
        state.outcome = state.answers.size() < state.asks.size() ? Outcome::not_asked : Outcome::none;
        int sum = 0;
        bool counted = state.outcome == Outcome::none;
        for (auto const& answer : state.answers) {
            if (badness(answer.outcome) > badness(state.outcome)) state.outcome = answer.outcome;
            counted = counted && exchange::is_answer(answer.outcome);
            if (answer.outcome != Outcome::none) sum += answer.count;
        }
        if (counted) state.count = sum;
    }

    /// Puts what became of it where conditions and fields find it.
    void tell(DatumState const& state) {
        auto const before = known_.given.size();
        tell_of(state);
        if (forms::answers_rest_on(ground_.item->form, state.datum->key)) {
            seen_ = look();
            return;
        }
        for (auto at = known_.given.begin() + static_cast<std::ptrdiff_t>(before); at != known_.given.end();
             ++at)
            forms::supply(seen_, at->key(), at->value());
    }

    void tell_of(DatumState const& state) {
        auto const& key = state.datum->key;
        known_.given[key + ".outcome"] = exchange::to_text(state.outcome);
        if (state.count) known_.given[key + ".count"] = *state.count;
        if (!state.datum->each.empty() || state.answers.size() != 1) return;
        auto const& answer = state.answers.front();
        if (exchange::is_answer(answer.outcome)) {
            known_.given[key + ".asked_on"] =
                json::object{{"$date", to_text(beijing_day(answer.answered_at))}};
            known_.given[key + ".asked_at"] = chinese_time(answer.answered_at);
        }
        if (answer.outcome != Outcome::found) return;
        for (auto const& field : state.datum->fields) {
            auto const* value = answer.fields.if_contains(field.key);
            // The source has the record and says nothing here: it is known that there is nothing.
            if (field.key != "count") known_.given[key + "." + field.key] = value ? *value : Json(nullptr);
        }
    }

    Ground const& ground_;
    Sealer const& sealer_;
    Json const& form_answers_;
    std::vector<exchange::Answer> const& answers_;
    Known& known_;
    rules::Context seen_{};  ///< what conditions see now
};

}  // namespace

DatumState const* Known::datum(std::string_view key) const {
    for (auto const& state : data)
        if (state.datum->key == key) return &state;
    return nullptr;
}

json::object supplied(identity::Person const& person) {
    json::object given{{"applicant.name", person.name},
                       {"applicant.id_number", person.id_number},
                       {"applicant.phone", person.phone},
                       {"applicant.address", person.address},
                       {"applicant.real_name_level", person.real_name_level}};
    if (person.id_number.size() == 18)
        given["applicant.birth"] = person.id_number.substr(6, 4) + "-" + person.id_number.substr(10, 2) +
                                   "-" + person.id_number.substr(12, 2);
    return given;
}

json::object supplied(identity::Firm const& firm) {
    return {{"firm.name", firm.name}, {"firm.uscc", firm.uscc}, {"firm.legal_person", firm.legal_person}};
}

Known know(Ground const& ground, Sealer const& sealer, json::object given, json::object disputed,
           Json const& form_answers, std::vector<exchange::Answer> const& answers, Consent consent) {
    Known known;
    known.given = std::move(given);
    known.disputed = std::move(disputed);
    Knowing(ground, sealer, form_answers, answers, known).run(consent);
    return known;
}

Known known_of(Application const& application) {
    Known known;
    known.given = application.given;
    for (auto const& one : application.disputes) known.disputed[one.field] = one.value;
    for (auto const& [material, held] : application.licences) known.licences["material:" + material] = held;
    return known;
}

DatumState const* datum_of(Known const& known, std::string_view name) {
    return known.datum(name.substr(0, name.find('.')));
}

rules::Context settled_only(Known const& known, rules::Context context) {
    for (auto const& state : known.data)
        if (!is_settled(state) && state.need != DatumState::Need::not_needed)
            context.put(state.datum->key, rules::Context{});
    return context;
}

bool is_settled(DatumState const& state) {
    return state.outcome == Outcome::found || state.outcome == Outcome::none;
}

}  // namespace tongban::cases
