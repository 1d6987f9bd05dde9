-- subject: accounts on a day, as the newest list of each system has them
-- why:     an account counts as enabled until a list says that it is not: what was left
--          blank must not look like access that ended. ever_accounts says when one that a
--          list left out was last there.

select
    row_key as case_ref,
    home,
    home_key,
    system,
    fold(login) as login,
    fold(staff_ref) as staff_ref,
    coalesce(account_kind, 'person') as account_kind,
    permissions,
    is_enabled or disabled_on is null or disabled_on > $as_of as is_enabled,
    coalesce(is_privileged, false) as is_privileged,
    case when agreement_signed_on <= $as_of then agreement_signed_on
    end as agreement_signed_on,
    has_second_factor,
    created_on,
    case when not is_enabled and disabled_on <= $as_of then disabled_on
    end as disabled_on,
    case when last_used_on <= $as_of then last_used_on end as last_used_on,
    sent_on
from known_accounts($as_of)
where created_on is null or created_on <= $as_of
