-- id:        L19
-- title:     IG policies approved by senior management
-- strand:    legal compliance
-- clauses:   10.2
-- question:  Is senior management's approval recorded for each IG policy in force?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 10.2)
-- owner:     Senior owner
-- reads:     policies
-- so what:   Staff should know that the top stands behind it.

-- A version that nobody approved is not in force (see the view policies): so asked is which
-- versions the register says are used. Of each policy the one that began last counts, and one
-- with no day cannot be told to be newer than one that has a day. Drafts and what was
-- withdrawn are not used.
with used as (
    select
        told.row_key as case_ref,
        told.home,
        told.policy_no
        || '|' || regexp_replace(lower(told.title), '[^a-z0-9]', '', 'g') as policy_key,
        told.version,
        coalesce(told.effective_from, told.approved_on) as began_on,
        coalesce(
            told.approved_on <= $as_of and told.approved_by is not null, false
        ) as is_approved
    from known_policies($as_of) as told
    where
        coalesce(told.status, 'in force') not in ('draft', 'withdrawn')
        and (told.withdrawn_on is null or told.withdrawn_on > $as_of)
        and coalesce(told.effective_from, told.approved_on, $as_of) <= $as_of
),

newest as (
    select
        *,
        row_number() over (
            partition by policy_key
            order by began_on desc nulls last, is_approved asc, version desc
        ) as nth
    from used
)

select
    case_ref,
    home,
    $as_of as happened_on,
    is_approved as is_met
from newest
where nth = 1
