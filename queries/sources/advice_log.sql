-- title:     Awareness raised and advice given
-- delivers:  changes
-- key:       advice_ref
-- happened:  given_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column         | needed | wanted                 | example                | what it is
--   advice_ref     | yes    | a reference            | ADV-2026-017           | The number it has in your register
--   home           | yes    | a home, or company     | company                | The home it was for; company where it was for all of them
--   act            | yes    | one of: awareness, advice | awareness              | Awareness was raised by the lead, or advice was given on a question
--   given_on       | yes    | a date                 | 2026-05-18             | The day it was sent, held or answered
--   asked_on       | no     | a date                 | -                      | For advice: the day the question came
--   topic          | yes    | text                   | Letters to the right address | What it was about, in a line; no names
--   clauses        | no     | clause numbers such as 8.2, divided by semicolons | 7.3;9d                 | The clauses of the policy it is about
--   channel        | no     | one of: meeting, email, poster, newsletter, briefing, call, in person, other | briefing               | How it was given
--   audience       | no     | text                   | Night staff            | Whom it was for: posts and homes, no names
--   people_reached | no     | a whole number         | 24                     | How many people it reached
--   asked_by       | no     | a role                 | -                      | For advice: the post of who asked
--   given_by       | no     | a role                 | IG lead                | Who gave it
--   given_advice   | no     | text                   | -                      | For advice: what was said
--   followed_from  | no     | a reference            | INC-2026-014           | What it came of: an incident, an audit finding, a change
--   evidence_ref   | no     | a reference            | EVD-0102               | Where the leaflet, the slides or the e-mail is kept

with cells as (
    select
        row,
        advice_ref,
        home,
        as_one_of(act, ['awareness', 'advice']) as act,
        as_date(given_on) as given_on,
        as_date(asked_on) as asked_on,
        topic,
        as_clauses(clauses) as clauses,
        as_one_of(
            channel,
            [
                'meeting', 'email', 'poster', 'newsletter', 'briefing', 'call',
                'in person', 'other'
            ]
        ) as channel,
        audience,
        as_whole(people_reached) as people_reached,
        asked_by,
        given_by,
        given_advice,
        followed_from,
        evidence_ref
    from sent
)

select
    *,
    [
        refuse_future(given_on, 'given_on'),
        refuse_future(asked_on, 'asked_on'),
        refuse(asked_on > given_on, 'given_on', 'a day on or after the question came'),
        refuse(
            people_reached = 0,
            'people_reached',
            'at least one person; leave it blank where nobody counted'
        ),
        warn(act = 'advice' and given_advice is null, 'given_advice', 'what was said'),
        warn(
            act = 'advice' and asked_on is null, 'asked_on', 'the day the question came'
        ),
        warn(given_by is null, 'given_by', 'who gave it')
    ] as findings
from cells
