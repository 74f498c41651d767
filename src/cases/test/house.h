// The ground that the tests of `cases` stand on: the demonstration pack, read once, and a case to begin with.
#pragma once

#include <filesystem>

#include "cases/decide.h"
#include "cases/parts.h"
#include "kit/kit.h"
#include "kit/tree.h"

namespace tongban::cases::test {

std::string text_of(std::filesystem::path const& file);

inline ItemId const kinship{"992080005001"};
inline BodyId const street{"11990102MB0D20011R"};

Day day(std::string_view text);
Instant noon(std::string_view day);

/// 亲属关系情况证明 as the demonstration pack publishes it, seen at that moment: "2026-10-15 09:24".
Ground ground_at(std::string_view beijing_time);
/// 同户且无房情况证明 of test/shared/asking: registers are asked, and it may be decided at once.
Ground asking_ground_at(std::string_view beijing_time);
/// 周桂兰, as the demonstration pack knows her.
identity::Person applicant();
Party party();

/// Just filed with 示例街道 at the moment of `ground`.
Case filed(Ground const& ground);
/// The same ground at another moment.
Ground later(Ground ground, std::string_view beijing_time);

}  // namespace tongban::cases::test
