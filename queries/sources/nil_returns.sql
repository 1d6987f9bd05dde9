-- title:     Nil returns: nothing to report
-- delivers:  changes
-- key:       home, kind, period_from
-- happened:  said_on
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     Home managers
-- columns:
--   column       | needed | wanted                 | example      | what it is
--   home         | yes    | a home, or company     | Elm House    | Whose return it is; company: it speaks for every home
--   kind         | yes    | a kind of record such as incidents; not a register that is sent whole | incidents    | What there is nothing of
--   period_from  | yes    | a date                 | 2026-10-01   | First day of the period
--   period_to    | yes    | a date                 | 2026-10-31   | Last day of the period: so far the home speaks
--   said_on      | yes    | a date                 | 2026-11-02   | The day it was said; a period is reported on when it is over
--   said_by      | yes    | a role                 | Home manager | Who says so
--   is_withdrawn | no     | yes or no              | no           | It was said wrongly: there was something after all

with cells as (
    select
        row,
        home,
        as_kind(kind) as kind,
        as_date(period_from) as period_from,
        as_date(period_to) as period_to,
        as_date(said_on) as said_on,
        said_by,
        as_yes_no(is_withdrawn) as is_withdrawn
    from sent
)

select
    *,
    [
        refuse_future(said_on, 'said_on'),
        refuse(
            period_to < period_from,
            'period_to',
            'a day on or after the first day of the period'
        ),
        refuse(
            period_to > said_on, 'period_to', 'a day that had come when it was said'
        ),
        warn(
            period_to > period_from + interval 3 month,
            'period_to',
            'a period of at most three months: longer ones tend to be guessed at'
        )
    ] as findings
from cells
