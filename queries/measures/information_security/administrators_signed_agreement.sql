-- id:        S13
-- title:     Administrators with a signed agreement
-- strand:    information security
-- clauses:   7.1
-- question:  Has every administrator signed the agreement for privileged users?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 4.3.1)
-- owner:     IT lead
-- reads:     accounts
-- so what:   Those who can see everything should have promised something.

-- A case is an account that can change what others may do and can be used. A machine signs
-- nothing; an account that several use has nobody who signed. No day, no agreement.
select
    case_ref,
    home,
    $as_of as happened_on,
    agreement_signed_on is not null and account_kind <> 'shared' as is_met
from accounts($as_of)
where is_enabled and is_privileged and account_kind <> 'technical'
