-- id:        S18
-- title:     Devices and software still supported
-- strand:    information security
-- clauses:   7.1
-- question:  Is each device and all software still supported by its maker?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 8.1.4)
-- owner:     IT lead
-- reads:     assets, devices
-- so what:   No more repairs come for software that is out of support.
-- warning:   60 days

-- Devices in use, and the software on the register of assets. With no last day of support
-- given it is not supported; a risk accepted does not make it so. A lost device is S19's.
select
    'device|' || case_ref as case_ref,
    home,
    coalesce(supported_until, $as_of) as happened_on,
    is_supported as is_met
from devices($as_of)
where lost_on is null
union all
select
    'asset|' || case_ref as case_ref,
    home,
    coalesce(supported_until, $as_of) as happened_on,
    is_supported as is_met
from assets($as_of)
where asset_type = 'software'
