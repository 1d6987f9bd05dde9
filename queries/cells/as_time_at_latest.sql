-- name: as_time_at_latest
-- why:  as as_time, but a day alone counts to its last second: an act whose hour is not
--       known must not look earlier than it may have been

create or replace macro as_time_at_latest(cell) as instant_of(
    cell, interval '23:59:59'
)
