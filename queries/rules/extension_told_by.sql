-- name:       extension_told_by
-- why:        the last day on which the person can be told of a two-month extension: the
--             first month, without the days of clarification
-- law:        UK GDPR art. 12A, worded as DPA 2018 s.54(3B) and (3C)(b)(ii)
-- confidence: A

-- Own reading: a weekend gives more time to answer, not more time to tell.
create or replace macro extension_told_by(starts_on, pauses) as counted_day(
    starts_on, corresponding_date(starts_on, 1) - starts_on::date, pauses
)
