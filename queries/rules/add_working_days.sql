-- name:       add_working_days
-- why:        the so-manieth working day in England after a day; null when its bank
--             holidays are not listed
-- law:        Banking and Financial Dealings Act 1971
-- confidence: A

create or replace macro add_working_days(day, days) as counted_working_day(
    day, days, null
)
