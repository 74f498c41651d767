// The one way to fail. Every operation that can be refused returns Result<T>; the refusal carries a
// sentence-named code (`case_already_closed`) which is at once the API code, the translation key and what
// tests expect.
#pragma once

#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tongban {

/// What kind of refusal it is; `http` maps each kind to one status (http/problem.cpp).
enum class ErrorKind {
    bad_request,      ///< the request cannot be read (400)
    unauthenticated,  ///< nobody is signed in, or the session ended (401)
    forbidden,        ///< signed in, but may not (403)
    not_found,        ///< not there, or not to be known of (404)
    conflict,         ///< lawful in itself, but not in the present state (409)
    too_large,        ///< larger than the stated limit (413)
    unsupported,      ///< a type of content we do not take (415)
    invalid,          ///< readable, but a value breaks a rule; `fields` names each (422)
    too_many,         ///< attempts used up for now (429)
    unavailable,      ///< something we need does not answer; nothing was done (503)
    internal          ///< our own bug (500)
};

/// One wrong field. `path` is a JSON pointer into the request (`/answers/relation`), `code` a sentence name.
struct FieldError {
    std::string path;
    std::string code;
    std::string detail;  ///< for people, Chinese; may be empty, then the words of `code` serve
};

struct [[nodiscard]] Error {
    ErrorKind kind = ErrorKind::internal;
    std::string code;    ///< sentence name, snake_case
    std::string detail;  ///< what happened and what to do, for people; no personal data
    std::vector<FieldError> fields{};
    int retry_after_seconds = 0;  ///< for too_many and unavailable
};

/// A value or the Error that took its place.
template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose
    [[nodiscard]] bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(held_); }
    T const& value() const& { return std::get<0>(held_); }
    T&& value() && { return std::get<0>(std::move(held_)); }
    T* operator->() { return &value(); }
    T const* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    T const& operator*() const& { return value(); }
    T&& operator*() && { return std::get<0>(std::move(held_)); }
    Error& error() { return std::get<1>(held_); }
    Error const& error() const { return std::get<1>(held_); }

private:
    std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose
    [[nodiscard]] bool ok() const { return !error_.has_value(); }
    explicit operator bool() const { return ok(); }
    void value() const {}
    Error& error() { return *error_; }
    Error const& error() const { return *error_; }

private:
    std::optional<Error> error_;
};

namespace result_detail {
template <class R>
decltype(auto) take(R&& r) {
    if constexpr (std::is_void_v<typename std::remove_cvref_t<R>::value_type>)
        return;
    else
        return std::forward<R>(r).value();
}
[[noreturn]] void must_failed(Error const& error, std::source_location where);
[[noreturn]] void ensure_failed(char const* what, std::source_location where);
}  // namespace result_detail

/// Thrown by ensure(): our own bug. `http` turns it into a 500, `Tx` rolls back; nobody else catches it.
struct Bug {
    std::string what;
};

/// Always on, for programmer mistakes only, never for input.
inline void ensure(bool holds, char const* what,
                   std::source_location where = std::source_location::current()) {
    if (!holds) result_detail::ensure_failed(what, where);
}

}  // namespace tongban

/// Value of a Result, or return its Error from the enclosing function.
#define TRY(expression)                                                                   \
    __extension__({                                                                       \
        auto&& try_result_ = (expression);                                                \
        if (!try_result_.ok()) return std::move(try_result_).error();                     \
        ::tongban::result_detail::take(std::forward<decltype(try_result_)>(try_result_)); \
    })

/// Value of a Result that cannot fail here; a failure is our bug.
#define MUST(expression)                                                                                  \
    __extension__({                                                                                       \
        auto&& must_result_ = (expression);                                                               \
        if (!must_result_.ok())                                                                           \
            ::tongban::result_detail::must_failed(must_result_.error(), std::source_location::current()); \
        ::tongban::result_detail::take(std::forward<decltype(must_result_)>(must_result_));               \
    })
