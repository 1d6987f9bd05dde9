-- title:     Backup restore tests
-- delivers:  changes
-- key:       test_ref
-- happened:  held_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IT lead
-- columns:
--   column         | needed | wanted             | example      | what it is
--   test_ref       | yes    | a reference        | RST-2026-05  | The number of the test
--   system_ref     | yes    | a reference        | AST-004      | The system or data set, by its number on the register of assets
--   home           | yes    | a home, or company | Elm House    | The home it concerns, by name or reference; company where it concerns them all
--   planned_on     | yes    | a date             | 2026-08-03   | The day it is planned for
--   held_on        | no     | a date             | 2026-08-03   | The day it was done; blank until it is
--   cancelled_on   | no     | a date             | -            | The day it was called off, where it was; leave blank otherwise
--   backup_of      | no     | a date             | 2026-08-02   | The day of the backup that was restored
--   scope          | no     | one of: a file, a database, a whole system | a database   | How much was restored
--   is_restored    | no     | yes or no          | yes          | What was asked for came back
--   is_compared    | no     | yes or no          | yes          | What came back was compared with what had been there
--   rto_target_min | no     | a whole number of minutes, such as 240 | 240          | Within how long it was to be back
--   rto_actual_min | no     | a whole number of minutes, such as 240 | 95           | How long it took
--   rpo_target_min | no     | a whole number of minutes, such as 240 | 1440         | How much work, as time, might be lost
--   rpo_actual_min | no     | a whole number of minutes, such as 240 | 720          | How much would have been lost
--   tester         | no     | a role or a firm   | IT supplier  | Who did it
--   report_ref     | no     | a reference        | RPT-2026-019 | Where the report is kept
--   action_ref     | no     | a reference        | ACT-2026-030 | The action that came of it
--   next_due_on    | no     | a date             | 2026-11-03   | The day by which it is to be tested again

with cells as (
    select
        row,
        test_ref,
        system_ref,
        home,
        as_date(planned_on) as planned_on,
        as_date(held_on) as held_on,
        as_date(cancelled_on) as cancelled_on,
        as_date(backup_of) as backup_of,
        as_one_of(scope, ['a file', 'a database', 'a whole system']) as scope,
        as_yes_no(is_restored) as is_restored,
        as_yes_no(is_compared) as is_compared,
        as_whole(rto_target_min) as rto_target_min,
        as_whole(rto_actual_min) as rto_actual_min,
        as_whole(rpo_target_min) as rpo_target_min,
        as_whole(rpo_actual_min) as rpo_actual_min,
        tester,
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
            'no day of calling off, since it was done'
        ),
        refuse(backup_of > held_on, 'backup_of', 'a day on or before the test'),
        refuse(next_due_on <= held_on, 'next_due_on', 'a day after the test'),
        refuse(
            rto_actual_min = 0,
            'rto_actual_min',
            'the minutes it took; where they are not known, a blank cell'
        ),
        warn(
            held_on is null and is_restored,
            'held_on',
            'the day it was done; without it the test counts as not done'
        ),
        warn(
            held_on is not null and is_restored is null,
            'is_restored',
            'yes or no; unanswered counts as not restored'
        ),
        warn(
            is_restored and rto_actual_min is null,
            'rto_actual_min',
            'the minutes it took to be back'
        ),
        warn(
            is_restored and is_compared is null,
            'is_compared',
            'yes or no; unanswered counts as not compared'
        ),
        warn(
            not is_restored and action_ref is null,
            'action_ref',
            'the action that came of it'
        )
    ] as findings
from cells
