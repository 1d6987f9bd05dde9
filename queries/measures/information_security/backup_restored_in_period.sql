-- id:        S22
-- title:     Systems with a restore test in period
-- strand:    information security
-- clauses:   3.1c, 3.1f
-- question:  Was a backup of each system restored, and what was asked for brought back, in its period?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 7.3.4)
-- owner:     IT lead
-- reads:     assets, restore_tests
-- so what:   A backup is only known to work when it has been restored.
-- warning:   30 days

-- Each system that it must be possible to restore. Its newest test counts, and it must have
-- brought back what was asked for: a success before a failure is no comfort. It is in date
-- for twelve months, or to the day by which the next is planned where that is earlier.
with tested as (
    select
        system_ref,
        home,
        held_on,
        is_restored,
        least((held_on + interval 12 month - interval 1 day)::date, next_due_on)
            as in_date_until,
        row_number() over (
            partition by system_ref, home
            order by held_on desc, is_restored asc, case_ref asc
        ) as nth
    from restore_tests($as_of)
    where is_held
)

select
    assets.case_ref,
    assets.home,
    case when tested.is_restored then tested.in_date_until else $as_of
    end as happened_on,
    coalesce(tested.is_restored and tested.in_date_until >= $as_of, false) as is_met
from assets($as_of) as assets
left join tested
    on
        assets.asset_ref = tested.system_ref
        and assets.home = tested.home
        and tested.nth = 1
where assets.needs_backup
