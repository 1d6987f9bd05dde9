-- subject: the Toolkit's mandatory items of the versions that are answered on a day, as known
-- why:     an item that nobody answered has no row of its own: the list of items says what
--          is wanted, never a number of them. Items whose place on the list is not certain
--          ('?') are shown and not wanted.

with answered as (
    select distinct version
    from toolkit_answers($as_of)
)

select
    coalesce(answer.case_ref, answered.version || '|' || listed.item) as case_ref,
    'company' as home,
    answered.version,
    listed.item,
    listed.short_wording as wording,
    listed.strand,
    listed.policy_clause as clause,
    listed.mandatory_standards_met = 'Y' as is_mandatory,
    listed.confidence,
    answer.owner,
    answer.answer,
    answer.answered_on,
    answer.evidence_ref,
    answer.evidence_expires_on,
    answer.review_due_on,
    coalesce(answer.is_complete, false) as is_complete
from answered
inner join reference_dspt_evidence_items() as listed
    on starts_with(lower(listed.version), answered.version)
left join toolkit_answers($as_of) as answer
    on answered.version = answer.version and listed.item = answer.item
