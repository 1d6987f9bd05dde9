-- name:       next_open_day
-- why:        the day itself when it is a working day on which the clock runs, else the
--             next such day; null when its bank holidays are not listed
-- law:        UK GDPR art. 12A, as the ICO reads it: a weekend or public holiday moves the
--             due day to the next working day
-- confidence: A

-- Own reading: a clock that stands still when the weekend is over is not due that day.
-- Ten days reach over any run of holidays.
create or replace macro next_open_day(day, pauses) as case
    when working_day(day::date) is not null then list_filter(
        range(
            day::date,
            day::date + 10 + days_stopped_at_most(pauses),
            interval 1 day
        )::date[],
        lambda later: working_day(later) and not clock_stopped(later, pauses)
    )[1]
end
