INSERT INTO cases_burden (case_id, item, body, received_on, at_once, fields_total, fields_prefilled, fields_typed,
                          materials_total, materials_waived, materials_from_licence, materials_promised,
                          materials_uploaded, materials_brought)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
