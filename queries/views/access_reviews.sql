-- subject: reviews of who has access, as they stood at the end of a day, as known
-- why:     a review is done when a day says so. What it changed counts as carried out only
--          from the day it was made in the system: a list of removals removes nobody.

with dated as (
    select
        *,
        coalesce(done_on <= $as_of, false) as is_done
    from known_access_reviews($as_of)
)

select
    row_key as case_ref,
    review_ref,
    system,
    home,
    planned_on,
    is_done,
    case when is_done then done_on end as done_on,
    case when cancelled_on <= $as_of then cancelled_on end as cancelled_on,
    case when is_done then done_by end as done_by,
    case when is_done then accounts_reviewed end as accounts_reviewed,
    case when is_done then accounts_kept end as accounts_kept,
    case when is_done then accounts_changed end as accounts_changed,
    case when is_done then accounts_removed end as accounts_removed,
    case when carried_out_on <= $as_of then carried_out_on end as carried_out_on,
    evidence_ref,
    case when is_done then next_due_on end as next_due_on
from dated
