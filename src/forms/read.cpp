// From the schema in a pack to a Form. First the fields, then the conditions, which need every name.
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "forms/lint.h"

namespace tongban::forms {

namespace {

constexpr std::size_t pages_most = 30, fields_most = 100, choices_most = 200, rules_most = 20,
                      entries_most = 50;
constexpr std::size_t pattern_text_most = 200, long_text_most = 5000;

bool is_key(std::string_view text) {
    auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && text.size() <= 60 && text[0] >= 'a' && text[0] <= 'z' &&
           std::all_of(text.begin(), text.end(), fits);
}

std::optional<FieldKind> kind_of(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(FieldKind::group); ++i) {
        if (to_text(static_cast<FieldKind>(i)) == text) return static_cast<FieldKind>(i);
    }
    return std::nullopt;
}

std::size_t usual_length(FieldKind kind) {
    switch (kind) {
        case FieldKind::name:
            return 30;
        case FieldKind::long_text:
            return 1000;
        case FieldKind::text:
        case FieldKind::address:
            return 100;
        default:
            return 0;
    }
}

rules::Type type_of(FieldKind kind) {
    switch (kind) {
        case FieldKind::number:
        case FieldKind::money:
            return rules::Type::number;
        case FieldKind::date:
            return rules::Type::date;
        case FieldKind::boolean:
            return rules::Type::boolean;
        case FieldKind::multi_choice:
        case FieldKind::group:
            return rules::Type::list;
        default:
            return rules::Type::string;
    }
}

class Reader {
public:
    explicit Reader(std::vector<Supplied> const& supplied) : supplied_(supplied) {}

    Result<Form> run(Json const& schema) {
        Member const top(schema, "", lint_);
        top.only({"$schema", "version", "title", "x-en", "pages"});
        if (schema.is_object() && !top.has("version"))
            top.note("version", "member_is_missing", "缺少“version”。");
        form_.version = static_cast<int>(top.whole("version", 1, 1, 1));
        form_.title = top.words("title");
        english(top, {"title"});
        for (auto const& page : top.list("pages", pages_most)) read_page(page);
        declare_names();
        read_conditions();
        if (lint_.found().empty()) return std::move(form_);
        return Error{ErrorKind::invalid, "form_is_wrong",
                     "表单有" + std::to_string(lint_.found().size()) + "处写错。", std::move(lint_.found())};
    }

private:
    /// A field that still waits for its conditions.
    struct Pending {
        Member member;
        std::string key, group;
        std::size_t order;
    };

    void english(Member const& member, std::initializer_list<std::string_view> names) {
        if (!member.has("x-en")) return;
        Member const inner = member.inner("x-en");
        inner.only(names);
    }

    void read_page(Member const& member) {
        member.only({"id", "title", "hint", "x-en", "fields"});
        Page page;
        page.id = member.text("id", 60);
        if (!page.id.empty() && !is_key(page.id))
            member.note("id", "page_id_is_malformed", "页的 id 用小写字母、数字和下划线，以字母开头。");
        for (auto const& earlier : form_.pages) {
            if (earlier.id == page.id) member.note("id", "page_id_is_repeated", "这个 id 已经用过。");
        }
        page.title = member.words("title");
        page.hint = member.optional_words("hint");
        english(member, {"title", "hint"});
        for (auto const& field : member.list("fields", fields_most))
            page.fields.push_back(read_field(field, ""));
        form_.pages.push_back(std::move(page));
    }

    Field read_field(Member const& member, std::string const& group) {
        member.only({"key",        "name",         "label",
                     "hint",       "kind",         "optional",
                     "max_length", "pattern",      "pattern_message",
                     "min",        "max",          "decimals",
                     "choices",    "visible_when", "required_when",
                     "valid_when", "locked",       "source",
                     "prefill",    "fields",       "x-en"});
        english(member, {"label", "hint", "pattern_message"});
        Field field;
        read_key(member, field);
        field.label = member.words("label");
        field.hint = member.optional_words("hint");
        field.optional = member.truth("optional");
        auto const kind_text = member.text("kind", 40);
        auto const kind = kind_of(kind_text);
        if (!kind) {
            if (!kind_text.empty())
                member.note("kind", "field_kind_is_not_known", "没有“" + kind_text + "”这一类字段。");
            return field;
        }
        field.kind = *kind;
        pending_.push_back({member, field.key, group, pending_.size()});
        read_text_limits(member, field);
        read_numbers(member, field);
        read_choices(member, field);
        read_group(member, field, group);
        read_locked(member, field);
        read_source(member, field, group);
        return field;
    }

