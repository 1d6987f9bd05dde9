-- subject: records and equipment disposed of by a day, as known
-- why:     a certificate counts from its own day, or with the disposal where it has none.
--          What was gone on or before the last day it had to be kept went early: that is
--          told, not hidden.

select
    disposal.row_key as case_ref,
    disposal.home,
    disposal.disposal_ref,
    disposal.what,
    disposal.record_type,
    disposal.rule_code,
    coalesce(disposal.records, 1) as records,
    disposal.kept_until,
    fold(disposal.record_ref) as record_ref,
    fold(disposal.asset_ref) as asset_ref,
    disposal.authorised_by,
    disposal.disposed_on,
    disposal.method,
    fold(disposal.processor_ref) as processor_ref,
    case
        when coalesce(disposal.certificate_on, disposal.disposed_on) <= $as_of
            then disposal.certificate_ref
    end as certificate_ref,
    coalesce(disposal.disposed_on <= disposal.kept_until, false) as is_early,
    coalesce(disposal.authorised_on <= disposal.disposed_on, false)
    and disposal.authorised_by is not null as is_authorised
from known_disposals($as_of) as disposal
where disposal.disposed_on <= $as_of
