-- id:        S05
-- title:     Incidents and near misses reported
-- strand:    information security
-- clauses:   3.1b, 3.1h, 6.1, 6.2, 7.4
-- question:  How many incidents and near misses were reported?
-- kind:      count
-- window:    last full month
-- duty:      no
-- direction: neutral
-- target:    none
-- owner:     IG lead
-- reads:     incidents
-- so what:   More reports can mean more harm or more honesty; only the trend can tell.

select
    case_ref,
    home,
    known_on as happened_on,
    true as is_met
from incidents($as_of)
where kind <> 'not an incident'
