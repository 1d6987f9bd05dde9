-- subject: courses completed by a day, by person, and how long each counts, as known
-- why:     of any course but the yearly IG one (ig_training): it counts to the expiry or to
--          the end of its validity that the file gives, the earlier where both are given. A
--          blank, and a validity of "none", mean 12 months: the company's own reading, so
--          that a cell left out makes no training last for ever.

with completed as (
    select
        row_key,
        home,
        home_key,
        fold(staff_ref) as staff_ref,
        category,
        fold(course_name) as course_name,
        completed_on,
        (
            completed_on
            + to_months(try_cast(nullif(validity_months, 'none') as integer))
            - interval 1 day
        )::date as validity_ends_on,
        expires_on
    from known_training($as_of)
    where completed_on <= $as_of
)

select
    row_key as case_ref,
    home,
    home_key,
    staff_ref,
    category,
    course_name,
    completed_on,
    coalesce(
        least(validity_ends_on, expires_on),
        (completed_on + interval 12 month - interval 1 day)::date
    ) as in_date_until
from completed
