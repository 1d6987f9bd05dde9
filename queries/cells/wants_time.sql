-- name: wants_time
-- why:  what was wanted of a cell that is no time: another form, a day that there is, or
--       an hour that the clocks did not leave out

create or replace macro wants_time(cell, form) as case
    when wall_time(cell, interval '0 seconds') is not null
        then 'a time that exists: the clocks went forward over that hour'
    when
        regexp_full_match(cell, getvariable('time_shape'))
        or regexp_full_match(cell, getvariable('date_shape'))
        then 'a day and time that exist, as ' || form || ' HH:MM'
    else 'a UK time as ' || form || ' HH:MM'
end
