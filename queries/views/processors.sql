-- subject: processors and suppliers on a day, as known
-- why:     a supplier that does not say whether it handles personal data or supplies IT is
--          taken to. Article 28 terms count with a contract that is signed and has not
--          ended; a certificate counts to its last day.

with dated as (
    select
        *,
        coalesce(
            contract_signed_on <= $as_of and coalesce(contract_ends_on >= $as_of, true),
            false
        ) as has_contract
    from known_processors($as_of)
    where
        (started_on is null or started_on <= $as_of)
        and (ended_on is null or ended_on >= $as_of)
)

select
    row_key as case_ref,
    home,
    fold(processor_ref) as processor_ref,
    name,
    supplies,
    owner,
    coalesce(handles_personal_data, true) as handles_personal_data,
    relation,
    coalesce(is_it_supplier, true) as is_it_supplier,
    coalesce(destroys_records, false) as destroys_records,
    has_contract,
    contract_ends_on,
    has_contract and coalesce(has_article_28_terms, false) as has_article_28_terms,
    has_article_28_terms is not null as says_terms,
    coalesce(stores_outside_uk, false) as stores_outside_uk,
    safeguard,
    toolkit_status,
    toolkit_version,
    certificate,
    certificate_expires_on,
    coalesce(
        (certificate <> 'none' and certificate_expires_on >= $as_of)
        or (
            toolkit_status in ('Standards Met', 'Standards Exceeded')
            and toolkit_checked_on <= $as_of
            and toolkit_checked_on > $as_of - interval 12 month
        ),
        false
    ) as is_certified,
    -- The last day on which either counts.
    greatest(
        case when certificate <> 'none' then certificate_expires_on end,
        case
            when
                toolkit_status in ('Standards Met', 'Standards Exceeded')
                and toolkit_checked_on <= $as_of
                then (toolkit_checked_on + interval 12 month - interval 1 day)::date
        end
    ) as certified_until,
    case when due_diligence_on <= $as_of then due_diligence_on end as due_diligence_on,
    case when due_diligence_on <= $as_of then due_diligence end as due_diligence,
    case when reviewed_on <= $as_of then reviewed_on end as reviewed_on,
    review_due_on
from dated
