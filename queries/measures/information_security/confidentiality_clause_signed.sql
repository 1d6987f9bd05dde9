-- id:        S23
-- title:     Staff with a signed confidentiality clause
-- strand:    information security
-- clauses:   3.1b, 4.1b, 4.1f, 7.3
-- question:  Has everybody in post signed the clause on confidentiality and data security?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 2.2.1)
-- owner:     HR lead
-- reads:     homes, staff, starter_checks
-- so what:   The clause is what a promise to keep quiet looks like in law.

-- Signed is what the staff register says, or the checks made when the person started. Where
-- a home has told of nobody's signature at all, the column was never sent: not known.
with signed as (
    select
        staff.case_ref,
        staff.home,
        coalesce(staff.confidentiality_signed_on, checks.clause_signed_on) as signed_on
    from staff($as_of) as staff
    left join starter_checks($as_of) as checks
        on staff.home_key = checks.home_key and staff.staff_ref = checks.staff_ref
)

select
    case_ref,
    home,
    $as_of as happened_on,
    signed_on is not null as is_met,
    count(signed_on) over (partition by home) > 0 as is_known
from signed
