SELECT fields_total, fields_prefilled, fields_typed, materials_total, materials_waived, materials_from_licence,
       materials_promised, materials_uploaded, materials_brought
FROM cases_burden WHERE case_id = $1
