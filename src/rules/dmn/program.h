// A compiled set of models: the requirements graph (DMN 1.5, chapter 6) as numbers, and what is evaluated.
#pragma once

#include <deque>
#include <map>

#include "rules/dmn.h"
#include "rules/dmn/definitions.h"
#include "rules/dmn/node.h"

namespace tongban::rules::dmn {

/// In which order the decisions behind a question are made, and where their values stand. Each is made once.
struct Steps {
    struct Source {
        Slot slot = 0;
        std::uint32_t place = 0;
    };
    /// The context that stands for an import, made of what is required from there.
    struct Bundle {
        Slot slot = 0;
        struct Member {
            std::string name;
            std::optional<std::uint32_t> place;  ///< none: a function, which never changes
            Value function{};
        };
        std::vector<Member> members;
    };
    struct Step {
        std::uint32_t element = 0, place = 0;
        std::vector<Source> sources;
        std::vector<Bundle> bundles;
    };
    std::size_t places = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> given;  ///< element, place
    std::vector<Step> steps;
    std::vector<std::uint32_t> results;  ///< places
};

struct Element {
    ElementKind kind = ElementKind::decision;
    std::uint32_t home = 0;  ///< index of its model
    std::string name, id;
    std::string variable;  ///< as others read it
    Owner const* owner = nullptr;
    int line = 0;
    FeelType declared{};  ///< of an input or decision; of a function its result
    FeelType type{};      ///< what others may expect: declared, else as the logic says

    struct Need {
        std::uint32_t element = 0;
        Slot slot = 0;
        std::string member;  ///< below an import's name
    };
    std::vector<Need> needs;
    Frame blank;    ///< with the functions it needs in their places
    NodePtr logic;  ///< none: nothing was modelled
    bool is_circular = false;

    // Of knowledge models and services.
    Value function{};
    std::vector<Parameter> parameters;
    Slot first = 0;        ///< of a knowledge model's parameters
    bool is_host = false;  ///< its logic yields a function of the host
    std::vector<std::uint32_t> takes, outputs;
    Steps steps;  ///< of a service
};

struct Program : std::enable_shared_from_this<Program> {
    struct Home {
        std::string file, name, space;
        std::vector<std::pair<std::string, std::uint32_t>> imports;  ///< name there, model
    };
    Profile profile = Profile::strict;
    std::deque<Owner> owners;
    std::vector<Home> homes;  ///< the first is the one asked for
    std::vector<Element> elements;
    std::vector<std::shared_ptr<FeelType>> kept_types;

    /// Of the first model by its plain name; of others as `import.name`.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name,
                                                    std::initializer_list<ElementKind> kinds) const;
    [[nodiscard]] Steps steps_to(std::vector<std::uint32_t> const& wanted,
                                 std::vector<std::uint32_t> const& given) const;
    /// Fills the places of the steps; those of `given` stand in them already. `after` is told of each.
    using After = std::function<void(Steps::Step const&, Value const&)>;
    void carry_out(Steps const& steps, std::vector<Value>& values, Run& run, After const& after = {}) const;
    /// An input converted to its declared type.
    [[nodiscard]] Value received(Element const& element, Value const& value, Run& run) const;
    Value apply(std::uint32_t element, std::span<Value const> arguments, Run& run) const;
    [[nodiscard]] Spot spot_of(Element const& element) const;

private:
    Value decide(Steps::Step const& step, std::vector<Value> const& values, Run& run) const;
    Value apply_service(Element const& service, std::span<Value const> arguments, Run& run) const;
};

/// Reads, links and compiles; null when the main text cannot be read at all.
std::shared_ptr<Program const> link(ModelText const& main, Finder const& finder, LoadOptions const& options,
                                    std::vector<Finding>& findings);

/// All models that belong together, the first one first; empty when that one cannot be read.
std::vector<std::unique_ptr<Definitions>> gather(ModelText const& main, Finder const& finder,
                                                 LoadOptions const& options, std::vector<Finding>& findings);

}  // namespace tongban::rules::dmn