    void read_key(Member const& member, Field& field) {
        field.key = member.text("key", 60);
        field.name = member.optional_text("name", 60);
        if (!field.key.empty() && !is_key(field.key))
            member.note("key", "field_key_is_malformed", "key 用小写字母、数字和下划线，以字母开头。");
        for (auto const* text : {&field.key, &field.name}) {
            if (text->empty()) continue;
            auto const* member_name = text == &field.key ? "key" : "name";
            if (!spelt_.insert(*text).second)
                member.note(member_name, "field_key_is_repeated", "“" + *text + "”已经用过。");
            bool const reserved =
                *text == "today" || std::any_of(supplied_.begin(), supplied_.end(), [&](auto const& s) {
                    return s.path == *text || s.path.starts_with(*text + ".");
                });
            auto const readable = rules::read(*text, rules::Names().add(*text));
            // FEEL would take a name of several words; a form's names are one.
            bool const one_word = text->find_first_of(" \t/-'+*.") == std::string::npos;
            if (reserved || !one_word || !readable.expression || readable.expression->names().empty())
                member.note(member_name, "field_key_is_reserved", "“" + *text + "”不能做字段的名称。");
        }
    }

    void read_text_limits(Member const& member, Field& field) {
        field.max_length = usual_length(field.kind);
        if (field.max_length == 0) {
            member.misfit("max_length");
        } else {
            auto const most = field.kind == FieldKind::long_text ? long_text_most : 500;
            field.max_length =
                static_cast<std::size_t>(member.whole("max_length", 1, static_cast<std::int64_t>(most),
                                                      static_cast<std::int64_t>(field.max_length)));
        }
        if (field.kind != FieldKind::text) {
            member.misfit("pattern");
            member.misfit("pattern_message");
            return;
        }
        if (!member.has("pattern")) return member.misfit("pattern_message");
        field.pattern = member.text("pattern", 1'000'000);
        field.pattern_message = member.words("pattern_message");
        if (field.max_length > pattern_text_most)
            member.note("max_length", "pattern_text_is_too_long", "有 pattern 的字段最多 200 个字。");
        compile(member, field);
    }

    static void compile(Member const& member, Field& field) {
        if (field.pattern.empty()) return;
        auto code = pattern_trouble(field.pattern);
        if (code.empty()) {
            re2::RE2::Options options;
            options.set_log_errors(false);
            options.set_dot_nl(true);
            options.set_max_mem(1 << 20);
            auto compiled = std::make_shared<re2::RE2>(field.pattern, options);
            if (compiled->ok())
                field.compiled = std::move(compiled);
            else
                code = "pattern_is_malformed";
        }
        if (code == "pattern_is_malformed") member.note("pattern", code, "这不是一个完整的正则表达式。");
        if (code == "pattern_is_too_long") member.note("pattern", code, "最多 200 个字。");
        if (code == "pattern_may_run_away")
            member.note("pattern", code,
                        "这个写法在浏览器里可能算不完：不要给可变的分组加重复，* + {m,n} 最多 3 处。");
        if (code == "pattern_is_not_portable")
            member.note("pattern", code,
                        "只用两边都认的写法：字符、[…]、\\d、.、分组、|、重复；整段相符，不写 ^ 和 $。");
    }

    static void read_numbers(Member const& member, Field& field) {
        bool const counts = field.kind == FieldKind::number || field.kind == FieldKind::money;
        if (counts) {
            field.least = member.decimal("min");
            field.most = member.decimal("max");
            if (field.least && field.most && *field.least > *field.most)
                member.note("max", "limits_are_reversed", "max 比 min 小。");
        } else if (field.kind != FieldKind::group) {
            member.misfit("min");
            member.misfit("max");
        }
        field.decimals = field.kind == FieldKind::money ? 2 : 0;
        if (field.kind == FieldKind::number)
            field.decimals = static_cast<int>(member.whole("decimals", 0, 10, 0));
        else
            member.misfit("decimals");
    }

