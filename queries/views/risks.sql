-- subject: risks open on a day, as known
-- why:     the score is likelihood times impact, 1 to 25, as the register said by that day.
--          A risk is accepted only by somebody, and only until the day that says.

select
    row_key as case_ref,
    fold(risk_ref) as risk_ref,
    home,
    title,
    strand,
    clauses,
    fold(asset_ref) as asset_ref,
    owner,
    raised_on,
    likelihood,
    impact,
    likelihood * impact as score,
    target_likelihood * target_impact as target_score,
    treatment,
    controls,
    coalesce(is_top, false) as is_top,
    fold(action_ref) as action_ref,
    coalesce(
        accepted_by is not null
        and accepted_on <= $as_of
        and coalesce(accepted_until >= $as_of, true),
        false
    ) as is_accepted,
    case when reviewed_on <= $as_of then reviewed_on end as reviewed_on,
    coalesce(
        review_due_on,
        (
            coalesce(
                case when reviewed_on <= $as_of then reviewed_on end, raised_on
            )
            + interval 12 month
        )::date
    ) as review_due_on
from known_risks($as_of)
where
    raised_on <= $as_of
    and (closed_on is null or closed_on > $as_of)
