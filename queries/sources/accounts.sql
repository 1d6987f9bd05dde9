-- title:     Accounts in systems
-- delivers:  snapshot
-- key:       system, login
-- whole for: system
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     IT lead
-- columns:
--   column              | needed | wanted                 | example      | what it is
--   system              | yes    | a name                 | Care records | The system the account is in
--   login               | yes    | a login                | s0014        | The account, as the system and its log call it; never a person's name
--   home                | yes    | a home, or company     | Elm House    | The home of the person it belongs to; company where it belongs to no one home
--   staff_ref           | no     | a reference            | S0014        | Whose it is: the reference in the staff register; blank for shared and technical accounts
--   account_kind        | no     | one of: person, shared, technical, supplier | person       | Whether one person uses it, several do, a machine or a supplier
--   permissions         | no     | a role in the system   | Carer        | What it may do there, in the system's own word
--   is_enabled          | yes    | yes or no              | yes          | Whether it can be used
--   is_privileged       | no     | yes or no              | no           | Whether it can change what others may do, or the system itself
--   agreement_signed_on | no     | a date                 | 2026-02-10   | The day the administrators' agreement was signed (Toolkit 4.3.1)
--   has_second_factor   | no     | yes or no              | yes          | Whether signing in needs more than a password (Toolkit 4.5.3)
--   created_on          | no     | a date                 | 2024-09-02   | The day it was made
--   disabled_on         | no     | a date                 | -            | The day it was switched off; blank while it can be used
--   last_used_on        | no     | a date                 | 2026-10-30   | The day it was last used

with cells as (
    select
        row,
        system,
        login,
        home,
        staff_ref,
        as_one_of(
            account_kind, ['person', 'shared', 'technical', 'supplier']
        ) as account_kind,
        permissions,
        as_yes_no(is_enabled) as is_enabled,
        as_yes_no(is_privileged) as is_privileged,
        as_date(agreement_signed_on) as agreement_signed_on,
        as_yes_no(has_second_factor) as has_second_factor,
        as_date(created_on) as created_on,
        as_date(disabled_on) as disabled_on,
        as_date(last_used_on) as last_used_on
    from sent
)

select
    *,
    [
        refuse_future(agreement_signed_on, 'agreement_signed_on'),
        refuse_future(created_on, 'created_on'),
        refuse_future(disabled_on, 'disabled_on'),
        refuse_future(last_used_on, 'last_used_on'),
        refuse(
            disabled_on < created_on, 'disabled_on', 'a day on or after it was made'
        ),
        refuse(
            last_used_on < created_on, 'last_used_on', 'a day on or after it was made'
        ),
        warn(
            is_enabled and disabled_on is not null,
            'disabled_on',
            'no day of switching off, since it can be used; it counts as enabled'
        ),
        warn(
            not is_enabled and disabled_on is null,
            'disabled_on',
            'the day it was switched off; until a file says so it counts as enabled'
        ),
        warn(
            is_enabled
            and staff_ref is null
            and coalesce(account_kind, 'person') = 'person',
            'staff_ref',
            'whose account it is; without it a leaver is not found out'
        )
    ] as findings
from cells
