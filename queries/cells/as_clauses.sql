-- name: as_clauses
-- why:  clauses of the policy by their numbers, divided by semicolons; one that cannot be
--       a clause makes the whole cell unreadable, so that nothing is quietly left out

create or replace macro as_clauses(cell) as case
    when
        len(list_filter(
            string_split(cell, ';'),
            lambda part: not regexp_full_match(trim(part), '\d{1,2}(\.\d{1,2})?[a-z]?')
        )) = 0
        then list_transform(string_split(cell, ';'), lambda part: trim(part))
end
