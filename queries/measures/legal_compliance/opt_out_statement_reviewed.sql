-- id:        L15
-- title:     National data opt-out statement reviewed
-- strand:    legal compliance
-- clauses:   3.1e, 6.4
-- question:  Was our national data opt-out statement reviewed in the last 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 1.2.4)
-- owner:     Caldicott Guardian
-- reads:     toolkit_answers
-- so what:   Residents who said no must be believed.
-- warning:   30 days

-- The statement is the answer to Toolkit item 1.2.4, in whatever version. Answered is looked
-- at as well; the newest of both counts for 12 months. Without an answer it was not reviewed.
with statement as (
    select max(coalesce(reviewed_on, answered_on)) as reviewed_on
    from toolkit_answers($as_of)
    where item = '1.2.4' and answer = 'complete'
)

select
    'national data opt-out' as case_ref,
    the_company.home,
    coalesce(
        (statement.reviewed_on + interval 12 month - interval 1 day)::date, $as_of
    ) as happened_on,
    coalesce(statement.reviewed_on > $as_of - interval 12 month, false) as is_met
from the_company($as_of) as the_company
cross join statement
