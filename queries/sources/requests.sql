-- title:     Requests about personal data
-- delivers:  changes
-- key:       request_ref
-- happened:  received_on
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     IG lead
-- kept:      3 years (RT11)
-- columns:
--   column                    | needed | wanted                 | example            | what it is
--   request_ref               | yes    | a reference            | REQ-2026-021       | The number it has in your register
--   home                      | yes    | a home, or company     | Elm House          | The home it concerns; company where it concerns no one home
--   request_type              | yes    | one of: access, rectification, erasure, restriction, portability, objection, automated decision, records of the deceased, FOI, complaint | access             | What is asked; FOI: for information about publicly funded care; complaint: about the use of personal data
--   channel                   | no     | one of: letter, email, verbal, web, in person | letter             | How it came
--   requester                 | no     | one of: resident, attorney or deputy, relative, solicitor, staff, former staff, public body, other | relative           | Who asks; never a name
--   subject                   | no     | one of: resident, staff, relative, other | resident           | Whose information it is about
--   summary                   | no     | text                   | Care notes of 2025 | What is asked for, in a line; no names
--   received_on               | yes    | a date                 | 2026-09-01         | The day it reached anybody in the company: the clock starts
--   logged_on                 | no     | a date                 | 2026-09-02         | The day it was written down
--   acknowledged_on           | no     | a date                 | 2026-09-03         | The day it was acknowledged
--   identity_asked_on         | no     | a date                 | 2026-09-03         | The day proof of identity or authority was asked for
--   identity_received_on      | no     | a date                 | 2026-09-08         | The day it came
--   fee_asked_on              | no     | a date                 | -                  | The day a fee was asked for, where the law lets one; leave blank otherwise
--   fee_paid_on               | no     | a date                 | -                  | The day it was paid
--   clarification_asked_on    | no     | a date                 | 2026-09-09         | The day the person was asked what exactly is wanted
--   clarification_answered_on | no     | a date                 | 2026-09-14         | The day the answer came: the clock runs again
--   extension_told_on         | no     | a date                 | -                  | The day the person was told that two months more are needed
--   extension_reason          | no     | text                   | -                  | Why: complexity or number
--   due_on                    | no     | a date                 | -                  | The last day to answer as your register has it; it is worked out here as well
--   passed_to                 | no     | a body                 | -                  | The council or other body that the request was passed on to
--   passed_on                 | no     | a date                 | -                  | The day it was passed on
--   answered_on               | no     | a date                 | 2026-10-12         | The day it was answered in full, refused or withdrawn; blank while open
--   outcome                   | no     | one of: full, partial, refused, not held, upheld, not upheld, passed on, withdrawn | full               | How it ended
--   exemptions                | no     | text                   | Third party data   | What was held back, and under which exemption
--   status                    | no     | one of: open, waiting for identity, waiting for clarification, closed, unknown | closed             | How it stands in your register; the days decide
--   review_asked_on           | no     | a date                 | -                  | The day the person asked for the answer to be looked at again
--   is_ico_complaint          | no     | yes or no              | no                 | Whether the regulator has been asked
--   answered_by               | no     | a role                 | IG lead            | Who answered
--   evidence_ref              | no     | a reference            | EVD-0131           | Where the answer is kept