    static void read_choices(Member const& member, Field& field) {
        if (field.kind != FieldKind::choice && field.kind != FieldKind::multi_choice)
            return member.misfit("choices");
        for (auto const& item : member.list("choices", choices_most)) {
            item.only({"value", "label", "hint", "x-en"});
            if (item.has("x-en")) item.inner("x-en").only({"label", "hint"});
            Choice choice{item.text("value", 40), item.words("label"), item.optional_words("hint")};
            if (trimmed(choice.value) != choice.value)
                item.note("value", "choice_value_is_malformed", "前后不能有空格。");
            if (field.choice(choice.value) != nullptr)
                item.note("value", "choice_value_is_repeated", "这个值已经有了。");
            field.choices.push_back(std::move(choice));
        }
    }

    void read_group(Member const& member, Field& field, std::string const& group) {
        if (field.kind != FieldKind::group) return member.misfit("fields");
        if (!group.empty()) return member.note("kind", "group_is_inside_a_group", "重复组里不能再有重复组。");
        auto const most = static_cast<std::int64_t>(entries_most);
        field.repeat_least = static_cast<int>(member.whole("min", 0, most, 0));
        field.repeat_most = static_cast<int>(member.whole("max", 1, most, 10));
        if (field.repeat_least > field.repeat_most)
            member.note("max", "limits_are_reversed", "max 比 min 小。");
        for (auto const& inner : member.list("fields", fields_most))
            field.fields.push_back(read_field(inner, field.key));
    }

    void read_locked(Member const& member, Field& field) const {
        if (!member.has("locked")) return;
        field.locked = member.text("locked", 100);
        auto const source = std::find_if(supplied_.begin(), supplied_.end(),
                                         [&](Supplied const& one) { return one.path == field.locked; });
        if (source == supplied_.end()) {
            if (!field.locked.empty())
                member.note("locked", "locked_source_is_not_known", "系统不提供“" + field.locked + "”。");
        } else if (source->type != type_of(field.kind) || field.kind == FieldKind::choice) {
            member.note("locked", "locked_source_does_not_fit", "这个来源的值和字段的类型不合。");
        }
    }

    [[nodiscard]] Supplied const* supplied(std::string const& path) const {
        auto const found = std::find_if(supplied_.begin(), supplied_.end(),
                                        [&](Supplied const& one) { return one.path == path; });
        return found == supplied_.end() ? nullptr : &*found;
    }

    /// A list of texts may fill a text: it is written with 、 between.
    static bool fits(Supplied const& supplied, FieldKind kind) {
        bool const text = kind == FieldKind::text || kind == FieldKind::long_text;
        return supplied.type == type_of(kind) || (text && supplied.type == rules::Type::list);
    }

    /// A datum of a source, or what is offered to be changed. A text may turn out to be one of the choices.
    void read_source(Member const& member, Field& field, std::string const& group) const {
        for (auto const* name : {"source", "prefill"}) {
            if (!member.has(name)) continue;
            bool const source = std::string_view(name) == "source";
            auto& path = source ? field.source : field.prefill;
            path = member.text(name, 100);
            auto const* found = supplied(path);
            if (found == nullptr || (source && found->origin != Origin::asked)) {
                if (!path.empty())
                    member.note(name, "source_is_not_known", "没有数据“" + path + "”可以带出。");
            } else if (!fits(*found, field.kind)) {
                member.note(name, "source_does_not_fit", "这个来源的值和字段的类型不合。");
            }
            if (!group.empty())
                member.note(name, "source_is_inside_a_group", "重复组里的字段不能由系统带出。");
        }
        if (member.has("locked") + member.has("source") + member.has("prefill") > 1)
            member.note("source", "field_has_two_sources", "locked、source、prefill 只写一个。");
    }

    void declare_names() {
        names_.add("today", rules::Type::date);
        for (auto const& one : supplied_) names_.add(one.path, one.type);
        for (auto const& page : form_.pages) {
            for (auto const& field : page.fields) declare(names_, field);
        }
    }

    static void declare(rules::Names& names, Field const& field) {
        if (field.key.empty()) return;
        names.add(field.key, type_of(field.kind));
        if (!field.name.empty()) names.alias(field.name, field.key);
    }

    Field* writable(std::string const& key) {
        auto const* found = key.empty() ? nullptr : form_.field(key);
        return const_cast<Field*>(found);  // form_ is ours and not const
    }

