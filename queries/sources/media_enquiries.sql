-- title:     Enquiries by press and broadcasters
-- delivers:  changes
-- key:       media_ref
-- happened:  received_at
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     Nominated individual
-- columns:
--   column            | needed | wanted                 | example               | what it is
--   media_ref         | yes    | a reference            | MED-2026-003          | The number it has in your register
--   home              | yes    | a home, or company     | Elm House             | The home it concerns; company where it concerns no one home
--   received_at       | yes    | a UK time              | 2026-06-11 10:15      | When it came
--   outlet            | no     | a name                 | Weekly Courier        | Who asks: the paper, station or site; no reporter's name
--   outlet_kind       | no     | one of: press, television, radio, online, agency, other | press                 | What kind of medium it is
--   subject           | no     | text                   | Opening of a new wing | What is asked about; no names
--   taken_by          | no     | a role                 | Administrator         | Who took it
--   passed_on_at      | no     | a UK time              | 2026-06-11 10:40      | When it was passed to the named lead for the media
--   handled_by        | no     | a role                 | Media lead            | The role that dealt with it
--   answered_at       | no     | a UK time              | 2026-06-11 15:00      | When it was answered or declined
--   outcome           | no     | one of: statement given, interview given, declined, no answer needed, passed on | statement given       | How it ended
--   is_by_procedure   | no     | yes or no              | yes                   | It was dealt with as the procedure says
--   departure         | no     | text                   | -                     | What was done otherwise, and why; blank where nothing was
--   is_about_a_person | no     | yes or no              | no                    | It asks about somebody who can be told from it: a resident or a member of staff
--   has_consent       | no     | yes or no              | -                     | That person, or who acts for them, agreed to what was said
--   statement_ref     | no     | a reference            | EVD-0140              | Where what was said is kept

with cells as (
    select
        row,
        media_ref,
        home,
        as_time(received_at) as received_at,
        outlet,
        as_one_of(
            outlet_kind, ['press', 'television', 'radio', 'online', 'agency', 'other']
        ) as outlet_kind,
        subject,
        taken_by,
        as_time_at_latest(passed_on_at) as passed_on_at,
        handled_by,
        as_time_at_latest(answered_at) as answered_at,
        as_one_of(
            outcome,
            [
                'statement given', 'interview given', 'declined', 'no answer needed',
                'passed on'
            ]
        ) as outcome,
        as_yes_no(is_by_procedure) as is_by_procedure,
        departure,
        as_yes_no(is_about_a_person) as is_about_a_person,
        as_yes_no(has_consent) as has_consent,
        statement_ref
    from sent
)

select
    *,
    [
        refuse_future(uk_day(received_at), 'received_at'),
        refuse_future(uk_day(passed_on_at), 'passed_on_at'),
        refuse_future(uk_day(answered_at), 'answered_at'),
        refuse(passed_on_at < received_at, 'passed_on_at', 'a time not before it came'),
        refuse(answered_at < received_at, 'answered_at', 'a time not before it came'),
        warn(
            answered_at is not null and handled_by is null,
            'handled_by',
            'the role that dealt with it'
        ),
        warn(
            answered_at is not null and is_by_procedure is null,
            'is_by_procedure',
            'yes or no; unanswered counts as no'
        ),
        warn(
            not is_by_procedure and departure is null,
            'departure',
            'what was done otherwise, and why'
        ),
        warn(
            is_about_a_person
            and outcome in ('statement given', 'interview given')
            and has_consent is distinct from true,
            'has_consent',
            'consent to what was said about a person'
        )
    ] as findings
from cells
