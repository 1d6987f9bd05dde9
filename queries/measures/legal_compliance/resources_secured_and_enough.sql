-- id:        L21
-- title:     Resources secured and judged enough
-- strand:    legal compliance
-- clauses:   9a, 9l
-- question:  Is each planned resource approved, and judged within the year to be enough?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: policy 9a and 9l)
-- owner:     Senior owner
-- reads:     resources
-- so what:   A lead who may not spend can promise, and cannot keep it.
-- warning:   60 days

-- Every plan whose period runs on the day: approved, and judged within the last 12 months to
-- suffice for law, professional codes and the Toolkit. Not said is not enough. Without any
-- plan that runs, none is secured.
with running as (
    select * from resources($as_of)
    where is_current
)

select
    case_ref,
    home,
    -- No day of judgement leaves the period's own last day.
    least(
        period_to, (judged_on + interval 12 month - interval 1 day)::date
    ) as happened_on,
    is_secured
    and is_enough
    and coalesce(judged_on > $as_of - interval 12 month, false) as is_met
from running
union all
select
    'no plan' as case_ref,
    home,
    $as_of as happened_on,
    false as is_met
from the_company($as_of)
where not exists (select 1 from running)
