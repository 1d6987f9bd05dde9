-- subject: policies given out to people, and acknowledged by a day, as known
-- why:     to have read an old version is not to have read the one in force: is_current
--          says whether the version is the one that binds on that day. Somebody in nobody's
--          register, a contractor, counts by what the line says of the employment.

select
    told.row_key as case_ref,
    told.home,
    told.home_key,
    fold(told.staff_ref) as staff_ref,
    told.employment,
    told.policy_no,
    told.policy_title,
    told.policy_no
    || '|' || regexp_replace(lower(told.policy_title), '[^a-z0-9]', '', 'g')
        as policy_key,
    told.version,
    told.issued_on,
    case when told.acknowledged_on <= $as_of then told.acknowledged_on
    end as acknowledged_on,
    told.method,
    policy.policy_key is not null as is_current
from known_acknowledgements($as_of) as told
left join policy_versions_for_all($as_of) as policy
    on policy.is_current
    and policy.policy_key = told.policy_no
    || '|' || regexp_replace(lower(told.policy_title), '[^a-z0-9]', '', 'g')
    and fold(policy.version) = fold(told.version)
where told.issued_on <= $as_of
