-- name: as_percent
-- why:  a percentage from 0 to 100. A bare 0.85 may be 85% or less than one, and a bare 1
--       as well: neither is guessed at. 0.85% is what it says.

create or replace macro as_percent(cell) as case
    when
        regexp_full_match(cell, '(\d{1,2}(\.\d{1,2})?|100(\.0{1,2})?)( ?%)?')
        and (
            contains(cell, '%')
            or rtrim(cell, '0.') = ''
            or try_cast(cell as decimal(5, 2)) > 1
        )
        then try_cast(rtrim(cell, ' %') as decimal(5, 2))
end
