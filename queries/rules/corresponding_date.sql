-- name:       corresponding_date
-- why:        the same date so many months on, or the last day of that month if it has no
--             such date: 31 January and one month is 28 or 29 February
-- law:        UK GDPR art. 12A (one month from receipt), as the ICO reads it
-- confidence: A

create or replace macro corresponding_date(day, months) as (
    day::date + to_months(months)
)::date
