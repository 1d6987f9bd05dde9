-- name:       breach_due
-- why:        the instant by which the ICO is told of a breach: 72 hours of the clock,
--             through weekends, holidays and both changes of the clocks
-- law:        UK GDPR art. 33(1)
-- confidence: A

-- aware_at is an instant (timestamptz), so that an hour is an hour on the night the clocks
-- change; a wall-clock time must have been read as UK time before.
create or replace macro breach_due(aware_at) as aware_at::timestamptz + interval 72 hour
