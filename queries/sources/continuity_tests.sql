-- title:     Continuity tests
-- delivers:  changes
-- key:       test_ref
-- happened:  held_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     Operations director
-- columns:
--   column               | needed | wanted             | example              | what it is
--   test_ref             | yes    | a reference        | BCT-2026-02          | The number of the test
--   plan_ref             | yes    | a reference        | BCP-ELM              | The plan that is tested
--   home                 | yes    | a home, or company | Elm House            | The home it concerns, by name or reference; company where it concerns them all
--   test_type            | yes    | one of: desktop, walkthrough, call tree, backup restore, full, live event | desktop              | How it is tested; a live event counts as a test
--   planned_on           | yes    | a date             | 2026-03-02           | The day it is planned for
--   held_on              | no     | a date             | 2026-03-04           | The day it was held; blank until it is
--   cancelled_on         | no     | a date             | -                    | The day it was called off, where it was; leave blank otherwise
--   tests_data_and_cyber | no     | yes or no          | yes                  | The data and cyber part of the plan was tested (Toolkit 7.2.1)
--   scenario             | no     | text               | Care system down at night | What was supposed to have happened
--   systems              | no     | systems, divided by semicolons | Care records; e-mail | What was taken to have failed
--   rto_target_min       | no     | a whole number of minutes, such as 240 | 240                  | Within how long the service was to be back
--   rto_actual_min       | no     | a whole number of minutes, such as 240 | 205                  | How long it took
--   rpo_target_min       | no     | a whole number of minutes, such as 240 | 1440                 | How much work, as time, might be lost
--   rpo_actual_min       | no     | a whole number of minutes, such as 240 | 600                  | How much was lost
--   result               | no     | one of: pass, pass with actions, fail, not held | pass with actions    | What it came to
--   participants         | no     | a whole number     | 9                    | How many people took part
--   lessons              | no     | text               | Paper charts out of date | What was learned
--   report_ref           | no     | a reference        | RPT-2026-007         | Where the report is kept
--   action_ref           | no     | a reference        | ACT-2026-009         | The action that came of it
--   next_due_on          | no     | a date             | 2027-03-04           | The day by which it is to be tested again

with cells as (
    select
        row,
        test_ref,
        plan_ref,
        home,
        as_one_of(
            test_type,
            [
                'desktop', 'walkthrough', 'call tree', 'backup restore', 'full',
                'live event'
            ]
        ) as test_type,
        as_date(planned_on) as planned_on,
        as_date(held_on) as held_on,
        as_date(cancelled_on) as cancelled_on,
        as_yes_no(tests_data_and_cyber) as tests_data_and_cyber,
        scenario,
        systems,
        as_whole(rto_target_min) as rto_target_min,
        as_whole(rto_actual_min) as rto_actual_min,
        as_whole(rpo_target_min) as rpo_target_min,
        as_whole(rpo_actual_min) as rpo_actual_min,
        as_one_of(result, ['pass', 'pass with actions', 'fail', 'not held']) as result,
        as_whole(participants) as participants,
        lessons,
        report_ref,
        action_ref,
        as_date(next_due_on) as next_due_on
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
            'no day of calling off, since it was held'
        ),
        refuse(
            held_on is not null and result = 'not held',
            'result',
            'pass, pass with actions or fail, since it was held'
        ),
        refuse(
            cancelled_on is not null and result <> 'not held',
            'result',
            'not held, since it was called off'
        ),
        refuse(next_due_on <= held_on, 'next_due_on', 'a day after it was held'),
        refuse(
            rto_actual_min = 0,
            'rto_actual_min',
            'the minutes it took; where they are not known, a blank cell'
        ),
        warn(
            held_on is null and result <> 'not held',
            'held_on',
            'the day it was held; without it the test counts as not held'
        ),
        warn(
            held_on is not null and result is null,
            'result',
            'what it came to; without it the test counts as not passed'
        ),
        warn(
            held_on is not null
            and test_type in ('backup restore', 'full')
            and rto_actual_min is null,
            'rto_actual_min',
            'the minutes it took to be back'
        ),
        warn(
            result = 'pass' and rto_actual_min > rto_target_min,
            'result',
            'a result other than pass: it took longer than was allowed'
        ),
        warn(
            result in ('pass with actions', 'fail') and action_ref is null,
            'action_ref',
            'the action that came of it'
        ),
        warn(
            held_on is not null and tests_data_and_cyber is null,
            'tests_data_and_cyber',
            'yes or no; unanswered counts as no'
        )
    ] as findings
from cells
