-- check: the exceptions found, and not withdrawn since, are those listed now
-- finds: every case that is on one of the two lists only

with found as (
    select
        rule,
        case_ref,
        home,
        happened_on,
        person
    from exceptions_found(date '9999-12-31')
),

listed as (
    select
        'AR07' as rule,
        case_ref,
        home,
        day as happened_on,
        person
    from ready_night_access_off_shift
    union all
    select
        rule,
        case_ref,
        home,
        day as happened_on,
        person
    from access_exceptions(date '9999-12-31')
    where rule <> 'AR07'
)

(
    select * from found
    except all
    select * from listed
)
union all
(
    select * from listed
    except all
    select * from found
)
