-- name: as_some_of
-- why:  several words in one cell, divided by semicolons; one unknown word makes the whole
--       cell unreadable, so that nothing is quietly left out

create or replace macro as_some_of(cell, words) as case
    when
        len(list_filter(
            string_split(cell, ';'),
            lambda part: as_one_of(trim(part), words) is null
        )) = 0
        then list_transform(
            string_split(cell, ';'),
            lambda part: as_one_of(trim(part), words)
        )
end
