-- title:     Privacy notices given and reviewed
-- delivers:  changes
-- key:       notice_ref
-- happened:  done_on
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column      | needed | wanted                 | example              | what it is
--   notice_ref  | yes    | a reference            | PRN-2026-031         | The number of this line in your register
--   home        | yes    | a home, or company     | Elm House            | Where it was given; company for the review of a notice that all homes use
--   notice      | yes    | a name                 | Notice for residents | Which notice
--   version     | no     | a version such as 1.10 | 1.10                 | Its version, as printed on it; text, not a number
--   act         | yes    | one of: approved, reviewed, issued | issued               | A version was approved, a notice was reviewed, or it was given to somebody
--   done_on     | yes    | a date                 | 2026-03-02           | The day of that
--   audience    | no     | one of: residents, relatives, staff, applicants, visitors, other | residents            | For whom the notice is
--   person_ref  | no     | a pseudonym            | R0007                | To whom it was given: the reference among residents or staff; blank for a review
--   given_to    | no     | one of: person, attorney or deputy, relative | person               | Who took it
--   method      | no     | one of: by hand, post, email, online, read aloud | by hand              | How it was given
--   form        | no     | one of: standard, easy read, large print, other language, audio | easy read            | In which form
--   done_by     | no     | a role                 | Home manager         | Who gave, reviewed or approved it
--   changes     | no     | text                   | -                    | What was changed, after a review
--   next_due_on | no     | a date                 | -                    | The day by which the notice is to be reviewed again

with cells as (
    select
        row,
        notice_ref,
        home,
        notice,
        version,
        as_one_of(act, ['approved', 'reviewed', 'issued']) as act,
        as_date(done_on) as done_on,
        as_one_of(
            audience,
            [
                'residents', 'relatives', 'staff', 'applicants', 'visitors', 'other'
            ]
        ) as audience,
        person_ref,
        as_one_of(given_to, ['person', 'attorney or deputy', 'relative']) as given_to,
        as_one_of(
            method, ['by hand', 'post', 'email', 'online', 'read aloud']
        ) as method,
        as_one_of(
            form, ['standard', 'easy read', 'large print', 'other language', 'audio']
        ) as form,
        done_by,
        changes,
        as_date(next_due_on) as next_due_on
    from sent
)

select
    *,
    [
        refuse_future(done_on, 'done_on'),
        refuse(
            length(person_ref) > 50,
            'person_ref',
            'a reference of at most 50 characters'
        ),
        refuse(
            regexp_full_match(version, '\d{1,4}[-/]\d{1,2}[-/]\d{1,4}.*'),
            'version',
            'a version; a spreadsheet has made a date of it'
        ),
        refuse(
            act = 'issued' and person_ref is null,
            'person_ref',
            'the reference of the person it was given to'
        ),
        refuse(
            act <> 'issued' and person_ref is not null,
            'person_ref',
            'no person, since it was not given to anybody'
        ),
        refuse(next_due_on <= done_on, 'next_due_on', 'a day after it was reviewed'),
        warn(audience is null, 'audience', 'for whom the notice is'),
        warn(
            act = 'issued' and version is null, 'version', 'the version that was given'
        ),
        warn(
            next_due_on > done_on + interval 12 month,
            'next_due_on',
            'a review within 12 months (Toolkit 1.1.3); the earlier day counts'
        )
    ] as findings
from cells
