-- subject: information governance training by person, as known on a day
-- why:     ASC-WDS code 26 is data management and GDPR, the yearly IG course.
--          A blank expiry means completed + the months of validity - 1 day, and 12 months
--          where none are given: the policy's training is yearly, whatever the file leaves
--          out. Where an expiry and a validity disagree, the earlier day counts, and never
--          later than 12 months after completion.

with completed as (
    select
        home,
        home_key,
        fold(staff_ref) as staff_ref,
        completed_on,
        (completed_on + interval 12 month - interval 1 day)::date as year_ends_on,
        (
            completed_on
            + to_months(try_cast(nullif(validity_months, 'none') as integer))
            - interval 1 day
        )::date as validity_ends_on,
        expires_on
    from known_training($as_of)
    where category = 26 and completed_on <= $as_of
)

select
    home,
    home_key,
    staff_ref,
    min(completed_on) as first_completed_on,
    max(completed_on) as completed_on,
    max(
        least(
            year_ends_on,
            coalesce(validity_ends_on, year_ends_on),
            coalesce(expires_on, year_ends_on)
        )
    ) as in_date_until
from completed
group by home, home_key, staff_ref
