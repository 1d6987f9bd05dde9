-- title:     Staff in post
-- delivers:  snapshot
-- key:       home, staff_ref
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     HR lead
-- kept:      6 years (RT04)
-- columns:
--   column          | needed | wanted        | example     | what it is
--   home            | yes    | a home        | Elm House   | Where the person works: the home's name or reference
--   staff_ref       | yes    | a reference   | S0014       | Your reference for the person; never a name or a National Insurance number
--   job_role        | no     | a word        | Care worker | The main job role, in words or by its ASC-WDS code
--   employment      | no     | one of: permanent, temporary, bank, agency, student, volunteer, contractor, director, other | permanent | How the person is employed
--   started_on      | no     | a date        | 2024-09-02  | First day in post
--   left_on         | no     | a date        | 2026-10-31  | Last day in post; blank while in post
--   is_long_absence | no     | yes or no     | no          | On long-term absence; such people stay in every count
--   has_access      | no     | yes or no     | yes         | The role has access to personal data; blank counts as yes
--   is_care_staff   | no     | yes or no     | yes         | The role writes in residents' records
--   confidentiality_signed_on | no | a date   | 2024-08-28  | The day the confidentiality clause was signed (Toolkit 2.2.1)
--   logins          | no     | logins, divided by semicolons | s0014 | The accounts the person uses, as the systems' logs call them
--   is_removed      | no     | yes or no     | no          | The row says that the person is to be taken off the register

with cells as (
    select
        row,
        home,
        staff_ref,
        job_role,
        as_one_of(
            employment,
            [
                'permanent', 'temporary', 'bank', 'agency', 'student', 'volunteer',
                'contractor', 'director', 'other'
            ]
        ) as employment,
        as_date(started_on) as started_on,
        as_date(left_on) as left_on,
        as_yes_no(is_long_absence) as is_long_absence,
        as_yes_no(has_access) as has_access,
        as_yes_no(is_care_staff) as is_care_staff,
        as_date(confidentiality_signed_on) as confidentiality_signed_on,
        list_transform(string_split(logins, ';'), lambda login: fold(login)) as logins,
        as_yes_no(is_removed) as is_removed
    from sent
)

select
    *,
    [
        refuse(
            length(staff_ref) > 50, 'staff_ref', 'a reference of at most 50 characters'
        ),
        refuse(
            left_on < started_on, 'left_on', 'a day on or after the first day in post'
        ),
        refuse_future(confidentiality_signed_on, 'confidentiality_signed_on'),
        warn(
            started_on > getvariable('taken_on'),
            'started_on',
            'a first day that has come; this person is not counted before it'
        ),
        warn(started_on is null, 'started_on', 'the first day in post')
    ] as findings
from cells
