-- name: as_yes_no
-- why:  yes and no as people write them

create or replace macro as_yes_no(cell) as case
    when lower(cell) in ('yes', 'y', 'true', '1') then true
    when lower(cell) in ('no', 'n', 'false', '0') then false
end
