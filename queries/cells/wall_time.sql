-- name: wall_time
-- why:  a time as a clock on the wall shows it, with no zone

create or replace macro wall_time(cell) as try_cast(replace(cell, 'T', ' ') as timestamp)
