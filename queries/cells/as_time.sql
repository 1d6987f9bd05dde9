-- name: as_time
-- why:  an instant, from UK wall-clock time. A day alone counts from its first minute, so
--       that a clock it starts never runs short. The hour that the spring clock change
--       leaves out does not exist and is unreadable.

create or replace macro as_time(cell) as case
    when as_date(cell) is not null then uk_instant(as_date(cell)::timestamp)
    when
        regexp_full_match(cell, '\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?')
        and uk_time(uk_instant(wall_time(cell))) = wall_time(cell)
        then uk_instant(wall_time(cell))
end
