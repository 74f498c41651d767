// Files as people and attackers send them, made here so that each says what it is.
#pragma once

#include <string>

namespace tongban::files::testing {

/// A PDF with these pages; `catalog` and `page` are further entries of those dictionaries, `objects` whole
/// objects (from 100 on) as `100 0 obj … endobj\n`.
std::string pdf(int pages = 1, std::string const& catalog = "", std::string const& page = "",
                std::string const& objects = "");
std::string encrypted_pdf();
std::string jpeg(int width, int height);
std::string png(int width, int height);
/// 200 x 100 as stored, lying on its side by its Exif orientation, with a GPS position.
std::string sideways_jpeg_with_place();
/// A header that promises this size and nothing behind it.
std::string png_bomb(unsigned width, unsigned height);
std::string program();  ///< of Windows
std::string heic();

}  // namespace tongban::files::testing