    void read_conditions() {
        for (auto const& pending : pending_) {
            Field* field = writable(pending.key);
            if (field == nullptr) continue;
            rules::Names names = names_;
            if (Field const* group = pending.group.empty() ? nullptr : form_.field(pending.group)) {
                for (auto const& sibling : group->fields) declare(names, sibling);
            }
            field->visible_when = condition(pending, "visible_when", names, Reach::earlier_fields);
            field->required_when = condition(pending, "required_when", names, Reach::other_fields);
            if (field->required_when && field->optional)
                pending.member.note("required_when", "required_when_beside_optional",
                                    "optional 和 required_when 只写一个。");
            if (!pending.member.has("valid_when")) continue;
            for (auto const& rule : pending.member.list("valid_when", rules_most)) {
                rule.only({"when", "message", "x-en"});
                if (rule.has("x-en")) rule.inner("x-en").only({"message"});
                auto const message = rule.words("message");
                if (!rule.has("when")) rule.note("when", "member_is_missing", "缺少“when”。");
                auto when =
                    condition({rule, pending.key, pending.group, pending.order}, "when", names, Reach::all);
                if (when) field->valid_when.push_back({std::move(*when), message});
            }
        }
    }

    enum class Reach { earlier_fields, other_fields, all };

    std::optional<rules::Expression> condition(Pending const& pending, std::string_view name,
                                               rules::Names const& names, Reach reach) const {
        Member const& member = pending.member;
        if (!member.has(name)) return std::nullopt;
        auto const text = member.text(name, 1'000'000);
        if (text.empty()) return std::nullopt;
        auto parsed = rules::parse_condition(text, names);
        if (!parsed.ok()) {
            member.note(name, parsed.error().code, parsed.error().detail);
            return std::nullopt;
        }
        // The browser reckons it too, while somebody types.
        auto const tree = rules::browser_tree(*parsed);
        if (!tree.ok()) {
            member.note(name, tree.error().code, tree.error().detail);
            return std::nullopt;
        }
        for (auto const& used : parsed->names()) {
            auto const found = std::find_if(pending_.begin(), pending_.end(),
                                            [&](Pending const& other) { return other.key == used; });
            if (found == pending_.end()) continue;
            if (reach == Reach::earlier_fields && found->order >= pending.order)
                member.note(name, "condition_refers_to_a_later_field",
                            "“" + used + "”不在这个字段之前，还没有填。");
            if (reach == Reach::other_fields && found->order == pending.order)
                member.note(name, "condition_refers_to_itself", "必填与否不能看自己填了没有。");
        }
        check_choices(member, name, *tree);
        return std::move(*parsed);
    }

    /// A text compared with a choice must be one of its values: the commonest slip, and a silent one.
    void check_choices(Member const& member, std::string_view name, Json const& node) const {
        auto const& object = node.as_object();
        if (!object.contains("args")) return;
        auto const& args = object.at("args").as_array();
        auto const op = std::string_view(object.at("op").as_string());
        if (op == "=" || op == "!=" || op == "in") {
            Field const* field = nullptr;
            for (auto const& arg : args) {
                if (arg.at("op") == "name") field = form_.field(arg.at("path").as_array()[0].as_string());
                if (field != nullptr && !field->choices.empty()) break;
            }
            if (field != nullptr && !field->choices.empty()) {
                for (auto const& arg : args) check_offered(member, name, *field, arg);
            }
        }
        for (auto const& arg : args) check_choices(member, name, arg);
    }

    static void check_offered(Member const& member, std::string_view name, Field const& field,
                              Json const& node) {
        auto const& object = node.as_object();
        auto const op = std::string_view(object.at("op").as_string());
        if (op == "string") {
            std::string const value(object.at("value").as_string());
            if (field.choice(value) == nullptr)
                member.note(name, "condition_names_no_such_choice",
                            "“" + field.key + "”没有“" + value + "”这个选项值。");
        } else if (op == "member" || op == "test" || op == "list") {
            for (auto const& arg : object.at("args").as_array()) check_offered(member, name, field, arg);
        }
    }

    std::vector<Supplied> const& supplied_;
    Lint lint_;
    Form form_;
    rules::Names names_;
    std::set<std::string> spelt_;
    std::vector<Pending> pending_;
};

}  // namespace

Result<Form> read_form(Json const& schema, std::vector<Supplied> const& supplied) {
    return Reader(supplied).run(schema);
}

}  // namespace tongban::forms
