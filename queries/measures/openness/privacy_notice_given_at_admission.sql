-- id:        O11
-- title:     Privacy notices given at admission
-- strand:    openness
-- clauses:   5.2, 9i
-- question:  Did each resident admitted get the privacy notice?
-- kind:      flow
-- window:    last full month
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 1.1.3)
-- owner:     Registered managers
-- reads:     residents, privacy_notices
-- so what:   People should not be surprised by what is done with their information.

-- Asked for a week after the first day: the company's own reading of "at admission". A notice
-- given before counts, to the resident or to who acts for them. Somebody who left within the
-- week is not asked about; somebody who left later still is. A resident without a day of
-- admission cannot be placed: the import says so.
with given as (
    select
        home_key,
        person_ref,
        min(done_on) as first_given_on
    from privacy_notices($as_of)
    where act = 'issued' and coalesce(audience in ('residents', 'relatives'), true)
    group by home_key, person_ref
),

admitted as (
    select
        *,
        (admitted_on + interval 7 day)::date as due_on
    from residents_ever($as_of)
)

select
    admitted.case_ref,
    admitted.home,
    admitted.due_on as happened_on,
    coalesce(given.first_given_on <= admitted.due_on, false) as is_met
from admitted
left join given
    on
        admitted.home_key = given.home_key
        and admitted.resident_ref = given.person_ref
where
    admitted.due_on <= $as_of
    and (admitted.gone_from is null or admitted.gone_from > admitted.due_on)
