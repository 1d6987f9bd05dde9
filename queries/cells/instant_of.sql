-- name: instant_of
-- why:  an instant from a cell: UTC where a Z says so (the file's or its heading's), else
--       UK wall-clock time

create or replace macro instant_of(cell, of_a_day) as case
    when cell like '%Z' then timezone('UTC', wall_time(cell, of_a_day))
    else uk_instant(wall_time(cell, of_a_day))
end
