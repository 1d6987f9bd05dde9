-- id:        S12
-- title:     Access reviews done in period
-- strand:    information security
-- clauses:   3.1a, 7.1
-- question:  Has each system's list of users been reviewed in its period?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: ICO accountability framework)
-- owner:     IT lead
-- reads:     access_reviews
-- so what:   People change jobs; their rights stay behind.
-- warning:   30 days

-- A case is a system's accounts as the programme of reviews has them, for a home or for the
-- company. The last review done counts for twelve months, or to the day by which the next
-- is to be done where that is earlier. A system that no programme names cannot be seen here.
with programme as (
    select
        fold(system) as system,
        home,
        min(planned_on) as first_on,
        max(
            least(
                (done_on + interval 12 month - interval 1 day)::date, next_due_on
            )
        ) as in_date_until
    from access_reviews($as_of)
    where cancelled_on is null or is_done
    group by fold(system), home
)

select
    system as case_ref,
    home,
    coalesce(in_date_until, $as_of) as happened_on,
    coalesce(in_date_until >= $as_of, false) as is_met
from programme
where first_on <= $as_of or in_date_until is not null
