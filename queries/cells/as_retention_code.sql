-- name: as_retention_code
-- why:  a code of the retention table, whatever its case; anything else is unreadable

create or replace macro as_retention_code(cell) as case
    when regexp_full_match(cell, '(?i)RT\d{2}') then upper(cell)
end
