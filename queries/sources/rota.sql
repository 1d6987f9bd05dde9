-- title:     Rota
-- delivers:  changes
-- key:       home, staff_ref, starts_at
-- happened:  starts_at
-- freshness: 10 days
-- refused:   2 in 100
-- owner:     Registered managers
-- kept:      6 years (RT06)
-- columns:
--   column       | needed | wanted      | example          | what it is
--   home         | yes    | a home      | Elm House        | Where the shift is worked: the home's name or reference
--   staff_ref    | yes    | a reference | S0014            | The reference used in the staff register
--   starts_at    | yes    | a UK time   | 2026-05-04 20:00 | When the shift begins
--   ends_at      | yes    | a UK time   | 2026-05-05 08:00 | When the shift ends
--   is_cancelled | no     | yes or no   | no               | The shift was not worked after all

with cells as (
    select
        row,
        home,
        staff_ref,
        as_time(starts_at) as starts_at,
        as_time_at_latest(ends_at) as ends_at,
        as_yes_no(is_cancelled) as is_cancelled
    from sent
)

select
    *,
    [
        refuse(ends_at <= starts_at, 'ends_at', 'a time after the shift begins'),
        refuse(
            ends_at > starts_at + interval 24 hour,
            'ends_at',
            'a time at most 24 hours after the shift begins'
        )
    ] as findings
from cells
