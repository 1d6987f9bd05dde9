-- id:        L03
-- title:     IG policies in date
-- strand:    legal compliance
-- clauses:   1.2, 3.1e, 4.1a, 4.1b, 4.1c, 4.1d, 4.1f, 6.3, 8.1, 9c
-- question:  Is each IG policy and procedure inside its yearly review?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (policy 10.4)
-- owner:     IG lead
-- reads:     policies
-- so what:   Staff follow the copy on the wall: it must be right.
-- warning:   60 days

-- Clause 4.1 names five policies, by number or by what they are about. One of them that is
-- not in force, or not on the register at all, is not met like one past its review. Two of
-- them share the number 118 and are told apart by their titles.
with in_force as (
    select * from policies($as_of)
),

named as (
    select
        listed.policy_no,
        listed.said,
        listed.otherwise,
        listed.what
    from (
        values
        ('117|', 'recordkeeping', '^$', 'Record Keeping'),
        ('-', 'confidentiality', 'conduct', 'Confidentiality'),
        ('115|', 'continuity', '^$', 'Business Continuity Planning'),
        ('090|', 'breach', '^$', 'Data Security Breach'),
        ('-', 'conduct', '^$', 'Staff Confidentiality Code of Conduct')
    ) as listed (policy_no, said, otherwise, what)
),

keys as (
    select coalesce(list(policy_key), []) as found
    from in_force
),

asked as (
    select
        named.policy_no,
        named.said,
        named.otherwise,
        named.what,
        keys.found
    from named
    cross join keys
),

missing as (
    select what
    from asked
    where
        len(
            list_filter(
                found,
                lambda policy: starts_with(policy, policy_no)
                or (
                    contains(policy, said) and not regexp_matches(policy, otherwise)
                )
            )
        ) = 0
)

select
    case_ref,
    home,
    in_date_until as happened_on,
    in_date_until >= $as_of as is_met
from in_force
union all
select
    'not in force|' || missing.what as case_ref,
    the_company.home,
    $as_of as happened_on,
    false as is_met
from missing
cross join the_company($as_of) as the_company
