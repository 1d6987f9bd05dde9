-- subject: records that fall due for review, as they stood at the end of a day, as known
-- why:     records fall due the day after the last on which they are kept: as the line
--          says, else as its rule says (RT01: 8 years). Where the rule sets no number of
--          years, and none is said, no due day is known. A decision with no day was not
--          taken. Records kept longer fall due again.

with ruled as (
    select
        review.*,
        rule.confidence as rule_confidence,
        coalesce(
            review.keep_until,
            (review.ended_on + to_years(rule.period_years) - interval 1 day)::date
        ) as first_keep_until
    from known_retention_reviews($as_of) as review
    left join reference_retention() as rule on review.rule_code = rule.code
    where review.ended_on <= $as_of
),

decided as (
    select
        *,
        case
            when decision is not null and reviewed_on <= $as_of then reviewed_on
        end as decided_on
    from ruled
)

select
    row_key as case_ref,
    home,
    fold(record_ref) as record_ref,
    record_type,
    rule_code,
    rule_confidence,
    coalesce(records, 1) as records,
    ended_on,
    coalesce(is_on_hold, false) as is_on_hold,
    decided_on as reviewed_on,
    case when decided_on is not null then decision end as decision,
    (
        case
            when decision = 'keep longer' and decided_on is not null
                then coalesce(kept_longer_until, first_keep_until)
            else first_keep_until
        end
        + interval 1 day
    )::date as due_on,
    decided_on is not null
    and (decision <> 'keep longer' or coalesce(kept_longer_until >= $as_of, false))
        as is_reviewed
from decided
