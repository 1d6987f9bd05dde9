-- title:     Devices
-- delivers:  snapshot
-- key:       home, device_ref
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     IT lead
-- columns:
--   column               | needed | wanted             | example           | what it is
--   home                 | yes    | a home, or company | Elm House         | Where it belongs: the home by name or reference; company for head office
--   device_ref           | yes    | a reference        | LAP-0031          | The number on the device
--   device_type          | yes    | one of: laptop, tablet, phone, removable media, desktop, server, network equipment, printer, CCTV recorder, other | laptop            | What sort of device it is; the first four are portable
--   model                | no     | a name             | Model 14 of 2024  | Make and model
--   holds_personal_data  | no     | yes or no          | yes               | Information about people can be on it
--   is_own_device        | no     | yes or no          | no                | It is the person's own (Toolkit 1.3.11)
--   own_device_agreed_on | no     | a date             | -                 | The day the terms for own devices were signed, where it is their own
--   is_encrypted         | no     | yes or no          | yes               | It is encrypted
--   has_lock             | no     | yes or no          | yes               | It locks itself and wants a PIN or more (Toolkit 1.3.14)
--   can_be_wiped         | no     | yes or no          | yes               | It can be locked or wiped from afar
--   assigned_to          | no     | a reference        | S0014             | Who has it, by the reference in the staff register; blank where shared
--   assigned_on          | no     | a date             | 2026-01-12        | Since when
--   operating_system     | no     | a name             | Desktop system 11 | What runs on it
--   supported_until      | no     | a date             | 2028-10-31        | The last day the maker supports it
--   risk_ref             | no     | a reference        | -                 | The risk accepted, where it is no longer supported
--   last_patched_on      | no     | a date             | 2026-11-10        | The day updates were last installed
--   needs_antivirus      | no     | yes or no          | yes               | Antivirus can run on it
--   antivirus_updated_on | no     | a date             | 2026-11-20        | The day its antivirus was last up to date
--   default_password_changed | no     | yes or no          | yes               | For network equipment: the password it came with was changed
--   last_seen_on         | no     | a date             | 2026-11-20        | The day it was last heard of
--   lost_on              | no     | a date             | -                 | The day it was lost or stolen, where it was; leave blank otherwise
--   wiped_on             | no     | a date             | -                 | The day it was wiped or locked after that
--   incident_ref         | no     | a reference        | -                 | The incident, where it was lost
--   retired_on           | no     | a date             | -                 | The day it goes out of use; blank while in use

with cells as (
    select
        row,
        home,
        device_ref,
        as_one_of(
            device_type,
            [
                'laptop', 'tablet', 'phone', 'removable media', 'desktop', 'server',
                'network equipment', 'printer', 'CCTV recorder', 'other'
            ]
        ) as device_type,
        model,
        as_yes_no(holds_personal_data) as holds_personal_data,
        as_yes_no(is_own_device) as is_own_device,
        as_date(own_device_agreed_on) as own_device_agreed_on,
        as_yes_no(is_encrypted) as is_encrypted,
        as_yes_no(has_lock) as has_lock,
        as_yes_no(can_be_wiped) as can_be_wiped,
        assigned_to,
        as_date(assigned_on) as assigned_on,
        operating_system,
        as_date(supported_until) as supported_until,
        risk_ref,
        as_date(last_patched_on) as last_patched_on,
        as_yes_no(needs_antivirus) as needs_antivirus,
        as_date(antivirus_updated_on) as antivirus_updated_on,
        as_yes_no(default_password_changed) as default_password_changed,
        as_date(last_seen_on) as last_seen_on,
        as_date(lost_on) as lost_on,
        as_date(wiped_on) as wiped_on,
        incident_ref,
        as_date(retired_on) as retired_on
    from sent
)

select
    *,
    [
        refuse_future(assigned_on, 'assigned_on'),
        refuse_future(last_patched_on, 'last_patched_on'),
        refuse_future(antivirus_updated_on, 'antivirus_updated_on'),
        refuse_future(last_seen_on, 'last_seen_on'),
        refuse_future(lost_on, 'lost_on'),
        refuse_future(wiped_on, 'wiped_on'),
        refuse_future(own_device_agreed_on, 'own_device_agreed_on'),
        warn(
            is_own_device and own_device_agreed_on is null,
            'own_device_agreed_on',
            'the day the terms for own devices were signed'
        ),
        refuse(wiped_on < lost_on, 'wiped_on', 'a day on or after it was lost'),
        warn(
            device_type in ('laptop', 'tablet', 'phone', 'removable media')
            and is_encrypted is null,
            'is_encrypted',
            'yes or no; unanswered counts as not encrypted'
        ),
        warn(
            lost_on is not null and incident_ref is null,
            'incident_ref',
            'the incident, since it was lost'
        ),
        warn(
            supported_until is null,
            'supported_until',
            'the last day the maker supports it; without it the device counts as '
            || 'unsupported'
        ),
        warn(
            supported_until < getvariable('taken_on') and risk_ref is null,
            'risk_ref',
            'the accepted risk, since it is no longer supported'
        ),
        warn(
            coalesce(needs_antivirus, true) and antivirus_updated_on is null,
            'antivirus_updated_on',
            'the day its antivirus was last up to date'
        ),
        warn(
            device_type = 'network equipment' and default_password_changed is null,
            'default_password_changed',
            'yes or no; unanswered counts as no'
        )
    ] as findings
from cells
