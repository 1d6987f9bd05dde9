-- title:     Training needs by role
-- delivers:  changes
-- key:       job_role, training, analysed_on
-- happened:  analysed_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IG lead
-- kept:      6 years (RT22)
-- columns:
--   column           | needed | wanted                 | example                | what it is
--   job_role         | yes    | a role                 | Care worker            | The job role as the staff register has it, or a named role; everyone for all
--   training         | yes    | a name                 | Data security awareness | What the role needs to be trained in
--   analysed_on      | yes    | a date                 | 2026-04-14             | The day the need was looked at; a later look is a row of its own
--   category         | no     | a category code of ASC-WDS (26: data management and GDPR) | 26                     | Under which the training is recorded
--   is_required      | no     | yes or no              | yes                    | Whether the role must have it; no: it was looked at and is not needed
--   is_before_access | no     | yes or no              | yes                    | It comes before the first access to personal data
--   every_months     | no     | a whole number of months from 1 to 120 | 12                     | How often it is due again; blank where once is enough
--   reason           | no     | text                   | Handles care records daily | Why the role needs it, or does not
--   analysed_by      | no     | a role                 | IG lead                | Who looked at the need
--   approved_on      | no     | a date                 | 2026-04-20             | The day senior management approved the analysis
--   approved_by      | no     | a role                 | Senior owner           | Who approved it

with cells as (
    select
        row,
        job_role,
        training,
        as_date(analysed_on) as analysed_on,
        as_asc_category(category) as category,
        as_yes_no(is_required) as is_required,
        as_yes_no(is_before_access) as is_before_access,
        as_from_to(every_months, 1, 120) as every_months,
        reason,
        analysed_by,
        as_date(approved_on) as approved_on,
        approved_by
    from sent
)

select
    *,
    [
        refuse_future(analysed_on, 'analysed_on'),
        refuse_future(approved_on, 'approved_on'),
        refuse(
            approved_on < analysed_on, 'approved_on', 'a day on or after the analysis'
        ),
        warn(
            approved_on is null,
            'approved_on',
            'the day it was approved; without it the analysis does not count'
        ),
        warn(
            is_required is null,
            'is_required',
            'yes or no; unanswered counts as required'
        ),
        warn(
            approved_on is not null and approved_by is null,
            'approved_by',
            'who approved it'
        )
    ] as findings
from cells
