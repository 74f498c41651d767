// Answers against a form. First every value by itself, in the order of the form, with what is visible; then
// what is required and what must agree, for these may look at any field.
#include <algorithm>

#include "forms/values.h"

namespace tongban::forms {

namespace {

std::string escaped(std::string_view key) {
    std::string out;
    for (char const c : key)
        out += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
    return out;
}

/// `kin.count` is below `kin`.
bool is_below(std::string_view name, std::string_view head) {
    return name.starts_with(head) && (name.size() == head.size() || name[head.size()] == '.');
}

bool is_standard_date(std::string_view path) {
    auto const& all = standard_supplied();
    return std::any_of(all.begin(), all.end(), [&](Supplied const& one) {
        return one.type == rules::Type::date && one.path == path;
    });
}

std::optional<rules::Value> supplied_value(std::string_view path, Json const& value) {
    auto read = rules::from_json(value);
    if (!read.ok()) return std::nullopt;
    if (read->string() != nullptr && is_standard_date(path))
        if (auto day = rules::Date::read(*read->string())) return rules::Value(*day);
    return std::move(*read);
}

/// What is wrong with a required field without an answer; one does not fill in a list.
std::string missing_code(Field const& field) {
    if (!field.locked.empty()) return "locked_value_is_missing";
    bool const is_chosen = field.kind == FieldKind::choice || field.kind == FieldKind::multi_choice ||
                           field.kind == FieldKind::boolean;
    return is_chosen ? "choice_is_missing" : "field_is_missing";
}

/// An answer on its way: which field, where, what became of it.
struct Slot {
    Field const* field = nullptr;
    std::string path;
    std::size_t entry = 0;  ///< 1 + place of its group entry in entries_; 0 outside groups
    bool visible = true, in_doubt = false;
    Json value{};
    std::vector<Wrong> wrong{};
};

class Checker {
public:
    Checker(Form const& form, Asked const& asked) : form_(form), asked_(asked) {}

    Checked run(Json const& answers) {
        if (!answers.is_object()) {
            out_.errors.push_back({asked_.at, "answers_are_not_an_object", "答案应是一个对象。"});
            return std::move(out_);
        }
        supply();
        auto const& sent = answers.as_object();
        std::vector<Field const*> fields;
        for (auto const& page : form_.pages) {
            for (auto const& field : page.fields) fields.push_back(&field);
        }
        for (auto const* field : fields) context_.put(field->key, rules::Value());
        out_.answers = take_fields(fields, sent, asked_.at, 0);
        if (asked_.stage == Stage::submission) {
            for (auto& slot : slots_) judge(slot);
        }
        for (auto const& slot : slots_) {
            for (auto const& wrong : slot.wrong)
                out_.errors.push_back({slot.path, wrong.code, detail_of(wrong, *slot.field)});
        }
        refuse_unknown(sent, fields, asked_.at);
        out_.context = std::move(context_);
        return std::move(out_);
    }

private:
    /// Paths of one head become one context, made once: `applicant.name`, `applicant.birth`.
    void supply() {
        context_.put("today", rules::Date::of(asked_.today));
        std::vector<std::pair<std::string, rules::Context>> heads;
        for (auto const& [path, value] : asked_.given) {
            auto read = supplied_value(path, value);
            if (!read) continue;
            std::string_view const name(path);
            auto const dot = name.find('.');
            if (dot == std::string_view::npos) {
                context_.put(name, std::move(*read));
                continue;
            }
            auto const head = name.substr(0, dot);
            auto at =
                std::find_if(heads.rbegin(), heads.rend(), [&](auto const& h) { return h.first == head; });
            auto& one = at != heads.rend() ? *at : heads.emplace_back(std::string(head), rules::Context());
            one.second.put_path(name.substr(dot + 1), std::move(*read));
        }
        for (auto& [head, inner] : heads) context_.put(head, std::move(inner));
    }

    rules::Context const& context_of(std::size_t entry) const {
        return entry == 0 ? context_ : entries_[entry - 1];
    }

    json::object take_fields(std::vector<Field const*> const& fields, json::object const& sent,
                             std::string const& at, std::size_t entry) {
        json::object out;
        for (auto const* field : fields) {
            std::size_t const index = slots_.size();
            slots_.push_back({field, at + "/" + field->key, entry});
            take_field(index, sent.if_contains(field->key));
            Slot const& slot = slots_[index];
            if (slot.value.is_null()) continue;
            out[field->key] = slot.value;
            auto value = rules_value(*field, slot.value);
            if (!slot.wrong.empty()) continue;
            if (entry == 0)
                context_.put(field->key, std::move(value));
            else
                entries_[entry - 1].put(field->key, std::move(value));
        }
        return out;
    }

