-- subject: the audit programme as it stood at the end of a day, as known
-- why:     an audit is held when a day says so, whatever its result claims: one that was
--          called off, or has a result and no day, was not held. The score is made of the
--          points where they are given; a percentage alone has no points behind it.

with dated as (
    select
        *,
        held_on is not null and held_on <= $as_of as is_held
    from known_audits($as_of)
)

select
    row_key as case_ref,
    fold(audit_ref) as audit_ref,
    home,
    title,
    strand,
    clauses,
    audit_type,
    coalesce(is_annual, false) as is_annual,
    planned_on,
    auditor,
    coalesce(is_independent, false) as is_independent,
    is_held,
    case when is_held then held_on end as held_on,
    case when is_held then result end as result,
    case when is_held then points_met end as points_met,
    case when is_held then points_applicable end as points_applicable,
    case
        when is_held
            then coalesce(100.0 * points_met / nullif(points_applicable, 0), score_pct)
    end as score_pct,
    records_planned,
    case when is_held then coalesce(records_audited, 0) else 0 end as records_audited,
    case when reported_on <= $as_of then reported_on end as reported_on,
    report_ref,
    case when cancelled_on <= $as_of then cancelled_on end as cancelled_on,
    -- Where the programme does not say, an audit falls due a year after it was held.
    case
        when is_held
            then coalesce(next_due_on, (held_on + interval 12 month)::date)
    end as next_due_on
from dated
