-- name: as_from_to
-- why:  a whole number between two bounds, both included; any other is unreadable

create or replace macro as_from_to(cell, lowest, highest) as case
    when as_whole(cell) between lowest and highest then as_whole(cell)
end
