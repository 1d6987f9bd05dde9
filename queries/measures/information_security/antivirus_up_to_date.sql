-- id:        S20
-- title:     Devices with antivirus up to date
-- strand:    information security
-- clauses:   7.1
-- question:  Is antivirus current on each device?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 6.2.1)
-- owner:     IT lead
-- reads:     devices
-- so what:   Yesterday's antivirus knows yesterday's viruses.

-- Current is an update less than a week before the list of devices was made: how old the
-- list may grow is judged apart. No day of an update, not current. A lost device is S19's.
select
    case_ref,
    home,
    $as_of as happened_on,
    is_antivirus_current as is_met
from devices($as_of)
where needs_antivirus and lost_on is null
