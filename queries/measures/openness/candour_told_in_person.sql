-- id:        O01
-- title:     Candour talks held in person in time
-- strand:    openness
-- clauses:   5.1
-- question:  Was the resident, or who acts for them, told in person of each safety incident?
-- kind:      flow
-- window:    12 months
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: reg 20(2) sets no number of days)
-- owner:     Nominated individual
-- reads:     incidents
-- so what:   Being open at once is what the duty of candour asks first.

-- Regulation 20(2) says as soon as reasonably practicable and sets no number of days. The
-- limit of 14 days (ten working days in a week without holidays) is the company's own. Where
-- nobody could be reached or wished to speak, the record of what was tried is what 20(5) asks.
-- Where a home has never said of any incident whether it is notifiable, it is not known.
with asked as (
    select
        *,
        count(is_notifiable_safety_incident) over (partition by home) > 0 as home_says
    from incidents($as_of)
)

select
    case_ref,
    home,
    (known_on + interval 14 day)::date as happened_on,
    coalesce(uk_day(told_in_person_at) <= known_on + interval 14 day, false)
    or (told_in_person_at is null and contact_attempts is not null) as is_met,
    home_says as is_known
from asked
where
    (is_notifiable_safety_incident or not home_says)
    and known_on + interval 14 day <= $as_of
