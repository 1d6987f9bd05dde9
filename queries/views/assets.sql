-- subject: information assets in use on a day, as known
-- why:     an asset that does not say whether it holds personal data is taken to: leaving a
--          cell blank must take nothing out of the record of processing. The same for
--          whether it must be possible to restore a system.

select
    row_key as case_ref,
    fold(asset_ref) as asset_ref,
    name,
    home,
    asset_type,
    owner,
    fold(owner_staff_ref) as owner_staff_ref,
    administrator,
    coalesce(holds_personal_data, true) as holds_personal_data,
    data_subjects,
    data_types,
    coalesce(is_special_category, false) as is_special_category,
    purpose,
    lawful_basis,
    article_9_condition,
    retention_rule,
    retention_months,
    fold(processor_ref) as processor_ref,
    contract_ends_on,
    coalesce(needs_dpia, false) as needs_dpia,
    case when dpia_signed_on <= $as_of then dpia_signed_on end as dpia_signed_on,
    risk,
    coalesce(is_encrypted, false) as is_encrypted,
    coalesce(has_mfa, false) as has_mfa,
    coalesce(mfa_exception_on <= $as_of and mfa_exception_by is not null, false)
        as has_mfa_exception,
    supported_until,
    coalesce(supported_until >= $as_of, false) as is_supported,
    fold(risk_ref) as risk_ref,
    coalesce(
        needs_backup, asset_type in ('system', 'database')
    ) as needs_backup,
    restore_order,
    case when reviewed_on <= $as_of then reviewed_on end as reviewed_on,
    review_due_on,
    case
        when reviewed_on <= $as_of
            then least(
                (reviewed_on + interval 12 month - interval 1 day)::date, review_due_on
            )
    end as in_date_until,
    coalesce(
        reviewed_on <= $as_of
        and least(
            (reviewed_on + interval 12 month - interval 1 day)::date, review_due_on
        ) >= $as_of,
        false
    ) as is_review_in_date
from known_assets($as_of)
where
    (acquired_on is null or acquired_on <= $as_of)
    and (disposed_on is null or disposed_on > $as_of)
