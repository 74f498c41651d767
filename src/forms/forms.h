// The door of `forms`: one schema (JSON in the pack, packs/schemas/form.schema.json) drives browser and
// server alike. It names the pages, the fields, the conditions in FEEL, and what the server fills in. No I/O,
// no clock.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"
#include "rules/rules.h"

namespace re2 {
class RE2;
}

namespace tongban::forms {

enum class FieldKind {
    text,
    long_text,
    name,
    address,
    choice,
    multi_choice,
    date,
    id_number,
    credit_code,
    phone,
    number,
    money,
    boolean,
    group
};
std::string_view to_text(FieldKind kind);

/// A text of the form, Chinese with its English, which may be empty.
struct Words {
    std::string zh, en;
};

struct Choice {
    std::string value;
    Words label, hint;
};

struct Rule {
    rules::Expression when;  ///< must be yes
    Words message;
};

struct Field {
    std::string key;   ///< ascii snake_case, unique in the form: what answers are stored under
    std::string name;  ///< another name for conditions, Chinese: 关系; may be empty
    Words label, hint;
    FieldKind kind = FieldKind::text;
    bool optional = false;       ///< else it must be filled, or where required_when says so
    std::size_t max_length = 0;  ///< code points, of kinds that are text
    std::string pattern;         ///< the whole text must fit; empty for none
    Words pattern_message;
    std::shared_ptr<re2::RE2 const> compiled;   ///< of pattern
    std::optional<rules::Decimal> least, most;  ///< of number and money
    int decimals = 0;                           ///< of number: digits after the point; money always has 2
    std::vector<Choice> choices;
    std::optional<rules::Expression> visible_when, required_when;
    std::vector<Rule> valid_when;
    std::string locked;   ///< the supplied name the server fills it from; empty when people fill it
    std::string source;   ///< datum it is filled from where the datum is there, and people fill it elsewise
    std::string prefill;  ///< supplied name or datum that is offered and may be changed
    std::vector<Field> fields;              ///< of a group, which repeats
    int repeat_least = 0, repeat_most = 0;  ///< of a group
    [[nodiscard]] Choice const* choice(std::string_view value) const;
};

struct Page {
    std::string id;
    Words title, hint;
    std::vector<Field> fields;
};

struct Form {
    int version = 1;  ///< of the schema format
    Words title;
    std::vector<Page> pages;
    [[nodiscard]] Field const* field(std::string_view key) const;  ///< also inside groups
};

/// known: the server has it of every applicant; asked: a source may answer it, or not.
enum class Origin { known, asked };
/// A value the server puts in: usable in conditions, as `prefill`, and where known as `locked`, where asked
/// as `source`.
struct Supplied {
    std::string path;
    rules::Type type = rules::Type::string;
    Origin origin = Origin::known;
};
/// applicant.name, .id_number, .phone, .address, .birth (date), .real_name_level (number). `today` is always
/// there.
std::vector<Supplied> const& standard_supplied();

/// Refuses with form_is_wrong; `fields` names every wrong place (JSON pointer into the schema, code, Chinese
/// sentence).
Result<Form> read_form(Json const& schema, std::vector<Supplied> const& supplied = standard_supplied());

/// The schema with conditions as trees: what the browser gets.
Json to_browser(Form const& form);

enum class Stage {
    draft,      ///< only: keys are known, types and lengths right, text clean. Nothing is dropped or required
    submission  ///< everything
};

/// What a check depends on beside the answers. `given` has the standard dates as text, others as {"$date":…}.
struct Asked {
    Stage stage = Stage::submission;
    Day today{};
    json::object given{};     ///< supplied values by path: {"applicant.name":"周桂兰"}
    json::object disputed{};  ///< 纠错: by field key, what the person says in place of the source's datum
    std::string at = "/answers";  ///< where the answers stand in the request: begins the path of each error
};

/// A condition that has no answer. It neither passes nor fails the form: a person looks at it. A field in
/// doubt is shown and not required. (That a field the condition reads is simply not filled in is no doubt:
/// the condition then does not apply.)
struct Doubt {
    std::string path;       ///< of the field
    std::string condition;  ///< visible_when, required_when, valid_when
    rules::Reason because;
};

struct Checked {
    json::object answers;            ///< normalised; locked fields filled by the server; hidden ones left out
    std::vector<FieldError> errors;  ///< in the order of the form; details in Chinese
    std::vector<Doubt> doubts;
    std::vector<std::string>
        ignored;  ///< paths a client sent and we did not take: locked, sourced and hidden fields
    std::vector<std::string> sourced;   ///< keys of fields filled by their source
    std::vector<std::string> disputed;  ///< keys of fields where the person's word stands beside the source's
    /// What conditions saw: answers by key (null where nothing right is filled in), supplied values, today.
    /// For other expressions over the same answers: materials, faces of licences.
    rules::Context context;
    [[nodiscard]] bool ok() const { return errors.empty(); }
    /// The errors as a refusal: kind invalid, code answers_are_wrong.
    [[nodiscard]] Error refusal() const;
};
/// Checking what it returned gives the same again. A datum that does not fit its field (no such choice, too
/// long) counts as not there: the person fills the field.
Checked check(Form const& form, Json const& answers, Asked const& asked);

/// Puts one supplied value where check() would: for what becomes known after it.
void supply(rules::Context& context, std::string_view path, Json const& value);
/// Whether values supplied below this name decide which answers count: they fill fields or show them. If not,
/// the answers of a check stand although such a value changed.
bool answers_rest_on(Form const& form, std::string_view head);

/// One line for people to read: confirmation page, desk, letters.
struct Line {
    std::string path;  ///< below the answers: /relation, /members/0/name
    Words page, label;
    Words text;  ///< choices by their labels, dates in Chinese, lines of a group one by one
    FieldKind kind = FieldKind::text;
    bool locked = false;
};
/// The answered fields in the order of the form. Not masked: the caller knows who reads.
std::vector<Line> lines(Form const& form, json::object const& answers);

/// Words of the codes this module gives, with {placeholders}: web/packages/forms/words.json says the same.
struct Wording {
    std::string_view code, zh, en;
};
std::vector<Wording> const& wordings();

}  // namespace tongban::forms
