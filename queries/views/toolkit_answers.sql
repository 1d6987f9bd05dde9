-- subject: answers to the Toolkit's items, by version and item, as known on a day
-- why:     an item is complete on the day it was answered, with evidence that is kept
--          somewhere and still counts. One that does not apply wants a reason in place of
--          evidence. Items are keyed with their version: their numbers changed.

select
    row_key as case_ref,
    home,
    version,
    item,
    owner,
    case when answered_on <= $as_of then answer end as answer,
    comment,
    case when answered_on <= $as_of then answered_on end as answered_on,
    evidence_ref,
    evidence_expires_on,
    coalesce(evidence_expires_on < $as_of, false) as is_evidence_expired,
    case when approved_on <= $as_of then approved_on end as approved_on,
    case when reviewed_on <= $as_of then reviewed_on end as reviewed_on,
    coalesce(
        review_due_on,
        (
            coalesce(case when reviewed_on <= $as_of then reviewed_on end, answered_on)
            + interval 12 month
        )::date
    ) as review_due_on,
    coalesce(
        answered_on <= $as_of
        and (
            (
                answer = 'complete'
                and evidence_ref is not null
                and coalesce(evidence_expires_on >= $as_of, true)
            )
            or (answer = 'not applicable' and comment is not null)
        ),
        false
    ) as is_complete
from known_toolkit_answers($as_of)