with cells as (
    select
        row,
        request_ref,
        home,
        as_one_of(
            request_type,
            [
                'access', 'rectification', 'erasure', 'restriction', 'portability',
                'objection', 'automated decision', 'records of the deceased', 'FOI',
                'complaint'
            ]
        ) as request_type,
        as_one_of(
            channel, ['letter', 'email', 'verbal', 'web', 'in person']
        ) as channel,
        as_one_of(
            requester,
            [
                'resident', 'attorney or deputy', 'relative', 'solicitor', 'staff',
                'former staff', 'public body', 'other'
            ]
        ) as requester,
        as_one_of(subject, ['resident', 'staff', 'relative', 'other']) as subject,
        summary,
        as_date(received_on) as received_on,
        as_date(logged_on) as logged_on,
        as_date(acknowledged_on) as acknowledged_on,
        as_date(identity_asked_on) as identity_asked_on,
        as_date(identity_received_on) as identity_received_on,
        as_date(fee_asked_on) as fee_asked_on,
        as_date(fee_paid_on) as fee_paid_on,
        as_date(clarification_asked_on) as clarification_asked_on,
        as_date(clarification_answered_on) as clarification_answered_on,
        as_date(extension_told_on) as extension_told_on,
        extension_reason,
        as_date(due_on) as due_on,
        passed_to,
        as_date(passed_on) as passed_on,
        as_date(answered_on) as answered_on,
        as_one_of(
            outcome,
            [
                'full', 'partial', 'refused', 'not held', 'upheld', 'not upheld',
                'passed on', 'withdrawn'
            ]
        ) as outcome,
        exemptions,
        as_one_of(
            status,
            [
                'open', 'waiting for identity', 'waiting for clarification', 'closed',
                'unknown'
            ]
        ) as status,
        as_date(review_asked_on) as review_asked_on,
        as_yes_no(is_ico_complaint) as is_ico_complaint,
        answered_by,
        evidence_ref
    from sent
)

select
    *,
    [
        refuse_future(received_on, 'received_on'),
        refuse_future(logged_on, 'logged_on'),
        refuse_future(acknowledged_on, 'acknowledged_on'),
        refuse_future(identity_asked_on, 'identity_asked_on'),
        refuse_future(identity_received_on, 'identity_received_on'),
        refuse_future(fee_asked_on, 'fee_asked_on'),
        refuse_future(fee_paid_on, 'fee_paid_on'),
        refuse_future(clarification_asked_on, 'clarification_asked_on'),
        refuse_future(clarification_answered_on, 'clarification_answered_on'),
        refuse_future(extension_told_on, 'extension_told_on'),
        refuse_future(passed_on, 'passed_on'),
        refuse_future(answered_on, 'answered_on'),
        refuse_future(review_asked_on, 'review_asked_on'),
        refuse(
            answered_on < received_on,
            'answered_on',
            'a day on or after it was received'
        ),
        refuse(
            acknowledged_on < received_on,
            'acknowledged_on',
            'a day on or after it was received'
        ),
        refuse(due_on < received_on, 'due_on', 'a day on or after it was received'),
        refuse(
            passed_on < received_on, 'passed_on', 'a day on or after it was received'
        ),
        refuse(
            identity_received_on < identity_asked_on,
            'identity_received_on',
            'a day on or after it was asked for'
        ),
        refuse(
            fee_paid_on < fee_asked_on,
            'fee_paid_on',
            'a day on or after it was asked for'
        ),
        refuse(
            clarification_asked_on < received_on,
            'clarification_asked_on',
            'a day on or after the request was received'
        ),
        refuse(
            clarification_answered_on is not null and clarification_asked_on is null,
            'clarification_asked_on',
            'the day clarification was asked for, since it came'
        ),
        refuse(
            clarification_answered_on < clarification_asked_on,
            'clarification_answered_on',
            'a day on or after it was asked for'
        ),
        refuse(
            extension_told_on < received_on,
            'extension_told_on',
            'a day on or after the request was received'
        ),
        warn(
            status = 'closed' and answered_on is null,
            'answered_on',
            'the day it was answered; without it the request counts as open'
        ),
        warn(
            answered_on is not null and outcome is null,
            'outcome',
            'how it ended, since it was answered'
        ),
        warn(
            answered_on is not null and status <> 'closed',
            'status',
            'closed, since it was answered; the day counts'
        ),
        warn(
            extension_told_on is not null and extension_reason is null,
            'extension_reason',
            'the reason that the person was given'
        ),
        warn(
            channel in ('verbal', 'in person') and logged_on is null,
            'logged_on',
            'the day that a spoken request was written down'
        )
    ] as findings
from cells
