-- id:        S09
-- title:     Repeat incidents
-- strand:    information security
-- clauses:   3.1h, 7.4
-- question:  Did the same weakness cause another incident within three calendar months?
-- kind:      count
-- window:    12 months
-- duty:      no
-- direction: lower
-- target:    0 (company, provisional: repeat as the Toolkit defines it in 6.3.5)
-- owner:     IG lead
-- reads:     incidents
-- so what:   A repeat says that the lesson did not hold.

-- Toolkit 6.3.5: the same weakness within three calendar months. The same is here: at the
-- same home, of the same sort and from the same cause. The day three months after the
-- earlier one still counts. Where sort or cause is left blank or unknown nothing shows a
-- repeat; S08 asks for the cause before an incident counts as closed.
with weakness as (
    select
        case_ref,
        home,
        known_on,
        lag(known_on) over (
            partition by
                home,
                incident_type,
                cause,
                case
                    when incident_type is null or coalesce(cause, 'unknown') = 'unknown'
                        then case_ref
                end
            order by known_on, case_ref
        ) as before_on
    from incidents($as_of)
    where kind <> 'not an incident'
)

select
    case_ref,
    home,
    known_on as happened_on,
    coalesce(before_on + interval 3 month < known_on, true) as is_met
from weakness
