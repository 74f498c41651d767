// From a filled template to pages: blocks become strips of marks, strips are put on pages.
#pragma once

#include "sign/display.h"
#include "sign/typeset.h"

namespace tongban::sign {

/// A piece that is never divided between pages. Marks are relative to its top left corner.
struct Strip {
    double height_mm = 0;
    Marks marks;
    std::shared_ptr<Strip const> head;  ///< repeated when this strip begins a page (a table's head)
    std::optional<double> seal_x_mm, seal_y_mm;
    bool keep_with_next = false;
    bool is_space = false;  ///< left out at the top of a page
};

/// Refusals: see Renderer::lay_out.
Result<LayoutBody> lay_out_document(Typesetter& type, TemplateBody const& form, Values const& values);

/// Puts `spot` on its page, moved.
void place(Marks& page, Marks const& marks, double x_mm, double y_mm);

}  // namespace tongban::sign
