-- title:     Toolkit answers
-- delivers:  changes
-- tells:     states
-- key:       version, item
-- happened:  answered_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column              | needed | wanted      | example             | what it is
--   version             | yes    | a version such as v8 2025-26 | v8 2025-26          | The version of the Toolkit: items change their numbers between versions
--   item                | yes    | an item number such as 1.1.1, as text | 1.3.2               | The number of the evidence item
--   owner               | yes    | a role      | IG lead             | Who answers it
--   answer              | no     | one of: complete, not complete, not applicable | complete            | How it stands
--   comment             | no     | text        | Checks each quarter | The answer as given, or why it does not apply
--   answered_on         | no     | a date      | 2026-04-20          | The day it was answered
--   evidence_ref        | no     | a reference | EVD-0098            | Where the evidence is kept
--   evidence_on         | no     | a date      | 2026-03-31          | The day of the evidence
--   evidence_expires_on | no     | a date      | 2027-03-31          | The last day the evidence counts: a certificate, a fee, a policy
--   approved_by         | no     | a role      | Managing director   | Who approved the answer
--   approved_on         | no     | a date      | 2026-04-27          | The day it was approved
--   reviewed_on         | no     | a date      | 2026-04-20          | The day it was last reviewed
--   review_due_on       | no     | a date      | 2027-04-19          | The day by which it is to be reviewed again

with cells as (
    select
        row,
        case
            when regexp_full_match(version, '(?i)v\d{1,2} \d{4}-\d{2}')
                then lower(version)
        end as version,
        case
            when regexp_full_match(item, '\d{1,2}\.\d{1,2}\.\d{1,2}') then item
        end as item,
        owner,
        as_one_of(answer, ['complete', 'not complete', 'not applicable']) as answer,
        comment,
        as_date(answered_on) as answered_on,
        evidence_ref,
        as_date(evidence_on) as evidence_on,
        as_date(evidence_expires_on) as evidence_expires_on,
        approved_by,
        as_date(approved_on) as approved_on,
        as_date(reviewed_on) as reviewed_on,
        as_date(review_due_on) as review_due_on
    from sent
)

select
    *,
    [
        refuse_future(answered_on, 'answered_on'),
        refuse_future(evidence_on, 'evidence_on'),
        refuse_future(approved_on, 'approved_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse(
            evidence_expires_on < evidence_on,
            'evidence_expires_on',
            'a day on or after that of the evidence'
        ),
        refuse(
            review_due_on <= reviewed_on, 'review_due_on', 'a day after it was reviewed'
        ),
        refuse(
            approved_on < answered_on,
            'approved_on',
            'a day on or after it was answered'
        ),
        warn(
            answer in ('complete', 'not applicable') and answered_on is null,
            'answered_on',
            'the day it was answered; without it the item counts as not complete'
        ),
        warn(
            answer = 'complete' and evidence_ref is null,
            'evidence_ref',
            'where the evidence is kept'
        ),
        warn(
            answer = 'not applicable' and comment is null,
            'comment',
            'why it does not apply'
        )
    ] as findings
from cells
