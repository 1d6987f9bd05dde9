-- id:        S15
-- title:     Access alerts reviewed
-- strand:    information security
-- clauses:   3.1a, 9h
-- question:  Was each access alert looked into, with an outcome, within two working days?
-- kind:      flow
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: NHS guidance for privacy officers)
-- owner:     IG lead
-- reads:     access_events, accounts, journal, residents, rota, staff
-- so what:   An alert that nobody looks into protects nobody.

-- An alert is what a rule of access found, at a home; it falls due on the second working day
-- after the day it was found. Looked into is what was closed as justified, closed as not
-- justified, or escalated to an incident: asking somebody is no outcome yet. An alert that a
-- late rota or register explained away is none.
select
    rule || '|' || case_ref as case_ref,
    home,
    review_due_on as happened_on,
    is_reviewed_in_time as is_met
from exceptions_reviewed($as_of)
where review_due_on <= $as_of
