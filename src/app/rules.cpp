#include "app/rules.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "rules/dmn/json_text.h"

namespace tongban::app {

namespace fs = std::filesystem;
using rules::dmn::Finding;
using rules::dmn::ModelText;
using rules::dmn::Severity;

Result<std::string> file_text(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    // A folder opens too; it only cannot be read.
    if (!in || !(text << in.rdbuf()))
        if (!in || fs::is_directory(file) || fs::file_size(file) > 0)
            return Error{ErrorKind::not_found, "file_is_not_readable", "读不到文件 " + file + "。"};
    return std::move(text).str();
}

namespace {

/// The namespaces of the models in a folder, read when first asked for.
class Shelf {
public:
    explicit Shelf(fs::path folder) : folder_(std::move(folder)) {}

    std::optional<ModelText> find(rules::dmn::ImportWish const& wish) {
        auto const named = fs::path(wish.location).filename();
        if (!named.empty())
            if (auto found = open(folder_ / named); found && space_of(*found) == wish.space) return found;
        if (files_.empty()) look();
        auto const at = files_.find(wish.space);
        return at == files_.end() ? std::nullopt : open(at->second);
    }

private:
    static std::optional<ModelText> open(fs::path const& file) {
        auto text = file_text(file.string());
        if (!text.ok()) return std::nullopt;
        return ModelText{file.string(), std::move(*text)};
    }

    static std::string space_of(ModelText const& model) {
        auto document = rules::dmn::open_document(model.text);
        return document.ok() ? std::string(document->root->attribute("namespace")) : std::string();
    }

    void look() {
        std::error_code failed;
        for (auto const& entry : fs::directory_iterator(folder_, failed))
            if (entry.path().extension() == ".dmn")
                if (auto model = open(entry.path())) files_.emplace(space_of(*model), entry.path());
    }

    fs::path folder_;
    std::map<std::string, fs::path> files_;
};

rules::DateTime now() {
    auto const text = to_text(SystemClock().now());
    return rules::DateTime::read(text).value_or(rules::DateTime{});
}

rules::Settings settings_for(rules::Profile profile) {
    rules::Settings settings;
    settings.profile = profile;
    settings.now = now();
    settings.hosts = &rules::HostFunctions::java_lang();
    return settings;
}

void say(std::ostream& out, Finding const& finding) {
    out << finding.where.text() << ": " << (finding.severity == Severity::error ? "error" : "warning") << " "
        << finding.code << ": " << finding.zh << " / " << finding.en << "\n";
}

int refused(std::ostream& err, Error const& error) {
    err << "tongban: " << error.code << ": " << error.detail << "\n";
    return 1;
}

Result<rules::Profile> profile_of(Arguments const& arguments) {
    auto const said = arguments.option("profile", "strict");
    if (said == "strict") return rules::Profile::strict;
    if (said == "standard") return rules::Profile::standard;
    return Error{ErrorKind::bad_request, "option_is_unknown", "--profile is strict or standard"};
}

Result<rules::dmn::Loaded> load(std::string const& file, rules::Profile profile) {
    auto text = TRY(file_text(file));
    rules::dmn::LoadOptions options;
    options.profile = profile;
    return rules::dmn::load({file, std::move(text)}, finder_beside(file), options);
}

int check(std::string const& file, rules::Profile profile, std::ostream& out, std::ostream& err) {
    auto loaded = load(file, profile);
    if (!loaded.ok()) return refused(err, loaded.error());
    std::size_t errors = 0;
    for (auto const& finding : loaded->findings) {
        say(out, finding);
        if (finding.severity == Severity::error) ++errors;
    }
    out << errors << " errors, " << loaded->findings.size() - errors << " warnings\n";
    return errors == 0 ? 0 : 1;
}

/// One line of JSON for each decision; numbers as they are, not as doubles.
void tell(std::ostream& out, std::string const& name, rules::dmn::Decided const& decided,
          std::same_as<bool> auto with_explanation) {
    out << "{\"decision\":" << json::serialize(json::string(name));
    if (auto const* reason = decided.value.reason()) {
        out << ",\"verdict\":\"undetermined\",\"because\":"
            << to_text(Json(json::object{{"code", reason->code},
                                         {"text", reason->text()},
                                         {"name", reason->name},
                                         {"origin", reason->origin}}));
    } else {
        out << ",\"verdict\":\"determined\",\"value\":" << rules::dmn::json_text(decided.value);
    }
    if (with_explanation) out << ",\"explanation\":" << to_text(decided.explanation);
    out << "}\n";
}

Result<rules::Context> inputs_of(Arguments const& arguments) {
    auto const file = arguments.option("input");
    if (file.empty()) return rules::Context{};
    auto const text = TRY(file_text(file));
    auto const value = TRY(rules::dmn::read_json_text(text));
    if (value.context() == nullptr)
        return Error{ErrorKind::invalid, "input_is_not_an_object", "输入文件应当是一个 JSON 对象。"};
    return *value.context();
}

int eval(Arguments const& arguments, rules::Profile profile, std::ostream& out, std::ostream& err) {
    auto loaded = load(arguments.words[2], profile);
    if (!loaded.ok()) return refused(err, loaded.error());
    for (auto const& finding : loaded->findings) say(err, finding);
    if (!loaded->model) return 1;
    auto inputs = inputs_of(arguments);
    if (!inputs.ok()) return refused(err, inputs.error());
    auto const& model = *loaded->model;
    auto const typed = model.typed(*inputs);
    auto const settings = settings_for(profile);
    bool const explain = arguments.option("explain") == "yes";
    auto const explaining = explain ? rules::dmn::Explaining::yes : rules::dmn::Explaining::no;
    auto const wanted = arguments.option("decision");
    bool found = wanted.empty();
    for (auto const& decision : model.decisions()) {
        if (!wanted.empty() && decision.name != wanted) continue;
        found = true;
        tell(out, decision.name, model.decide(decision.name, typed, settings, explaining), explain);
    }
    if (found) return 0;
    return refused(err,
                   {ErrorKind::not_found, "decision_is_not_known", "模型里没有决策「" + wanted + "」。"});
}

}  // namespace

rules::dmn::Finder finder_beside(std::string const& file) {
    auto shelf = std::make_shared<Shelf>(fs::absolute(file).parent_path());
    return [shelf](rules::dmn::ImportWish const& wish) { return shelf->find(wish); };
}

int rules_command(Arguments const& arguments, std::ostream& out, std::ostream& err) {
    if (arguments.words.size() != 3) return 2;
    auto const& what = arguments.words[1];
    auto profile = profile_of(arguments);
    if (!profile.ok()) return refused(err, profile.error()), 2;
    if (what == "check") return check(arguments.words[2], *profile, out, err);
    if (what == "eval") return eval(arguments, *profile, out, err);
    if (what == "tck") return run_tck(arguments.words[2], out);
    return 2;
}

}  // namespace tongban::app
