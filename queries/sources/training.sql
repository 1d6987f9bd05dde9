-- title:     Training records
-- delivers:  snapshot
-- key:       home, staff_ref, category, course_name
-- repeats:   numbered
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     HR lead
-- kept:      10 years (RT05)
-- columns:
--   column          | needed | wanted         | example    | what it is
--   home            | yes    | a home         | Elm House  | Where the person works: the home's name or reference
--   staff_ref       | yes    | a reference    | S0014      | The reference used in the staff register
--   category        | yes    | a category code of ASC-WDS (26: data management and GDPR) | 26 | What the training was about
--   course_name     | no     | a name         | IG yearly  | The course
--   is_accredited   | no     | one of: yes, no, unknown | no | Whether it is accredited
--   delivered_by    | no     | one of: in-house, external | in-house | Who gave it
--   delivery_mode   | no     | one of: face to face, e-learning | e-learning | How it was given
--   validity_months | no     | a whole number of months from 1 to 999, or none | 12 | How long it counts
--   completed_on    | no     | a date         | 2026-03-09 | The day it was completed
--   expires_on      | no     | a date         | 2027-03-08 | The last day it counts
--   notes           | no     | text           | Passed     | Anything else; no names of residents

with cells as (
    select
        row,
        home,
        staff_ref,
        -- The 48 codes of the ASC-WDS bulk upload in 2026: 1 to 51 without 3, 4 and 24.
        case
            when
                as_whole(category) between 1 and 51
                and as_whole(category) not in (3, 4, 24)
                then as_whole(category)
        end as category,
        course_name,
        as_one_of(is_accredited, ['yes', 'no', 'unknown']) as is_accredited,
        as_one_of(delivered_by, ['in-house', 'external']) as delivered_by,
        as_one_of(delivery_mode, ['face to face', 'e-learning']) as delivery_mode,
        case
            when lower(validity_months) = 'none' then 'none'
            when as_whole(validity_months) between 1 and 999 then validity_months
        end as validity_months,
        as_date(completed_on) as completed_on,
        as_date(expires_on) as said_expires_on,
        notes
    from sent
),

dated as (
    select
        *,
        -- 24 months from 21 April 2024 end on 20 April 2026. ASC-WDS leaves it to be
        -- worked out where no expiry is given.
        (
            completed_on
            + to_months(try_cast(validity_months as integer))
            - interval 1 day
        )::date as valid_until
    from cells
)

select
    * exclude (said_expires_on, valid_until),
    coalesce(said_expires_on, valid_until) as expires_on,
    [
        refuse(
            length(staff_ref) > 50, 'staff_ref', 'a reference of at most 50 characters'
        ),
        refuse(
            completed_on > getvariable('taken_on'),
            'completed_on',
            'a day that is not after the day the file was taken'
        ),
        refuse(
            said_expires_on <= completed_on,
            'expires_on',
            'a day after it was completed'
        ),
        warn(
            completed_on is null,
            'completed_on',
            'the day it was completed; without it this training counts for nothing'
        ),
        warn(
            validity_months = 'none' and said_expires_on is not null,
            'expires_on',
            'no expiry, because the validity says none'
        ),
        warn(
            said_expires_on <> valid_until,
            'expires_on',
            'the day that completion and validity give; the earlier of the two counts'
        )
    ] as findings
from dated
