// The door of decision models: OMG DMN 1.5 (reading 1.1 to 1.5) on top of FEEL. XML text in, values out: no
// I/O, no clock. A model is compiled once, immutable, and shared by all threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/finding.h"
#include "rules/dmn/xml.h"
#include "rules/rules.h"

namespace tongban::rules::dmn {

struct ModelText {
    std::string file;  ///< as findings name it
    std::string text;  ///< XML, UTF-8
};

/// What an import asks for (DMN 1.5, 6.3.3).
struct ImportWish {
    std::string space;     ///< the namespace of the wanted model
    std::string location;  ///< locationURI, may be empty
};
/// Gives the text of an imported model, or nothing. Who calls `load` decides where models may come from.
using Finder = std::function<std::optional<ModelText>(ImportWish const&)>;

struct LoadOptions {
    /// A model is compiled for the profile it will be asked in. Strict finds more while loading.
    Profile profile = Profile::strict;
    XmlLimits xml{};
    Budget budget{};               ///< of each expression, and of what is evaluated while loading
    std::size_t models_most = 64;  ///< too_many_models_are_imported
};

enum class Explaining : std::uint8_t { no, yes };

/// The answer to one question.
struct Decided {
    Value value{};                ///< undetermined has a reason(); null is an answer
    std::vector<Reason> notes{};  ///< standard profile: what was turned into null
    Json explanation{};           ///< of Explaining::yes; its form: docs/rules-developers.md
};

struct Program;

/// A decision with its inputs bound to places: for asking the same question many times.
class Question {
public:
    /// `inputs` in the order of the names given to Model::question. One Run per question.
    [[nodiscard]] Value ask(std::span<Value const> inputs, Run& run) const;
    struct Plan;
    explicit Question(std::shared_ptr<Plan const> plan) : plan_(std::move(plan)) {}

private:
    std::shared_ptr<Plan const> plan_;  ///< never null
};

class Model {
public:
    struct Named {
        std::string name;
        FeelType type{};
    };
    [[nodiscard]] std::string const& name() const;
    [[nodiscard]] std::vector<Named> inputs() const;     ///< input data of this model, in order
    [[nodiscard]] std::vector<Named> decisions() const;  ///< of this model, in order
    [[nodiscard]] std::vector<Named> services() const;
    [[nodiscard]] std::vector<Named> knowledge_models() const;

    /// What a decision says about these inputs. An input of an imported model is looked for as
    /// `{namespace}name`, below the import's name, and by its plain name. Unknown names are
    /// decision_is_not_known; settings.profile must be the one the model was loaded for.
    [[nodiscard]] Decided decide(std::string_view decision, Context const& inputs, Settings const& settings,
                                 Explaining explaining = Explaining::no) const;
    /// A decision service or a knowledge model, called with its parameters by name.
    [[nodiscard]] Decided invoke(std::string_view callable, Context const& arguments,
                                 Settings const& settings, Explaining explaining = Explaining::no) const;
    /// Refuses decision_is_not_known, input_is_not_known.
    [[nodiscard]] Result<Question> question(std::string_view decision,
                                            std::span<std::string const> inputs) const;
    /// Texts become dates, times and durations where the model declares such inputs, so that JSON can carry
    /// them; what does not read stays as it is.
    [[nodiscard]] Context typed(Context const& inputs) const;

    explicit Model(std::shared_ptr<Program const> program) : program_(std::move(program)) {}

private:
    std::shared_ptr<Program const> program_;  ///< never null
};

struct Loaded {
    std::optional<Model> model;  ///< none when the text could not be read at all
    std::vector<Finding> findings;
    [[nodiscard]] bool sound() const;  ///< a model without errors
};
Loaded load(ModelText const& main, Finder const& finder = {}, LoadOptions const& options = {});

/// A model's text as a tree that keeps diagrams and unknown extensions; `save` gives XML back.
Result<XmlDocument> open_document(std::string_view text, XmlLimits const& limits = {});
std::string save(XmlDocument const& document);

}  // namespace tongban::rules::dmn
