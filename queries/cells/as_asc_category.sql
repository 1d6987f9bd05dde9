-- name: as_asc_category
-- why:  a category of training by its ASC-WDS code: the 48 codes of the bulk upload in
--       2026 are 1 to 51 without 3, 4 and 24

create or replace macro as_asc_category(cell) as case
    when as_whole(cell) between 1 and 51 and as_whole(cell) not in (3, 4, 24)
        then as_whole(cell)
end
