-- id:        S28
-- title:     Temporary and contracted people who acknowledged the policies
-- strand:    information security
-- clauses:   9.3, 10.3
-- question:  Have bank, agency, temporary and contracted people acknowledged the policies in force?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 9.3)
-- owner:     HR lead
-- reads:     staff, acknowledgements, policies
-- so what:   Those who come for a week read least and see as much.

-- The same question as of everybody, asked of those who come and go: bank, agency and
-- temporary staff, students, volunteers and contractors. Who does not say how they are
-- employed is not among them, and is among everybody.
select
    case_ref,
    home,
    $as_of as happened_on,
    has_acknowledged as is_met
from policies_acknowledged($as_of)
where
    employment in (
        'temporary', 'bank', 'agency', 'student', 'volunteer', 'contractor', 'other'
    )
