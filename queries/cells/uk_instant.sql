-- name: uk_instant
-- why:  UK wall-clock time to an instant. Of the autumn hour that comes twice, the first
--       is taken: a clock that may have started earlier is counted from earlier.

create or replace macro uk_instant(wall) as case
    when
        uk_time(timezone('Europe/London', wall) - interval 1 hour) = wall
        then timezone('Europe/London', wall) - interval 1 hour
    else timezone('Europe/London', wall)
end
