-- title:     Findings of audits and checks
-- delivers:  changes
-- key:       source_ref, finding_ref
-- happened:  raised_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column         | needed | wanted               | example               | what it is
--   source_type    | yes    | one of: audit, spot check, CQC inspection, continuity test, restore test, quality check, incident, other | audit                 | What it was found by
--   source_ref     | yes    | a reference          | AUD-2026-003          | The number of that audit, check, test or incident
--   finding_ref    | yes    | a reference          | 1                     | The number the finding has there
--   home           | yes    | a home, or company   | Elm House             | The home it concerns, by name or reference; company where it concerns them all
--   strand         | no     | one of: openness, legal compliance, information security, quality assurance | quality assurance     | The strand of the policy it falls under
--   clauses        | no     | clause numbers such as 8.2, divided by semicolons | 8.2                   | The clauses of the policy it is about
--   requirement    | no     | a Toolkit item, principle or standard | Toolkit 1.3.2         | What else requires it: a Toolkit item, a Caldicott principle, a CQC statement
--   question       | no     | text                 | Is each entry signed? | What was asked
--   answer         | no     | one of: yes, no, partial, not applicable | partial               | What was found
--   grade          | yes    | one of: critical, major, minor, observation | minor                 | How serious it is
--   description    | no     | text                 | Six entries unsigned  | What was found; no names of residents
--   recommendation | no     | text                 | Sign at handover      | What is recommended
--   owner          | no     | a role               | Home manager          | Who is to put it right
--   raised_on      | yes    | a date               | 2026-05-20            | The day it was raised
--   due_on         | no     | a date               | 2026-07-31            | The day by which it is to be put right
--   status         | no     | one of: open, closed | closed                | How it stands
--   closed_on      | no     | a date               | 2026-07-15            | The day it was closed
--   evidence_ref   | no     | a reference          | EVD-0112              | Where the evidence that it was put right is kept
--   action_ref     | no     | a reference          | ACT-2026-014          | The action that came of it
--   repeat_of      | no     | a reference          | -                     | An earlier finding that is the same

with cells as (
    select
        row,
        as_one_of(
            source_type,
            [
                'audit', 'spot check', 'CQC inspection', 'continuity test',
                'restore test', 'quality check', 'incident', 'other'
            ]
        ) as source_type,
        source_ref,
        finding_ref,
        home,
        as_one_of(
            strand,
            [
                'openness', 'legal compliance', 'information security',
                'quality assurance'
            ]
        ) as strand,
        as_clauses(clauses) as clauses,
        requirement,
        question,
        as_one_of(answer, ['yes', 'no', 'partial', 'not applicable']) as answer,
        as_one_of(grade, ['critical', 'major', 'minor', 'observation']) as grade,
        description,
        recommendation,
        owner,
        as_date(raised_on) as raised_on,
        as_date(due_on) as due_on,
        as_one_of(status, ['open', 'closed']) as status,
        as_date(closed_on) as closed_on,
        evidence_ref,
        action_ref,
        repeat_of
    from sent
)

select
    *,
    [
        refuse_future(raised_on, 'raised_on'),
        refuse_future(closed_on, 'closed_on'),
        refuse(due_on < raised_on, 'due_on', 'a day on or after it was raised'),
        refuse(closed_on < raised_on, 'closed_on', 'a day on or after it was raised'),
        refuse(
            status = 'open' and closed_on is not null,
            'status',
            'closed, since it has the day it was closed'
        ),
        warn(
            status = 'closed' and closed_on is null,
            'closed_on',
            'the day it was closed; without it the finding counts as open'
        ),
        warn(
            closed_on is not null and evidence_ref is null,
            'evidence_ref',
            'where the evidence is kept that it was put right'
        ),
        warn(
            grade <> 'observation' and owner is null,
            'owner',
            'the role that is to put it right'
        ),
        warn(
            grade <> 'observation' and due_on is null,
            'due_on',
            'the day by which it is to be put right'
        ),
        warn(
            answer in ('yes', 'not applicable') and grade <> 'observation',
            'answer',
            'no or partial, since it is graded'
        )
    ] as findings
from cells
