// Reading the JSON and CSV files of a pack, strictly: a key nobody knows is a mistake, and every mistake is
// told with its place, so that whoever writes a pack mends all of them at once. Part of the door of `org`,
// for later modules too.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"

namespace tongban::org {

/// The wrong places of a pack: `org/bodies.json#/bodies/3/region`, `org/regions.csv:5`.
class Troubles {
public:
    void add(std::string place, std::string code, std::string detail);
    /// A refusal of somebody else's reader at this place; its fields become places below it.
    void add(std::string const& place, Error const& error);
    [[nodiscard]] bool none() const { return found_.empty(); }
    [[nodiscard]] std::vector<FieldError> const& found() const { return found_; }
    /// ok, or pack_has_errors with every place in `fields`.
    [[nodiscard]] Result<void> verdict() const;

private:
    std::vector<FieldError> found_;
};

/// One object of a pack's JSON file. Readers of required keys note a trouble and return an empty value.
class PackNode {
public:
    PackNode(Json const& value, std::string place, Troubles& troubles);

    void only(std::initializer_list<std::string_view> keys)
        const;  ///< notes every other key; `$schema` is always fine
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key, std::size_t longest = 200) const;
    [[nodiscard]] std::string text_or(std::string_view key, std::string fallback,
                                      std::size_t longest = 200) const;
    [[nodiscard]] std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most) const;
    [[nodiscard]] std::int64_t number_or(std::string_view key, std::int64_t fallback, std::int64_t least,
                                         std::int64_t most) const;
    [[nodiscard]] bool flag(std::string_view key) const;
    [[nodiscard]] bool flag_or_no(std::string_view key) const;
    [[nodiscard]] bool flag_or_yes(std::string_view key) const;
    [[nodiscard]] std::string one_of(std::string_view key,
                                     std::initializer_list<std::string_view> words) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key,
                                                 std::size_t longest = 400) const;  ///< at least one
    [[nodiscard]] std::vector<std::string> texts_or_none(std::string_view key,
                                                         std::size_t longest = 400) const;
    [[nodiscard]] std::vector<PackNode> list(std::string_view key) const;  ///< of objects; at least one
    [[nodiscard]] std::vector<PackNode> list_or_none(std::string_view key) const;
    [[nodiscard]] std::optional<PackNode> maybe(std::string_view key) const;  ///< an object
    [[nodiscard]] PackNode object(std::string_view key) const;

    [[nodiscard]] json::object const& members() const { return *object_; }
    [[nodiscard]] std::string const& place() const { return place_; }
    [[nodiscard]] std::string place(std::string_view key) const;
    void wrong(std::string_view key, std::string code,
               std::string detail) const;  ///< notes a trouble at this key
    [[nodiscard]] Troubles& troubles() const { return *troubles_; }

private:
    [[nodiscard]] Json const* find(std::string_view key) const;
    [[nodiscard]] Json const* required(std::string_view key) const;
    [[nodiscard]] std::string clean(std::string_view key, std::string_view at, Json const& value,
                                    std::size_t longest) const;
    json::object const* object_;
    std::string place_;
    Troubles* troubles_;
};

/// A JSON file of a pack that holds an object; nullopt (and a trouble) when it is missing or not one.
std::optional<Json> read_pack_json(Pack const& pack, std::string const& path, Troubles& troubles);

/// A line of a CSV list, by the names of the first line. No quoting: the lists are codes and names.
struct CsvLine {
    std::string place;
    std::vector<std::string> cells;
};
/// `last`: a column that may follow those of `header`.
std::vector<CsvLine> read_pack_csv(Pack const& pack, std::string const& path, std::string_view header,
                                   std::string_view last, Troubles& troubles);

}  // namespace tongban::org
