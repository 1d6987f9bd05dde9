-- name: as_measures
-- why:  measures by their ids, divided by semicolons; one that cannot be an id makes the
--       whole cell unreadable, so that nothing is quietly left out

create or replace macro as_measures(cell) as case
    when
        len(list_filter(
            string_split(cell, ';'),
            lambda part: not regexp_full_match(trim(part), '(?i)[a-z]\d\d')
        )) = 0
        then list_transform(string_split(cell, ';'), lambda part: upper(trim(part)))
end
