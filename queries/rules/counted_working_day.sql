-- name:       counted_working_day
-- why:        as add_working_days, leaving out the days on which the clock stood still
-- law:        Freedom of Information Act 2000 s.10
-- confidence: C

-- Twice as many days and ten reach over every weekend and run of holidays.
create or replace macro counted_working_day(day, days, pauses) as case
    when working_day(day::date + 1) is not null then list_filter(
        range(
            day::date + 1,
            day::date + (11 + 2 * days + days_stopped_at_most(pauses))::integer,
            interval 1 day
        )::date[],
        lambda later: working_day(later) and not clock_stopped(later, pauses)
    )[days]
end
