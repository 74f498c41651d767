// The checks themselves, run in the child process only: bytes in, a verdict and clean bytes out.
#pragma once

#include "files/model.h"

namespace tongban::files {

/// Refuses: pdf_is_encrypted, pdf_has_active_content, pdf_has_too_many_pages, file_is_damaged. Keeps the
/// bytes as they are, for a PDF may carry somebody's signature.
Result<Checked> inspect_pdf(std::string const& bytes);

/// Refuses: image_is_too_large (before decoding), file_is_damaged. Turned upright, shrunk to the kept size,
/// without metadata (place, camera, thumbnail), encoded anew.
Result<Checked> inspect_image(std::string const& bytes, std::string const& kind);

/// libmagic and libvips, loaded before the process is confined.
class Inspector {
public:
    static Result<Inspector> open();
    Result<Checked> inspect(std::string const& bytes) const;

private:
    explicit Inspector(void* magic) : magic_(magic) {}
    void* magic_;  // lives as long as the process
};

}  // namespace tongban::files
