-- name: as_kind
-- why:  a kind of record of which there can be nothing to report, by its name; the reading
--       room says which there are. A register that is sent whole is sent, not reported on.

create or replace macro as_kind(cell) as as_one_of(
    replace(cell, ' ', '_'), getvariable('kinds')
)
