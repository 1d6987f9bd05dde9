-- name: uk_time
-- why:  an instant as the clocks in the UK show it; instants are kept in UTC

create or replace macro uk_time(instant) as timezone('Europe/London', instant)
