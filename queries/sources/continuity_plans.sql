-- title:     Continuity plans
-- delivers:  changes
-- tells:     states
-- key:       plan_ref
-- happened:  approved_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     Operations director
-- columns:
--   column              | needed | wanted             | example           | what it is
--   plan_ref            | yes    | a reference        | BCP-ELM           | The number of the plan
--   home                | yes    | a home, or company | Elm House         | The home it concerns, by name or reference; company where it concerns them all
--   title               | yes    | a name             | Continuity plan Elm House | What it is called
--   covers              | no     | one or more of: care records; IT systems; cyber attack; data transfer; backups; premises; staffing; utilities; suppliers; communications | care records; cyber attack | What it provides for
--   owner               | yes    | a role             | Home manager      | Who keeps it
--   version             | no     | a version          | 2.1               | The version in force
--   approved_on         | no     | a date             | 2026-02-02        | The day it was approved
--   approved_by         | no     | a role             | Managing director | Who approved it
--   reviewed_on         | no     | a date             | 2026-02-02        | The day it was last reviewed
--   review_due_on       | no     | a date             | 2027-02-01        | The day by which it is to be reviewed again
--   contacts_checked_on | no     | a date             | 2026-04-15        | The day its emergency contacts were last checked
--   is_on_paper         | no     | yes or no          | yes               | It can be read when no system works
--   rto_target_min      | no     | a whole number of minutes, such as 240 | 240               | Within how long the service is to be back
--   rpo_target_min      | no     | a whole number of minutes, such as 240 | 1440              | How much work, as time, may be lost
--   next_test_due_on    | no     | a date             | 2027-03-01        | The day by which it is to be tested again
--   withdrawn_on        | no     | a date             | -                 | The day it ceased to be in force; blank while it is

with cells as (
    select
        row,
        plan_ref,
        home,
        title,
        as_some_of(
            covers,
            [
                'care records', 'IT systems', 'cyber attack', 'data transfer',
                'backups', 'premises', 'staffing', 'utilities', 'suppliers',
                'communications'
            ]
        ) as covers,
        owner,
        version,
        as_date(approved_on) as approved_on,
        approved_by,
        as_date(reviewed_on) as reviewed_on,
        as_date(review_due_on) as review_due_on,
        as_date(contacts_checked_on) as contacts_checked_on,
        as_yes_no(is_on_paper) as is_on_paper,
        as_whole(rto_target_min) as rto_target_min,
        as_whole(rpo_target_min) as rpo_target_min,
        as_date(next_test_due_on) as next_test_due_on,
        as_date(withdrawn_on) as withdrawn_on
    from sent
)

select
    *,
    [
        refuse_future(approved_on, 'approved_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse_future(contacts_checked_on, 'contacts_checked_on'),
        refuse(
            review_due_on <= reviewed_on, 'review_due_on', 'a day after it was reviewed'
        ),
        refuse(
            withdrawn_on < approved_on,
            'withdrawn_on',
            'a day on or after it was approved'
        ),
        warn(
            approved_on is null,
            'approved_on',
            'the day it was approved; without it the plan is a draft'
        ),
        warn(
            approved_on is not null and approved_by is null,
            'approved_by',
            'the role that approved it'
        ),
        warn(
            covers is null,
            'covers',
            'what it provides for; without it the plan covers no data or cyber part'
        )
    ] as findings
from cells
