-- name: as_whole
-- why:  a whole number written in digits; 23.0 and 1,000 are for a profile to mend

create or replace macro as_whole(cell) as case
    when regexp_full_match(cell, '\d{1,12}') then try_cast(cell as bigint)
end
