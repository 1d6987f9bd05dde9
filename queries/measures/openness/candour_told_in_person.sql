-- id:        O01
-- title:     Candour talks held in person in time
-- strand:    openness
-- clauses:   5.1
-- question:  Was the resident, or who acts for them, told in person of each safety incident?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional)
-- owner:     Registered managers
-- reads:     incidents
-- so what:   Being open at once is what the duty of candour asks first.

-- Regulation 20(2) says as soon as reasonably practicable and sets no number of days. The
-- limit of 14 days (ten working days in a week without holidays) is the company's own.
select
    case_ref,
    home,
    (known_on + interval 14 day)::date as happened_on,
    coalesce(uk_day(told_in_person_at) <= known_on + interval 14 day, false) as is_met
from incidents($as_of)
where is_notifiable_safety_incident and known_on + interval 14 day <= $as_of
