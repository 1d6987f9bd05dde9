-- part: who was in post where, from when until when, in all homes
-- why:  gone_from is the first day they were no longer there

select
    home,
    home_key,
    fold(staff_ref) as staff_ref,
    job_role,
    coalesce(started_on, date '1900-01-01') as started_on,
    coalesce(
        least(
            gone_on,
            (left_on + interval 1 day)::date,
            case when is_removed then sent_on end
        ),
        date '9999-12-31'
    ) as gone_from
from every_staff(date '9999-12-31')
where $as_of is not null
