-- subject: data-sharing agreements that count on a day, as known
-- why:     unsigned it is a draft. Where no day of review is set, it is a year after the
--          last, or after it was signed; a past last day is out of date as well.

with dated as (
    select
        *,
        case when reviewed_on <= $as_of then reviewed_on end as reviewed_by_then
    from known_sharing_agreements($as_of)
    where
        signed_on <= $as_of
        and (starts_on is null or starts_on <= $as_of)
        and (ended_on is null or ended_on >= $as_of)
)

select
    row_key as case_ref,
    fold(agreement_ref) as agreement_ref,
    home,
    title,
    party,
    party_type,
    purpose,
    data_types,
    lawful_basis,
    legal_gateway,
    owner,
    signed_on,
    ends_on,
    reviewed_by_then as reviewed_on,
    coalesce(
        review_due_on,
        (coalesce(reviewed_by_then, signed_on) + interval 12 month)::date
    ) as review_due_on,
    coalesce(
        review_due_on,
        (coalesce(reviewed_by_then, signed_on) + interval 12 month)::date
    ) >= $as_of
    and coalesce(ends_on >= $as_of, true) as is_in_date
from dated
