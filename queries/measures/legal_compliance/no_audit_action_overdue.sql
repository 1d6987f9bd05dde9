-- id:        L05
-- title:     Audit actions overdue
-- strand:    legal compliance
-- clauses:   6.5
-- question:  Is any action from an audit past its date?
-- kind:      count
-- window:    day
-- duty:      no
-- direction: lower
-- target:    0 (company, provisional: ISO 27001 9.3.2)
-- owner:     Senior owner
-- reads:     actions, findings
-- so what:   A finding left open is a risk that was accepted by nobody.

-- Actions of audit findings, and findings of audits that have no action: what nobody was
-- given to do is late all the same. An observation asks for nothing. On its last day an
-- action is not late yet.
select
    'action|' || case_ref as case_ref,
    home,
    least(due_on, $as_of) as happened_on,
    not is_overdue as is_met
from actions($as_of)
where is_open and source_type = 'audit finding'
union all
select
    'finding|' || case_ref as case_ref,
    home,
    least(due_on, $as_of) as happened_on,
    not is_overdue as is_met
from findings($as_of)
where
    is_open
    and source_type = 'audit'
    and grade <> 'observation'
    and action_ref is null
