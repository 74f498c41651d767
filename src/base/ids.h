// Ids shared across rooms. An id is text, made by the program, ordered by time: 26 characters of Crockford
// base32 (48 bits of milliseconds, 80 random bits; the layout of ULID), lower case. Two kinds of id never
// mix.
#pragma once

#include <compare>
#include <functional>
#include <string>

#include "base/clock.h"

namespace tongban {

template <class Tag>
struct Id {
    std::string text;
    bool operator==(Id const&) const = default;
    auto operator<=>(Id const&) const = default;
    [[nodiscard]] bool empty() const { return text.empty(); }
};

using PersonId = Id<struct PersonTag>;    ///< identity: a resident
using StaffId = Id<struct StaffTag>;      ///< org: a member of staff, the number they sign in with
using BodyId = Id<struct BodyTag>;        ///< org: a body (机关), its 统一社会信用代码
using PostId = Id<struct PostTag>;        ///< org: a post (岗位)
using HallId = Id<struct HallTag>;        ///< org: a hall (政务服务中心)
using RegionCode = Id<struct RegionTag>;  ///< GB/T 2260 + statistical code, always 12 digits
using ItemId = Id<struct ItemTag>;        ///< catalog: 基本编码, 12 digits
using FileId = Id<struct FileTag>;
using CaseId = Id<struct CaseTag>;  ///< equals the id of the draft it came from
using LicenceId = Id<struct LicenceTag>;
using SessionId = Id<struct SessionTag>;

/// A fresh id. Uses the operating system's random source. Not for `decide`: there ids are arguments.
std::string make_id(Instant now);

/// True for text that make_id could have made.
bool is_id(std::string_view text);

}  // namespace tongban

template <class Tag>
struct std::hash<tongban::Id<Tag>> {
    size_t operator()(tongban::Id<Tag> const& id) const noexcept { return std::hash<std::string>{}(id.text); }
};