    // Slots may move while a group is taken, so they are reached by index.
    void take_field(std::size_t index, Json const* raw) {
        Field const& field = *slots_[index].field;
        if (asked_.stage == Stage::submission && field.visible_when) {
            auto const outcome = ask(*field.visible_when, "visible_when", slots_[index]);
            slots_[index].in_doubt = outcome == Answer::doubt;
            if (outcome == Answer::no) {
                slots_[index].visible = false;
                if (raw != nullptr && !raw->is_null()) out_.ignored.push_back(slots_[index].path);
                return;
            }
        }
        if (!field.locked.empty()) return take_locked(slots_[index], raw);
        if (!field.source.empty() && take_source(slots_[index], raw)) return;
        if (raw == nullptr) return;
        if (field.kind == FieldKind::group) return take_group(index, *raw);
        auto taken = take_value(field, *raw, asked_);
        slots_[index].value = std::move(taken.value);
        if (taken.wrong) slots_[index].wrong.push_back(std::move(*taken.wrong));
    }

    void take_locked(Slot& slot, Json const* raw) {
        if (raw != nullptr) out_.ignored.push_back(slot.path);
        auto const* given = asked_.given.if_contains(slot.field->locked);
        if (given == nullptr || given->is_null()) return;
        bool const number = given->is_int64() || given->is_uint64();
        slot.value = number ? Json(json::string(json::serialize(*given))) : *given;
    }

    /// A list as people write it: 养老保险、失业保险. Null when it is empty or holds something else than
    /// texts.
    static Json joined(json::array const& list) {
        std::string text;
        for (auto const& one : list) {
            if (!one.is_string()) return nullptr;
            text += (text.empty() ? "" : "、") + std::string(one.get_string());
        }
        if (text.empty()) return nullptr;
        return Json(text);
    }

    /// A datum as an answer of this field; null when it is not there or does not fit.
    Json datum_for(Field const& field) const {
        auto const* given = asked_.given.if_contains(field.source);
        if (given == nullptr || given->is_null()) return nullptr;
        auto read = rules::from_json(*given);
        if (!read.ok()) return nullptr;
        Json raw = *given;
        if (read->number() != nullptr) raw = json::string(read->number()->text());
        if (read->date() != nullptr) raw = json::string(read->date()->text());
        bool const text = field.kind == FieldKind::text || field.kind == FieldKind::long_text;
        if (text && raw.is_array()) raw = joined(raw.get_array());
        Asked whole = asked_;
        whole.stage = Stage::submission;  // half a datum is none
        auto taken = take_value(field, raw, whole);
        return taken.wrong ? Json(nullptr) : taken.value;
    }

    /// False when there is no datum: then people fill the field.
    bool take_source(Slot& slot, Json const* raw) {
        auto datum = datum_for(*slot.field);
        if (datum.is_null()) return false;
        if (raw != nullptr && !raw->is_null()) out_.ignored.push_back(slot.path);
        out_.sourced.push_back(slot.field->key);
        auto const* stated = asked_.disputed.if_contains(slot.field->key);
        if (stated == nullptr || stated->is_null()) {
            slot.value = std::move(datum);
            return true;
        }
        auto taken = take_value(*slot.field, *stated, asked_);
        slot.value = std::move(taken.value);
        if (taken.wrong) slot.wrong.push_back(std::move(*taken.wrong));
        out_.disputed.push_back(slot.field->key);
        return true;
    }

    void take_group(std::size_t index, Json const& raw) {
        Field const& field = *slots_[index].field;
        if (raw.is_null()) return;
        if (!raw.is_array()) return slots_[index].wrong.push_back({"answer_has_wrong_type"});
        if (raw.as_array().size() > static_cast<std::size_t>(field.repeat_most))
            return slots_[index].wrong.push_back(
                {"group_has_too_many", {{"max", std::to_string(field.repeat_most)}}});
        std::vector<Field const*> fields;
        for (auto const& inner : field.fields) fields.push_back(&inner);
        json::array out;
        std::size_t place = 0;
        for (auto const& item : raw.as_array()) {
            std::string const at = slots_[index].path + "/" + std::to_string(place++);
            if (!item.is_object()) {
                out_.errors.push_back(
                    {at, "answer_has_wrong_type", detail_of({"answer_has_wrong_type"}, field)});
                continue;
            }
            entries_.push_back(context_);
            for (auto const* inner : fields) entries_.back().put(inner->key, rules::Value());
            out.push_back(take_fields(fields, item.as_object(), at, entries_.size()));
            refuse_unknown(item.as_object(), fields, at);
        }
        if (!out.empty()) slots_[index].value = std::move(out);
    }

