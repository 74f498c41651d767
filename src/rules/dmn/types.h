// Item definitions as types of FEEL (DMN 1.5, 7.3.2).
#pragma once

#include <map>
#include <memory>
#include <string>

#include "rules/dmn/definitions.h"
#include "rules/rules.h"

namespace tongban::rules::dmn {

/// The types of all loaded models, made when first asked for. Definitions must stay where they are while the
/// book makes types; the types made do not need the book.
class TypeBook {
public:
    TypeBook(std::vector<std::unique_ptr<Definitions>> const& models, Budget const& budget, Profile profile,
             std::vector<Finding>& findings)
        : models_(models), budget_(budget), profile_(profile), findings_(findings) {}

    /// A typeRef as written in a model; nothing when it names no type.
    std::optional<FeelType> find(Definitions const& model, std::string_view written);
    /// The texts of the allowed values of a named type, following aliases; empty without.
    std::string allowed_values(Definitions const& model, std::string_view written);
    /// Declares all type names of the model and of what it imports.
    void declare(Definitions const& model, Names& names);
    /// Who keeps the types must keep these too: recursive types refer to them weakly.
    [[nodiscard]] std::vector<std::shared_ptr<FeelType>> const& kept() const { return keep_; }

private:
    struct Defined {
        Definitions const* model = nullptr;
        XmlElement const* element = nullptr;
    };
    [[nodiscard]] Defined locate(Definitions const& model, std::string_view written) const;
    FeelType made(Defined const& defined);
    FeelType make(Definitions const& model, XmlElement const& element);
    FeelType base_of(Definitions const& model, XmlElement const& element);
    FeelType function_of(Definitions const& model, XmlElement const& item);
    FeelType with_tests(FeelType type, Definitions const& model, XmlElement const& element,
                        char const* constraint);
    FeelType later(XmlElement const& element);
    void unknown(Definitions const& model, XmlElement const& element, std::string const& written);

    std::vector<std::unique_ptr<Definitions>> const& models_;
    Budget budget_;
    Profile profile_;
    std::vector<Finding>& findings_;
    std::map<XmlElement const*, std::shared_ptr<FeelType>> made_;  ///< null while being made
    /// What recursive definitions mean, filled in when the outer one is done.
    std::map<XmlElement const*, std::shared_ptr<FeelType>> promised_;
    std::vector<std::shared_ptr<FeelType>> keep_;
    int depth_ = 0;
};

}  // namespace tongban::rules::dmn
