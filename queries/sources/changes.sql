-- title:     Changes to systems and processes
-- delivers:  changes
-- key:       change_ref
-- happened:  raised_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column           | needed | wanted                    | example               | what it is
--   change_ref       | yes    | a reference               | CHG-2026-06           | The number it has in the change register
--   home             | yes    | a home, or company        | Elm House             | The home it concerns, by name or reference; company where it concerns them all
--   title            | yes    | text                      | Electronic MAR charts | What changes, in a line
--   change_type      | yes    | one of: new system, system change, new process, process change, new supplier, new sharing, premises, decommissioning, other | new system            | What sort of change it is
--   asset_ref        | no     | a reference               | AST-004               | The asset, by its number on the register
--   processor_ref    | no     | a reference               | SUP-001               | The supplier, by its number on the register
--   owner            | yes    | a role                    | Operations director   | Who answers for it
--   raised_on        | yes    | a date                    | 2026-01-19            | The day it was proposed
--   screened_on      | no     | a date                    | 2026-01-26            | The day it was decided whether a DPIA is needed
--   needs_dpia       | no     | yes or no                 | yes                   | A data protection impact assessment is needed
--   screening_reason | no     | text                      | Health data of all residents | Why, or why not
--   dpia_ref         | no     | a reference               | DPIA-2026-02          | The assessment
--   dpia_signed_on   | no     | a date                    | 2026-03-02            | The day it was signed
--   dpia_signed_by   | no     | a role                    | Senior information risk owner | Who signed it
--   residual_risk    | no     | one of: low, medium, high | medium                | The risk that is left
--   ico_consulted_on | no     | a date                    | -                     | The day the ICO was consulted, where a high risk is left
--   approved_on      | no     | a date                    | 2026-03-09            | The day the change was approved
--   approved_by      | no     | a role                    | Managing director     | Who approved it
--   planned_live_on  | no     | a date                    | 2026-04-01            | The day it is to go live
--   live_on          | no     | a date                    | 2026-04-08            | The day it went live; blank until it does
--   cancelled_on     | no     | a date                    | -                     | The day it was given up, where it was; leave blank otherwise
--   reviewed_on      | no     | a date                    | 2026-07-08            | The day it was looked at again, in use

with cells as (
    select
        row,
        change_ref,
        home,
        title,
        as_one_of(
            change_type,
            [
                'new system', 'system change', 'new process', 'process change',
                'new supplier', 'new sharing', 'premises', 'decommissioning', 'other'
            ]
        ) as change_type,
        asset_ref,
        processor_ref,
        owner,
        as_date(raised_on) as raised_on,
        as_date(screened_on) as screened_on,
        as_yes_no(needs_dpia) as needs_dpia,
        screening_reason,
        dpia_ref,
        as_date(dpia_signed_on) as dpia_signed_on,
        dpia_signed_by,
        as_one_of(residual_risk, ['low', 'medium', 'high']) as residual_risk,
        as_date(ico_consulted_on) as ico_consulted_on,
        as_date(approved_on) as approved_on,
        approved_by,
        as_date(planned_live_on) as planned_live_on,
        as_date(live_on) as live_on,
        as_date(cancelled_on) as cancelled_on,
        as_date(reviewed_on) as reviewed_on
    from sent
)

select
    *,
    [
        refuse_future(raised_on, 'raised_on'),
        refuse_future(screened_on, 'screened_on'),
        refuse_future(dpia_signed_on, 'dpia_signed_on'),
        refuse_future(ico_consulted_on, 'ico_consulted_on'),
        refuse_future(approved_on, 'approved_on'),
        refuse_future(live_on, 'live_on'),
        refuse_future(cancelled_on, 'cancelled_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse(
            screened_on < raised_on, 'screened_on', 'a day on or after it was proposed'
        ),
        refuse(live_on < raised_on, 'live_on', 'a day on or after it was proposed'),
        refuse(reviewed_on < live_on, 'reviewed_on', 'a day on or after it went live'),
        refuse(
            live_on is not null and cancelled_on is not null,
            'cancelled_on',
            'no day of giving up, since it went live'
        ),
        warn(
            live_on is not null and needs_dpia is null,
            'needs_dpia',
            'yes or no; unanswered counts as needed'
        ),
        warn(
            coalesce(needs_dpia, true)
            and live_on is not null
            and dpia_signed_on is null,
            'dpia_signed_on',
            'the day the assessment was signed; it went live without'
        ),
        warn(
            dpia_signed_on > live_on,
            'dpia_signed_on',
            'a day on or before it went live'
        ),
        warn(
            not needs_dpia and screening_reason is null,
            'screening_reason',
            'why no assessment is needed'
        ),
        warn(
            dpia_signed_on is not null and dpia_signed_by is null,
            'dpia_signed_by',
            'the role that signed it'
        ),
        warn(
            residual_risk = 'high' and ico_consulted_on is null,
            'ico_consulted_on',
            'the day the ICO was consulted, since a high risk is left'
        ),
        warn(
            live_on is not null and approved_on is null,
            'approved_on',
            'the day it was approved; it went live without'
        )
    ] as findings
from cells
