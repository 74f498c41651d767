// Reading a schema: every wrong place is noted, none stops the reading.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"

namespace tongban::forms {

class Lint {
public:
    void note(std::string path, std::string code, std::string detail) {
        if (found_.size() < 100) found_.push_back({std::move(path), std::move(code), std::move(detail)});
    }
    [[nodiscard]] std::vector<FieldError>& found() { return found_; }

private:
    std::vector<FieldError> found_;
};

/// One object of the schema, with the path to it.
class Member {
public:
    Member(Json const& value, std::string path, Lint& lint);

    [[nodiscard]] bool has(std::string_view name) const {
        return object_ != nullptr && object_->contains(name);
    }
    [[nodiscard]] std::string path(std::string_view name) const { return path_ + "/" + std::string(name); }
    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] Member inner(std::string_view name) const {
        return {object_->at(name), path(name), *lint_};
    }
    void only(std::initializer_list<std::string_view> names) const;
    void misfit(std::string_view name) const;  ///< a member that this kind does not take
    void note(std::string_view name, std::string code, std::string detail) const;

    /// Clean text of at most `most` code points; empty and noted when it is missing or wrong.
    [[nodiscard]] std::string text(std::string_view name, std::size_t most = 200) const;
    [[nodiscard]] std::string optional_text(std::string_view name, std::size_t most = 500) const;
    /// The text and its English from `x-en`.
    [[nodiscard]] Words words(std::string_view name) const;
    [[nodiscard]] Words optional_words(std::string_view name) const;
    [[nodiscard]] std::int64_t whole(std::string_view name, std::int64_t least, std::int64_t most,
                                     std::int64_t otherwise) const;
    [[nodiscard]] std::optional<rules::Decimal> decimal(std::string_view name) const;
    [[nodiscard]] bool truth(std::string_view name) const;
    /// The items of a list that must not be empty, and not longer than `most`.
    [[nodiscard]] std::vector<Member> list(std::string_view name, std::size_t most) const;

private:
    [[nodiscard]] Json const* find(std::string_view name) const;
    json::object const* object_ = nullptr;
    std::string path_;
    Lint* lint_;
};

/// Empty when browser and server read the pattern alike and neither can be made to run away; else the code.
std::string pattern_trouble(std::string_view pattern);

}  // namespace tongban::forms
