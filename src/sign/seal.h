// The round seal, drawn as paths: it needs no fonts where it is shown, and its words do not mix with the
// text.
#pragma once

#include "sign/typeset.h"

namespace tongban::sign {

/// A PDF page in memory. cairo, and so one thread.
class PdfCanvas {
public:
    PdfCanvas(double width_mm, double height_mm);
    PdfCanvas(PdfCanvas const&) = delete;
    PdfCanvas& operator=(PdfCanvas const&) = delete;
    ~PdfCanvas();
    cairo_t* context() { return context_; }
    Bytes finish();

private:
    Bytes bytes_;
    cairo_surface_t* surface_ = nullptr;
    cairo_t* context_ = nullptr;
};

Result<SealPicture> draw_round_seal(Typesetter& type, SealFace const& face);

}  // namespace tongban::sign
