// Inner words of `files`. No I/O.
#pragma once

#include "files/files.h"

namespace tongban::files {

/// What an upload may be. Sources: GB/T 9704-2012 and DA/T 31-2017 (300 dpi for scans: A4 is 2480 x 3508, so
/// that a page kept at 2480 on its long side reads like 210 dpi); the rest is our own measure of a small
/// county's disk.
constexpr std::size_t upload_bytes_max = 20 * 1024 * 1024;
constexpr int pdf_pages_max = 50;
constexpr int image_side_max = 20'000;
constexpr std::int64_t image_pixels_max = 60'000'000;
constexpr int kept_side_max = 2480;
constexpr int jpeg_quality = 85;
constexpr std::size_t name_length_max = 200;
constexpr auto loose_for = std::chrono::hours{7 * 24};

/// What the child found, and the bytes to keep.
struct Checked {
    std::string kind;  ///< pdf | jpeg | png
    int pages = 1, width = 0, height = 0;
    Bytes bytes;
};

/// The refusals an upload can meet, in the order in which they are looked for.
Error refusal(std::string_view code);

}  // namespace tongban::files
