-- title:     Residents (by reference)
-- delivers:  snapshot
-- key:       home, resident_ref
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     Registered managers
-- kept:      8 years (RT01)
-- columns:
--   column             | needed | wanted                 | example      | what it is
--   home               | yes    | a home                 | Elm House    | Where the resident lives: the home's name or reference
--   resident_ref       | yes    | a pseudonym            | R0007        | Your reference for the resident; never a name or an NHS number
--   status             | no     | one of: in residence, respite, in hospital, on leave, left, died | in residence | How things stand on the day of the file
--   admitted_on        | no     | a date                 | 2026-03-02   | First day at the home
--   left_on            | no     | a date                 | -            | Last day at the home; blank while a resident
--   has_representative | no     | yes or no              | yes          | Somebody acts for the resident by law: an attorney or a deputy
--   is_opted_out       | no     | yes or no              | no           | Has chosen the national data opt-out: no use for research or planning
--   is_high_interest   | no     | yes or no              | no           | Others may be curious about this record: each look at it is checked

with cells as (
    select
        row,
        home,
        resident_ref,
        as_one_of(
            status,
            [
                'in residence', 'respite', 'in hospital', 'on leave', 'left', 'died'
            ]
        ) as status,
        as_date(admitted_on) as admitted_on,
        as_date(left_on) as left_on,
        as_yes_no(has_representative) as has_representative,
        as_yes_no(is_opted_out) as is_opted_out,
        as_yes_no(is_high_interest) as is_high_interest
    from sent
)

select
    *,
    [
        refuse(
            length(resident_ref) > 50,
            'resident_ref',
            'a reference of at most 50 characters'
        ),
        refuse(left_on < admitted_on, 'left_on', 'a day on or after admission'),
        refuse_future(left_on, 'left_on'),
        warn(
            admitted_on > getvariable('taken_on'),
            'admitted_on',
            'a first day that has come; this resident is not counted before it'
        ),
        warn(
            admitted_on is null,
            'admitted_on',
            'the day of admission; without it no privacy notice is asked for'
        ),
        warn(
            status in ('left', 'died') and left_on is null,
            'left_on',
            'the last day at the home, since the resident has left'
        ),
        warn(
            status not in ('left', 'died') and left_on is not null,
            'status',
            'left or died, since a last day is given; the day counts'
        )
    ] as findings
from cells
