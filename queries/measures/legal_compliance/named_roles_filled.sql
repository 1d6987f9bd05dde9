-- id:        L17
-- title:     Named IG roles filled
-- strand:    legal compliance
-- clauses:   1.2, 6.3, 8.3, 9f
-- question:  Is each named role, with its deputy, filled by somebody in post?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 1.1.5)
-- owner:     Nominated individual
-- reads:     named_roles, staff, homes
-- so what:   What is everybody's task is done by nobody.

-- The IG lead, the senior owner (or SIRO) and the Caldicott Guardian must be there, each with
-- a deputy; so must whoever else the register names, a data protection officer with a deputy.
-- The others need none. A leaver holds nothing. A role of a home that is not open is gone.
with listed as (
    select
        named.*,
        case when named.role = 'SIRO' then 'senior owner' else named.role end as wanted
    from named_roles($as_of) as named
    left join homes($as_of) as homes on named.home = homes.home
    where named.home = 'company' or homes.home is not null
),

held as (
    select distinct wanted
    from listed
    where home = 'company'
),

missing as (
    select required.role
    from (
        values ('IG lead'), ('senior owner'), ('Caldicott Guardian')
    ) as required (role)
    left join held on required.role = held.wanted
    where held.wanted is null
),

posts as (
    select
        case_ref || '|holder' as case_ref,
        home,
        is_filled as is_met
    from listed
    union all
    select
        case_ref || '|deputy' as case_ref,
        home,
        has_deputy as is_met
    from listed
    where
        home = 'company'
        and wanted in (
            'IG lead', 'senior owner', 'Caldicott Guardian', 'data protection officer'
        )
    union all
    select
        'company|' || lower(missing.role) || '|' || post.post as case_ref,
        the_company.home,
        false as is_met
    from missing
    cross join (values ('holder'), ('deputy')) as post (post)
    cross join the_company($as_of) as the_company
)

select
    case_ref,
    home,
    $as_of as happened_on,
    is_met
from posts
