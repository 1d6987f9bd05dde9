-- subject: records and equipment disposed of by a day, as known
-- why:     a certificate counts from its own day, or with the disposal where it has none.
--          What had to be kept longer, by the line or by its rule, was disposed of early:
--          that is told, not hidden.

select
    disposal.row_key as case_ref,
    disposal.home,
    disposal.disposal_ref,
    disposal.what,
    disposal.record_type,
    disposal.rule_code,
    coalesce(disposal.records, 1) as records,
    disposal.kept_until,
    disposal.record_ref,
    disposal.asset_ref,
    disposal.authorised_by,
    disposal.disposed_on,
    disposal.method,
    disposal.processor_ref,
    case
        when coalesce(disposal.certificate_on, disposal.disposed_on) <= $as_of
            then disposal.certificate_ref
    end as certificate_ref,
    coalesce(disposal.disposed_on <= disposal.kept_until, false) as is_early,
    coalesce(disposal.authorised_on <= disposal.disposed_on, false)
    and disposal.authorised_by is not null as is_authorised
from known_disposals($as_of) as disposal
where disposal.disposed_on <= $as_of
