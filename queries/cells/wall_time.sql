-- name: wall_time
-- why:  a day and time in the form the profile states, as a clock on the wall shows it; a
--       day alone is taken to be `of_a_day` after its midnight

create or replace macro wall_time(cell, of_a_day) as case
    when regexp_full_match(cell, getvariable('time_shape'))
        then try_strptime(
            rtrim(replace(cell, 'T', ' '), 'Z'), getvariable('time_formats')
        )
    else as_date(rtrim(cell, 'Z')) + of_a_day
end
