-- subject: devices in use on a day, as known
-- why:     what is not answered is not so: a device that does not say that it is encrypted
--          is not, one with no day of support is not supported. A lost device stays, told
--          apart, until it is retired. Antivirus is current where it was updated in the
--          seven days up to the list itself: how old the list may grow is judged apart.

select
    row_key as case_ref,
    home,
    fold(device_ref) as device_ref,
    device_type,
    model,
    device_type in ('laptop', 'tablet', 'phone', 'removable media') as is_portable,
    coalesce(holds_personal_data, true) as holds_personal_data,
    coalesce(is_own_device, false) as is_own_device,
    coalesce(is_encrypted, false) as is_encrypted,
    coalesce(own_device_agreed_on <= $as_of, false) as is_own_device_agreed,
    coalesce(has_lock, false) as has_lock,
    coalesce(can_be_wiped, false) as can_be_wiped,
    fold(assigned_to) as assigned_to,
    operating_system,
    supported_until,
    coalesce(supported_until >= $as_of, false) as is_supported,
    fold(risk_ref) as risk_ref,
    last_patched_on,
    coalesce(
        needs_antivirus, device_type in ('laptop', 'desktop', 'server')
    ) as needs_antivirus,
    antivirus_updated_on,
    coalesce(antivirus_updated_on > sent_on - interval 7 day, false)
        as is_antivirus_current,
    coalesce(default_password_changed, false) as default_password_changed,
    last_seen_on,
    case when lost_on <= $as_of then lost_on end as lost_on,
    case when wiped_on <= $as_of then wiped_on end as wiped_on,
    fold(incident_ref) as incident_ref
from known_devices($as_of)
where retired_on is null or retired_on > $as_of
