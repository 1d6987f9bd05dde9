-- title:     Data-quality checks
-- delivers:  changes
-- key:       home, check_ref
-- happened:  run_on
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     Quality lead
-- columns:
--   column         | needed | wanted         | example               | what it is
--   home           | yes    | a home         | Elm House             | Where it was done: the home's name or reference
--   check_ref      | yes    | a reference    | DQ-2026-031           | The number it has at the home
--   run_on         | yes    | a date         | 2026-09-30            | The day it was run
--   record_type    | yes    | one of: resident record, care plan, daily notes, MAR chart, staff file, consent, DNACPR, contact details, incident log, other | daily notes           | What was checked
--   dimension      | yes    | one of: completeness, uniqueness, consistency, timeliness, validity, accuracy | timeliness            | What was asked of it, in the words of the Government Data Quality Framework
--   question       | no     | text           | Written in the shift? | The rule that was checked, in a line
--   system         | no     | a name         | Care records          | Where the data is kept
--   compared_with  | no     | a name         | Paper MAR chart       | What it was compared with, for consistency and accuracy
--   population     | no     | a whole number | 1240                  | How many there are in all
--   sample_size    | yes    | a whole number | 60                    | How many were checked
--   passed         | yes    | a whole number | 56                    | How many passed
--   failed         | yes    | a whole number | 3                     | How many failed
--   not_applicable | yes    | a whole number | 1                     | How many the question does not apply to; they are in neither figure
--   threshold_pct  | no     | a percentage such as 95, not a share such as 0.95 | 95                    | What the company asks for
--   checker        | no     | a role         | Deputy manager        | Who checked
--   at_collection  | no     | yes or no      | no                    | It was checked as the data was first taken down (policy 8.4)
--   action_ref     | no     | a reference    | ACT-2026-040          | The action that came of it

with cells as (
    select
        row,
        home,
        check_ref,
        as_date(run_on) as run_on,
        as_one_of(
            record_type,
            [
                'resident record', 'care plan', 'daily notes', 'MAR chart',
                'staff file', 'consent', 'DNACPR', 'contact details', 'incident log',
                'other'
            ]
        ) as record_type,
        as_one_of(
            dimension,
            [
                'completeness', 'uniqueness', 'consistency', 'timeliness', 'validity',
                'accuracy'
            ]
        ) as dimension,
        question,
        system,
        compared_with,
        as_whole(population) as population,
        as_whole(sample_size) as sample_size,
        as_whole(passed) as passed,
        as_whole(failed) as failed,
        as_whole(not_applicable) as not_applicable,
        as_percent(threshold_pct) as threshold_pct,
        checker,
        as_yes_no(at_collection) as at_collection,
        action_ref
    from sent
)

select
    *,
    [
        refuse_future(run_on, 'run_on'),
        refuse(sample_size = 0, 'sample_size', 'a sample of at least one'),
        refuse(
            passed + failed + not_applicable <> sample_size,
            'sample_size',
            'as many as passed, failed and not applicable together'
        ),
        refuse(
            sample_size > population, 'population', 'at least as many as were checked'
        ),
        warn(
            sample_size > 0 and not_applicable = sample_size,
            'not_applicable',
            'at least one to which the question applies; this check shows nothing'
        ),
        warn(
            dimension in ('consistency', 'accuracy') and compared_with is null,
            'compared_with',
            'what it was compared with'
        ),
        warn(
            100.0 * passed < threshold_pct * (passed + failed) and action_ref is null,
            'action_ref',
            'the action that came of a score below what is asked for'
        )
    ] as findings
from cells
