-- id:        O03
-- title:     Candour apologies recorded
-- strand:    openness
-- clauses:   5.1
-- question:  Is an apology recorded both in the talk and in the letter?
-- kind:      flow
-- window:    12 months
-- duty:      yes
-- direction: higher
-- target:    100% from 2015-04-01 (law: HSCA 2008 (Regulated Activities) Regulations 2014 reg 20(3)(d))
-- owner:     Nominated individual
-- reads:     incidents
-- so what:   An apology is no admission of liability, and its absence is remembered.

-- Regulation 20 asks for it twice: in the talk (20(3)(d)) and in the letter (20(4)(d)). A
-- blank is none. Where a home has never said of any letter whether it holds one, the letter's
-- half is not known; where it has never said which incidents are notifiable, nothing is.
-- Where nobody could be reached or wished to speak, and that is written down, none is owed.
with asked as (
    select
        *,
        count(is_notifiable_safety_incident) over (partition by home) > 0 as home_says,
        count(apology_in_notice) over (partition by home) > 0 as home_says_of_letters
    from incidents($as_of)
)

select
    case_ref,
    home,
    (known_on + interval 28 day)::date as happened_on,
    coalesce(apology_recorded and apology_in_notice, false) as is_met,
    home_says
    and (home_says_of_letters or not coalesce(apology_recorded, false)) as is_known
from asked
where
    (is_notifiable_safety_incident or not home_says)
    and known_on + interval 28 day <= $as_of
    and (told_in_person_at is not null or contact_attempts is null)
