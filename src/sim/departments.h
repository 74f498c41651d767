// The departments and how each of them speaks: paths, questions, answers, refusals (FORMATS.md). Values only.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/client.h"
#include "sim/registers.h"

namespace tongban::sim {

enum class Speech { json, xml, form, csv };  ///< how a question is written; csv: a list without a question

struct Offer {
    std::string_view resource, path;
    Speech question = Speech::json;
    /// Parameter of the catalogue → where it stands: JSON pointer, XPath, name in the form.
    std::vector<std::pair<std::string_view, std::string_view>> asks{};
    /// XML sources with one path tell their operations apart by the element that must be there.
    std::string_view operation{};
    /// One record in the department's own words; for csv a line.
    std::function<std::string(json::object const&)> record;
    std::string_view found, none, mismatch{};  ///< the whole answer; `@` is the record, or all of them
    std::string_view type = "application/json";
};

struct Department {
    std::string_view source, name, health_path;
    client::Scheme scheme;
    std::string_view failure;  ///< `@` its own code, `#` words
    std::string_view failure_type;
    std::vector<Offer> offers;
};

std::vector<Department> const& departments();
Department const* department(std::string_view source);

/// Records as the offer answers them.
std::string answer_text(Offer const& offer, std::vector<json::object> const& records);
/// The department's own way to refuse: 400, 401, 503.
std::string failure_text(Department const& department, int status);

}  // namespace tongban::sim
