-- name: as_date
-- why:  a day in the one form the profile states; anything else is unreadable, not guessed

create or replace macro as_date(cell) as case
    when regexp_full_match(cell, getvariable('date_shape'))
        then try_strptime(cell, getvariable('date_format'))::date
end
