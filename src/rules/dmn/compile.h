// From XML to nodes: every boxed expression of DMN 1.5, against the names in scope.
#pragma once

#include <deque>

#include "rules/dmn.h"
#include "rules/dmn/definitions.h"
#include "rules/dmn/node.h"
#include "rules/dmn/types.h"

namespace tongban::rules::dmn {

/// Of one model: what its expressions are compiled with.
class Compiler {
public:
    Compiler(Definitions const& model, TypeBook& types, LoadOptions const& options,
             std::vector<Finding>& findings)
        : model_(model), types_(types), options_(options), findings_(findings) {}

    /// Never null: what cannot be compiled becomes a finding and a node without an answer.
    NodePtr expression(XmlElement const& element, Names const& names, Owner const& owner);
    /// The parameters of a functionDefinition or encapsulatedLogic.
    std::vector<Parameter> parameters(XmlElement const& function, Owner const& owner);
    /// The body of a function, its parameters already among the names; null where there is none.
    NodePtr body(XmlElement const& function, Names const& names, Owner const& owner);
    FeelType type(std::string_view written, XmlElement const& at, Owner const& owner);
    void find(Severity severity, std::string code, Where where, std::string zh, std::string en);

    struct Text {
        std::string text;
        Spot spot;
    };
    Text text_in(XmlElement const* element, char const* part, Owner const& owner);
    std::optional<Expression> read(Text const& text, Names const& names);
    NodePtr literal(Text const& text, Names const& names);
    [[nodiscard]] LoadOptions const& options() const { return options_; }
    [[nodiscard]] Definitions const& model() const { return model_; }
    [[nodiscard]] TypeBook& types() { return types_; }
    [[nodiscard]] bool strict() const { return options_.profile == Profile::strict; }
    /// A finding where no value of the node can ever be of the declared type.
    void expect(Node const& node, FeelType const& declared);
    void say(Trouble const& trouble, Text const& text, int columns_before = 0);

private:
    NodePtr bare(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr literal_expression(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr context(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr invocation(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr function(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr relation(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr list(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr conditional(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr filter(XmlElement const& element, Names const& names, Owner const& owner);
    NodePtr iteration(XmlElement const& element, Names const& names, Owner const& owner);
    std::optional<std::string> bare_range(XmlElement const& element, Names const& names) const;
    NodePtr part(XmlElement const& parent, std::string_view name, Names const& names, Owner const& owner);
    NodePtr missing(XmlElement const& parent, std::string_view name, Owner const& owner);
    bool speaks_feel(XmlElement const& element, Owner const& owner);

    Definitions const& model_;
    TypeBook& types_;
    LoadOptions const& options_;
    std::vector<Finding>& findings_;
};

Where within(Owner const& owner, XmlElement const& element);
/// A node without an answer: null, or undetermined with this code.
NodePtr broken(std::string code, Spot spot, Place place = {}, std::string name = {});
/// The same node, its value converted to the type; itself where any value will do.
NodePtr coerced(NodePtr node, FeelType const& type);
/// DMN 1.5, chapter 8.
NodePtr compile_table(Compiler& compiler, XmlElement const& element, Names const& names, Owner const& owner);

}  // namespace tongban::rules::dmn
