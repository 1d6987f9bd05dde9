-- title:     Toolkit publications
-- delivers:  changes
-- key:       organisation_code, version
-- happened:  published_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column            | needed | wanted                | example        | what it is
--   organisation_code | yes    | an ODS code           | VM28N          | The organisation that published, by its ODS code
--   organisation      | no     | a name                | Larkfield Care | Its name
--   version           | yes    | a cycle such as 25/26 | 25/26          | The cycle it was published for
--   status            | yes    | one of: Standards Exceeded, Standards Met, Approaching Standards, Standards Not Met, Not Published | Standards Met  | The status published
--   published_on      | no     | a date                | 2026-06-15     | The day it was published
--   has_plan_agreed   | no     | yes or no             | no             | An improvement plan was agreed, where the standards are not met

with cells as (
    select
        row,
        organisation_code,
        organisation,
        case when regexp_full_match(version, '\d{2}/\d{2}') then version end as version,
        as_one_of(
            status,
            [
                'Standards Exceeded', 'Standards Met', 'Approaching Standards',
                'Standards Not Met', 'Not Published'
            ]
        ) as status,
        as_date(published_on) as published_on,
        as_yes_no(has_plan_agreed) as has_plan_agreed
    from sent
)

select
    *,
    [
        refuse_future(published_on, 'published_on'),
        refuse(
            status = 'Not Published' and published_on is not null,
            'published_on',
            'no day, since nothing was published'
        ),
        warn(
            status <> 'Not Published' and published_on is null,
            'published_on',
            'the day it was published; without it the status counts for nothing'
        )
    ] as findings
from cells
