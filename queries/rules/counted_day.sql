-- name:       counted_day
-- why:        the day on which a clock has run for so many days after the day it started,
--             leaving out the days on which it stood still
-- law:        UK GDPR art. 12A, worded as DPA 2018 s.54(3C): such days "do not count"
-- confidence: A

create or replace macro counted_day(starts_on, days, pauses) as list_filter(
    range(
        starts_on::date,
        starts_on::date + (days + days_stopped_at_most(pauses) + 1)::integer,
        interval 1 day
    )::date[],
    lambda day: not clock_stopped(day, pauses)
)[days + 1]
