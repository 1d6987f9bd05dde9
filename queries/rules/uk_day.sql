-- name: uk_day
-- why:  the UK day an instant falls on: just after midnight in summer it is still
--       yesterday in UTC

create or replace macro uk_day(instant) as uk_time(instant)::date
