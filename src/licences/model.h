// Inner words of `licences`. No I/O.
#pragma once

#include "licences/licences.h"

namespace tongban::licences {

/// What can be told from one row of a face without its value.
struct FaceRule {
    std::string key, label;
    Shown shown = Shown::hidden;
    std::string label_en{};  ///< empty where the pack has none
};

/// A type of licence (证照类型) as the pack defines it.
struct Type {
    std::string key, name;
    std::string code;  ///< 21 characters, GB/T 36904
    std::string template_name;
    std::string number;    ///< {sign}证〔{year}〕{n}号
    int valid_months = 0;  ///< 0: does not expire
    std::vector<FaceRule> face;
    std::string name_en{};  ///< empty where the pack has none
};

enum class Stage { reserved, made, replaced, revoked };

/// One licence, opened. Never log it.
struct Licence {
    LicenceId id;
    std::string order_key, type, type_name;
    PersonId holder;
    BodyId issuer;
    std::string issuer_name, case_no, number, identifier;
    std::string code, token;
    std::string holder_name, holder_id_number;
    std::vector<FaceRow> face;
    Stage stage = Stage::reserved;
    Day issued_on{};
    std::optional<Instant> issued_at;
    std::optional<Day> valid_until;
    FileId file;
    std::string file_sha256;
    std::int64_t version = 1;
    std::optional<Instant> revoked_at;
    std::string revocation_kind;
};

}  // namespace tongban::licences
