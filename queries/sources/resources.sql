-- title:     Resources planned and used
-- delivers:  changes
-- tells:     states
-- key:       resource_ref
-- happened:  judged_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     Finance lead
-- columns:
--   column        | needed | wanted                      | example           | what it is
--   resource_ref  | yes    | a reference                 | RES-2026-03       | The number it has in the resource plan
--   home          | yes    | a home, or company          | Elm House         | The home it concerns, by name or reference; company where it concerns them all
--   title         | yes    | text                        | IG lead, two days a week | What it is, in a line
--   resource_type | yes    | one of: staff time, training, systems, equipment, advice, audit, other | staff time        | What sort of resource it is
--   clauses       | no     | clause numbers such as 8.2, divided by semicolons | 9a; 9l            | The clauses of the policy it is about
--   period_from   | yes    | a date                      | 2026-04-01        | The first day it is planned for
--   period_to     | yes    | a date                      | 2027-03-31        | The last day
--   unit          | yes    | one of: hours, days, pounds | hours             | What it is counted in
--   planned       | yes    | a whole number, without signs or commas | 720               | How much is planned for the whole period
--   approved_on   | no     | a date                      | 2026-02-16        | The day the plan was approved
--   approved_by   | no     | a role                      | Managing director | Who approved it
--   used          | no     | a whole number, without signs or commas | 410               | How much has been used
--   used_to       | no     | a date                      | 2026-10-31        | The last day that figure counts
--   is_enough     | no     | yes or no                   | yes               | It suffices for what law, professional codes and the Toolkit ask
--   judged_by     | no     | a role                      | IG lead           | Who says so
--   judged_on     | no     | a date                      | 2026-11-02        | The day they said so
--   shortfall     | no     | text                        | -                 | What is lacking, where it does not suffice
--   action_ref    | no     | a reference                 | -                 | The action that came of that

with cells as (
    select
        row,
        resource_ref,
        home,
        title,
        as_one_of(
            resource_type,
            [
                'staff time', 'training', 'systems', 'equipment', 'advice', 'audit',
                'other'
            ]
        ) as resource_type,
        as_clauses(clauses) as clauses,
        as_date(period_from) as period_from,
        as_date(period_to) as period_to,
        as_one_of(unit, ['hours', 'days', 'pounds']) as unit,
        as_whole(planned) as planned,
        as_date(approved_on) as approved_on,
        approved_by,
        as_whole(used) as used,
        as_date(used_to) as used_to,
        as_yes_no(is_enough) as is_enough,
        judged_by,
        as_date(judged_on) as judged_on,
        shortfall,
        action_ref
    from sent
)

select
    *,
    [
        refuse_future(approved_on, 'approved_on'),
        refuse_future(used_to, 'used_to'),
        refuse_future(judged_on, 'judged_on'),
        refuse(period_to < period_from, 'period_to', 'a day on or after the first'),
        refuse(
            used_to < period_from or used_to > period_to,
            'used_to',
            'a day of the period'
        ),
        refuse(
            (used is null) <> (used_to is null),
            'used_to',
            'how much was used and up to which day together, or neither'
        ),
        refuse(planned = 0, 'planned', 'at least one'),
        warn(
            approved_on is null,
            'approved_on',
            'the day it was approved; without it nothing is secured'
        ),
        warn(
            is_enough is not null and judged_on is null,
            'judged_on',
            'the day that was said; without it the answer does not count'
        ),
        warn(not is_enough and shortfall is null, 'shortfall', 'what is lacking'),
        warn(
            not is_enough and action_ref is null,
            'action_ref',
            'the action that came of it'
        )
    ] as findings
from cells