    void refuse_unknown(json::object const& sent, std::vector<Field const*> const& fields,
                        std::string const& at) {
        for (auto const& entry : sent) {
            bool const known = std::any_of(fields.begin(), fields.end(),
                                           [&](auto const* f) { return f->key == entry.key(); });
            if (known || out_.errors.size() >= 200) continue;
            std::string key = escaped(entry.key());
            if (key.size() > 100 || !is_utf8(key)) key = "?";
            out_.errors.push_back({at + "/" + key, "field_is_unknown", "表单里没有这一项。"});
        }
    }

    enum class Answer { yes, no, doubt };

    /// A condition on a field that nobody filled in does not apply; other reasons to have no answer are
    /// doubts.
    Answer ask(rules::Expression const& condition, std::string_view name, Slot const& slot) {
        auto const outcome = rules::decide(condition, context_of(slot.entry));
        if (outcome.verdict == rules::Verdict::yes) return Answer::yes;
        if (outcome.verdict == rules::Verdict::no) return Answer::no;
        if (outcome.because.code == "datum_is_missing" && form_.field(outcome.because.name) != nullptr)
            return Answer::no;
        out_.doubts.push_back({slot.path, std::string(name), outcome.because});
        return Answer::doubt;
    }

    void judge(Slot& slot) {
        if (!slot.visible || !slot.wrong.empty()) return;
        if (slot.entry != 0) refresh(entries_[slot.entry - 1]);
        Field const& field = *slot.field;
        if (slot.value.is_null()) {
            bool required = !field.optional && !slot.in_doubt;
            if (required && field.required_when)
                required = ask(*field.required_when, "required_when", slot) == Answer::yes;
            if (field.kind == FieldKind::group) {
                if (field.repeat_least == 0) return;
                if (required)
                    slot.wrong.push_back(
                        {"group_has_too_few", {{"min", std::to_string(field.repeat_least)}}});
            } else if (required) {
                slot.wrong.push_back({missing_code(field)});
            }
            return;
        }
        if (field.kind == FieldKind::group &&
            slot.value.as_array().size() < static_cast<std::size_t>(field.repeat_least))
            return slot.wrong.push_back({"group_has_too_few", {{"min", std::to_string(field.repeat_least)}}});
        for (auto const& rule : field.valid_when) agree(slot, rule);
    }

    void agree(Slot& slot, Rule const& rule) {
        auto const outcome = rules::decide(rule.when, context_of(slot.entry));
        if (outcome.verdict == rules::Verdict::yes) return;
        if (outcome.verdict == rules::Verdict::no)
            return slot.wrong.push_back({"field_breaks_a_rule", {}, rule.message.zh});
        bool const unfilled =
            outcome.because.code == "datum_is_missing" && form_.field(outcome.because.name) != nullptr;
        if (!unfilled) out_.doubts.push_back({slot.path, "valid_when", outcome.because});
    }

    /// What an entry sees of the fields outside: some of them come after the group.
    void refresh(rules::Context& entry) const {
        for (auto const& page : form_.pages) {
            for (auto const& field : page.fields) entry.put(field.key, *context_.find(field.key));
        }
    }

    Form const& form_;
    Asked const& asked_;
    rules::Context context_;
    std::vector<rules::Context> entries_;
    std::vector<Slot> slots_;
    Checked out_;
};

}  // namespace

void supply(rules::Context& context, std::string_view path, Json const& value) {
    if (auto read = supplied_value(path, value)) context.put_path(path, std::move(*read));
}

namespace {
bool reads(std::optional<rules::Expression> const& condition, std::string_view head) {
    if (!condition) return false;
    auto const& names = condition->names();
    return std::any_of(names.begin(), names.end(),
                       [&](std::string const& name) { return is_below(name, head); });
}

bool rests_on(std::vector<Field> const& fields, std::string_view head) {
    return std::any_of(fields.begin(), fields.end(), [&](Field const& field) {
        return is_below(field.source, head) || is_below(field.locked, head) ||
               reads(field.visible_when, head) || rests_on(field.fields, head);
    });
}
}  // namespace

bool answers_rest_on(Form const& form, std::string_view head) {
    return std::any_of(form.pages.begin(), form.pages.end(),
                       [&](Page const& page) { return rests_on(page.fields, head); });
}

Checked check(Form const& form, Json const& answers, Asked const& asked) {
    return Checker(form, asked).run(answers);
}

}  // namespace tongban::forms
