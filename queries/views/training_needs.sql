-- subject: what each role needs to be trained in, by the analysis in force on a day
-- why:     the newest look at a role and a training counts, from the day it was made; one
--          that nobody approved is shown as such. Whether a training is needed counts as
--          yes until somebody says that it is not.

with looked_at as (
    select
        *,
        row_number() over (
            partition by fold(job_role), fold(training)
            order by analysed_on desc
        ) as nth
    from known_training_needs($as_of)
    where analysed_on <= $as_of
)

select
    row_key as case_ref,
    home,
    job_role,
    training,
    category,
    coalesce(is_required, true) as is_required,
    coalesce(is_before_access, false) as is_before_access,
    every_months,
    analysed_on,
    analysed_by,
    case when approved_on <= $as_of then approved_on end as approved_on,
    case when approved_on <= $as_of then approved_by end as approved_by
from looked_at
where nth = 1
