-- title:     Frameworks: items and the measures that bear on them
-- delivers:  changes
-- tells:     states
-- key:       framework, version, item
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column    | needed | wanted               | example                      | what it is
--   framework | yes    | one of: Toolkit, Caldicott, National Data Guardian, ICO accountability, CQC, other | CQC | Whose framework it is
--   version   | yes    | text                 | Adult social care 2027       | Which version of it; the Toolkit's as v8 2025-26
--   item      | yes    | text                 | Safe staffing                | The number or name of the item within it
--   wording   | no     | text                 | Staff are trained, in data security too | What it asks, in a line
--   measures  | no     | measures such as S01, divided by semicolons | S01; S02 | The measures that bear on it
--   mandatory | no     | one of: yes, no, not known | yes                    | It must be met; for the Toolkit: to publish Standards Met
--   mandatory_approaching | no | one of: yes, no, not known | no             | For the Toolkit: it must be met to publish Approaching Standards
--   in_use    | no     | yes or no            | yes                          | no: it is no longer asked
--   confidence | no    | one of: A, B, C      | A                            | A confirmed by the source, B partly, C not; blank is C, and is shown as unverified
--   agreed_on | no     | a date               | 2026-11-02                   | The day the lead agreed it
--   source    | no     | text                 | The regulator's own guidance | Where it was read

select
    row,
    as_one_of(
        framework,
        [
            'Toolkit', 'Caldicott', 'National Data Guardian', 'ICO accountability',
            'CQC', 'other'
        ]
    ) as framework,
    version,
    item,
    wording,
    as_measures(measures) as measures,
    as_one_of(mandatory, ['yes', 'no', 'not known']) as mandatory,
    as_one_of(mandatory_approaching, ['yes', 'no', 'not known'])
        as mandatory_approaching,
    as_yes_no(in_use) as in_use,
    as_one_of(confidence, ['A', 'B', 'C']) as confidence,
    as_date(agreed_on) as agreed_on,
    source,
    [
        refuse_future(as_date(agreed_on), 'agreed_on'),
        warn(
            confidence in ('A', 'B') and source is null,
            'source',
            'where it was read; without it the row is shown as unverified'
        )
    ] as findings
from sent
