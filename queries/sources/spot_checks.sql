-- title:     Spot checks
-- delivers:  changes
-- key:       home, check_ref
-- happened:  held_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     Registered managers
-- columns:
--   column        | needed | wanted         | example              | what it is
--   home          | yes    | a home         | Elm House            | Where it was done: the home's name or reference
--   check_ref     | yes    | a reference    | SC-014               | The number it has at the home
--   subject       | yes    | one of: screens and desks, passwords and sign-in, paper records, conversations and calls, visitors and doors, post and email, devices, access to records, disposal, other | screens and desks    | What was checked
--   clauses       | no     | clause numbers such as 8.2, divided by semicolons | 7.2; 10.3            | The clauses of the policy it is about
--   planned_on    | yes    | a date         | 2026-06-10           | The day it is planned for
--   held_on       | no     | a date         | 2026-06-11           | The day it was done; blank until it is
--   cancelled_on  | no     | a date         | -                    | The day it was called off, where it was; leave blank otherwise
--   checker       | no     | a role         | Deputy manager       | Who did it
--   units_checked | no     | a whole number | 24                   | How many desks, records, doors or people were sampled
--   units_met     | no     | a whole number | 22                   | How many of them were as they should be
--   notes         | no     | text           | Two screens unlocked | What was seen; no names
--   action_ref    | no     | a reference    | ACT-2026-021         | The action that came of it

with cells as (
    select
        row,
        home,
        check_ref,
        as_one_of(
            subject,
            [
                'screens and desks', 'passwords and sign-in', 'paper records',
                'conversations and calls', 'visitors and doors', 'post and email',
                'devices', 'access to records', 'disposal', 'other'
            ]
        ) as subject,
        as_clauses(clauses) as clauses,
        as_date(planned_on) as planned_on,
        as_date(held_on) as held_on,
        as_date(cancelled_on) as cancelled_on,
        checker,
        as_whole(units_checked) as units_checked,
        as_whole(units_met) as units_met,
        notes,
        action_ref
    from sent
)

select
    *,
    [
        refuse_future(held_on, 'held_on'),
        refuse_future(cancelled_on, 'cancelled_on'),
        refuse(
            held_on is not null and cancelled_on is not null,
            'cancelled_on',
            'no day of calling off, since it was done'
        ),
        refuse(
            (units_met is null) <> (units_checked is null),
            'units_met',
            'units checked and units met together, or neither'
        ),
        refuse(
            units_met > units_checked,
            'units_met',
            'at most the number that was sampled'
        ),
        refuse(units_checked = 0, 'units_checked', 'a sample of at least one'),
        warn(
            held_on is not null and units_checked is null,
            'units_checked',
            'how many were sampled; without it nothing is shown to be met'
        ),
        warn(
            held_on is null and units_checked is not null,
            'held_on',
            'the day it was done; without it the check counts as not done'
        ),
        warn(
            units_met < units_checked and action_ref is null,
            'action_ref',
            'the action that came of what was not as it should be'
        )
    ] as findings
from cells
