-- title:     Data-sharing agreements
-- delivers:  changes
-- tells:     states
-- key:       agreement_ref
-- happened:  signed_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IG lead
-- kept:      6 years (RT17)
-- columns:
--   column              | needed | wanted             | example               | what it is
--   agreement_ref       | yes    | a reference        | DSA-003               | The number of the agreement
--   home                | yes    | a home, or company | Elm House             | The home it concerns, by name or reference; company where it concerns them all
--   title               | yes    | a name             | Hospital discharge sharing | What it is called
--   party               | yes    | a name             | Riverside Hospital    | With whom; several divided by semicolons
--   party_type          | yes    | one of: NHS, council, CQC, family, supplier, police, coroner or court, another provider, other | NHS                   | What they are
--   purpose             | yes    | text               | Continuing care       | What it is for
--   data_types          | no     | one or more of: basic identifiers; contact details; health and care; financial; employment; safeguarding; images and recordings; criminal record; other special category; other | basic identifiers; health and care | What is shared
--   lawful_basis        | no     | one of: consent, contract, legal obligation, vital interests, public task, legitimate interests, recognised legitimate interests | legal obligation      | Article 6 of the UK GDPR
--   article_9_condition | no     | one of: explicit consent, employment and social protection, vital interests, made public by the person, legal claims, substantial public interest, health or social care, public health, archiving and research | health or social care | Article 9, for special category data
--   legal_gateway       | no     | text               | Health and Social Care Act 2015 | The power to share
--   owner               | yes    | a role             | IG lead               | Who keeps it
--   signed_on           | no     | a date             | 2025-05-01            | The day the last party signed
--   signed_by           | no     | a role             | Managing director     | Who signed for the company
--   starts_on           | no     | a date             | 2025-05-01            | The first day it counts
--   ends_on             | no     | a date             | 2028-04-30            | The last day it counts; blank where it has none
--   reviewed_on         | no     | a date             | 2026-04-20            | The day it was last reviewed
--   review_due_on       | no     | a date             | 2027-04-19            | The day by which it is to be reviewed again
--   document_ref        | no     | a reference        | DOC-0204              | Where it is kept
--   ended_on            | no     | a date             | -                     | The day it was given up; blank while it counts

with cells as (
    select
        row,
        agreement_ref,
        home,
        title,
        party,
        as_one_of(
            party_type,
            [
                'NHS', 'council', 'CQC', 'family', 'supplier', 'police',
                'coroner or court', 'another provider', 'other'
            ]
        ) as party_type,
        purpose,
        as_some_of(
            data_types,
            [
                'basic identifiers', 'contact details', 'health and care', 'financial',
                'employment', 'safeguarding', 'images and recordings',
                'criminal record', 'other special category', 'other'
            ]
        ) as data_types,
        as_one_of(
            lawful_basis,
            [
                'consent', 'contract', 'legal obligation', 'vital interests',
                'public task', 'legitimate interests', 'recognised legitimate interests'
            ]
        ) as lawful_basis,
        as_one_of(
            article_9_condition,
            [
                'explicit consent', 'employment and social protection',
                'vital interests', 'made public by the person', 'legal claims',
                'substantial public interest', 'health or social care', 'public health',
                'archiving and research'
            ]
        ) as article_9_condition,
        legal_gateway,
        owner,
        as_date(signed_on) as signed_on,
        signed_by,
        as_date(starts_on) as starts_on,
        as_date(ends_on) as ends_on,
        as_date(reviewed_on) as reviewed_on,
        as_date(review_due_on) as review_due_on,
        document_ref,
        as_date(ended_on) as ended_on
    from sent
)

select
    *,
    [
        refuse_future(signed_on, 'signed_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse(ends_on < starts_on, 'ends_on', 'a day on or after the first it counts'),
        refuse(
            review_due_on <= reviewed_on, 'review_due_on', 'a day after it was reviewed'
        ),
        refuse(
            ended_on < starts_on, 'ended_on', 'a day on or after the first it counts'
        ),
        warn(
            signed_on is null,
            'signed_on',
            'the day it was signed; without it there is no agreement yet'
        ),
        warn(
            review_due_on is null,
            'review_due_on',
            'the day by which it is to be reviewed; without it the year after the '
            || 'last review counts'
        ),
        warn(lawful_basis is null, 'lawful_basis', 'the lawful basis'),
        warn(
            signed_on > starts_on, 'signed_on', 'a day on or before the first it counts'
        )
    ] as findings
from cells
