-- name: as_time
-- why:  an instant. A day alone counts from its first minute, so that a clock it starts
--       never runs short.

create or replace macro as_time(cell) as instant_of(cell, interval '0 seconds')
