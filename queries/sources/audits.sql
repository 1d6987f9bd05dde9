-- title:     Audits and assessments
-- delivers:  changes
-- key:       audit_ref
-- happened:  held_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column            | needed | wanted             | example              | what it is
--   audit_ref         | yes    | a reference        | AUD-2026-003         | The number it has in the audit programme
--   home              | yes    | a home, or company | Elm House            | The home it concerns, by name or reference; company where it concerns them all
--   title             | yes    | text               | Record-keeping audit | What is audited, in a line
--   strand            | yes    | one of: openness, legal compliance, information security, quality assurance | quality assurance    | The strand of the policy it answers for
--   clauses           | no     | clause numbers such as 8.2, divided by semicolons | 8.2                  | The clauses of the policy it is about
--   audit_type        | yes    | one of: internal, external, self-assessment, CQC inspection, Toolkit | internal             | What sort of audit it is
--   is_annual         | no     | yes or no          | yes                  | It is the yearly audit of its strand (policy 6.5, 7.2, 8.2)
--   planned_on        | yes    | a date             | 2026-05-11           | The day it is planned for
--   held_on           | no     | a date             | 2026-05-13           | The day it was completed; blank until it is
--   cancelled_on      | no     | a date             | -                    | The day it was called off, where it was; leave blank otherwise
--   auditor           | no     | a role or a firm   | Regional manager     | Who carries it out; no personal name is needed
--   is_independent    | no     | yes or no          | yes                  | The auditor does not answer for what is audited
--   scope             | no     | text               | Daily notes of May   | What was looked at, and what was not
--   result            | no     | one of: compliant, partially compliant, non-compliant, not rated | partially compliant  | What it came to
--   points_met        | no     | a whole number     | 172                  | Points met, over all that was looked at
--   points_applicable | no     | a whole number     | 190                  | Points that applied; what did not apply is in neither figure
--   score_pct         | no     | a percentage such as 85, not a share such as 0.85 | 90.5                 | The score as the report states it
--   records_planned   | no     | a whole number     | 20                   | How many records the programme asks for
--   records_audited   | no     | a whole number     | 19                   | How many were audited
--   reported_on       | no     | a date             | 2026-05-20           | The day the report was issued
--   report_ref        | no     | a reference        | RPT-2026-003         | Where the report is kept
--   next_due_on       | no     | a date             | 2027-05-13           | The day by which it is to be held again

with cells as (
    select
        row,
        audit_ref,
        home,
        title,
        as_one_of(
            strand,
            [
                'openness', 'legal compliance', 'information security',
                'quality assurance'
            ]
        ) as strand,
        as_clauses(clauses) as clauses,
        as_one_of(
            audit_type,
            [
                'internal', 'external', 'self-assessment', 'CQC inspection', 'Toolkit'
            ]
        ) as audit_type,
        as_yes_no(is_annual) as is_annual,
        as_date(planned_on) as planned_on,
        as_date(held_on) as held_on,
        as_date(cancelled_on) as cancelled_on,
        auditor,
        as_yes_no(is_independent) as is_independent,
        scope,
        as_one_of(
            result, ['compliant', 'partially compliant', 'non-compliant', 'not rated']
        ) as result,
        as_whole(points_met) as points_met,
        as_whole(points_applicable) as points_applicable,
        as_percent(score_pct) as score_pct,
        as_whole(records_planned) as records_planned,
        as_whole(records_audited) as records_audited,
        as_date(reported_on) as reported_on,
        report_ref,
        as_date(next_due_on) as next_due_on
    from sent
)

select
    *,
    [
        refuse_future(held_on, 'held_on'),
        refuse_future(cancelled_on, 'cancelled_on'),
        refuse_future(reported_on, 'reported_on'),
        refuse(reported_on < held_on, 'reported_on', 'a day on or after it was held'),
        refuse(next_due_on <= held_on, 'next_due_on', 'a day after it was held'),
        refuse(
            held_on is not null and cancelled_on is not null,
            'cancelled_on',
            'no day of calling off, since it was held'
        ),
        refuse(
            points_met > points_applicable,
            'points_met',
            'at most the points that applied'
        ),
        refuse(
            (points_met is null) <> (points_applicable is null),
            'points_applicable',
            'points met and points applicable together, or neither'
        ),
        refuse(
            (records_audited is null) <> (records_planned is null)
            and held_on is not null,
            'records_planned',
            'records planned and records audited together, or neither'
        ),
        warn(
            held_on is null and (result is not null or reported_on is not null),
            'held_on',
            'the day it was held; without it the audit counts as not held'
        ),
        warn(
            held_on is not null
            and result is null
            and points_applicable is null
            and score_pct is null,
            'result',
            'a result or a score, since it was held'
        ),
        warn(
            abs(score_pct - 100.0 * points_met / nullif(points_applicable, 0)) > 0.5,
            'score_pct',
            'the score that the points give; the points are counted'
        ),
        warn(
            held_on is not null and is_independent is null,
            'is_independent',
            'yes or no; unanswered is not independent'
        )
    ] as findings
from cells
