-- id:        L06
-- title:     Processing activities reviewed in 12 months
-- strand:    legal compliance
-- clauses:   6.3
-- question:  Has management reviewed each entry in the record of processing within 12 months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 1.1.2)
-- owner:     IG lead
-- reads:     assets
-- so what:   We cannot protect, or explain, what we have not listed.
-- warning:   30 days

-- An asset that holds personal data, or does not say that it does not, is a processing
-- activity. Its review counts for 12 months, less where the register says less. The register
-- itself is what management reviews (Toolkit 1.1.2).
select
    case_ref,
    home,
    coalesce(
        least(
            (reviewed_on + interval 12 month - interval 1 day)::date, review_due_on
        ),
        $as_of
    ) as happened_on,
    is_review_in_date as is_met
from assets($as_of)
where holds_personal_data
