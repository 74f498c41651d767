// Pure rules of licences: no I/O, no clock.
#pragma once

#include "licences/model.h"

namespace tongban::licences {

State state_of(Licence const& licence, Day today);

/// The last day on which it holds; nothing when it does not expire. The same day some months later, or the
/// last of a shorter month.
std::optional<Day> valid_until(Day issued_on, int months);

/// The number with everything but {n} filled in: numbers that read alike count together.
std::string number_series(Type const& type, std::string_view letter_sign, int year);
std::string number_of(std::string_view series, std::int64_t n);

/// As people type it: other brackets, spaces and full-width digits become the printed form.
std::string normal_number(std::string_view typed);
/// Capitals without spaces and dashes.
std::string normal_code(std::string_view typed);

/// In the order and with the labels of the type. A row the type does not know, or without value, is left out.
std::vector<FaceRow> face_of(Type const& type, std::vector<FaceRow> const& ordered);

/// Refuses: licence_is_of_another_body, licence_already_revoked, licence_changed_meanwhile.
Result<void> judge_revocation(Licence const& licence, Actor const& by, std::int64_t version);

/// Why a file is or is not one of ours; `bytes_match` is decided by the register, the rest by the signature.
struct FileFacts {
    bool bytes_match = false;   ///< byte for byte a file we issued
    bool is_the_asked = true;   ///< of the licence that was looked up, if one was
    bool sealed_by_us = false;  ///< the signer's certificate is ours, whatever else is wrong
    bool genuine = false;       ///< every step of the signature holds
    bool bears_our_number = false;
};
enum class FileVerdict { same, altered, not_ours, other_licence };
FileVerdict judge_file(FileFacts const& facts);

}  // namespace tongban::licences
