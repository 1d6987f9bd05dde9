-- title:     Records due for review
-- delivers:  changes
-- key:       home, record_ref
-- happened:  reviewed_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     Records lead
-- columns:
--   column            | needed | wanted             | example         | what it is
--   home              | yes    | a home, or company | Elm House       | Where the records are: the home's name or reference; company for head office
--   record_ref        | yes    | a reference        | BOX-0112        | The number of the file, box or batch; never a name
--   record_type       | yes    | text               | Resident files  | What they are
--   rule_code         | yes    | a code of the retention table, such as RT01 | RT01            | The rule that says how long they are kept
--   records           | no     | a whole number     | 24              | How many records stand behind this line; blank is one
--   ended_on          | yes    | a date             | 2018-03-31      | The day the period begins: care ended, left, closed
--   keep_until        | no     | a date             | 2026-03-31      | The last day they are kept; blank where the rule says it
--   is_on_hold        | no     | yes or no          | no              | Disposal is stopped: an inquiry, a claim, a request
--   hold_reason       | no     | text               | -               | Why it is stopped
--   reviewed_on       | no     | a date             | 2026-04-14      | The day the decision was taken
--   reviewed_by       | no     | a role             | Records lead    | Who took it
--   decision          | no     | one of: destroy, keep longer, transfer, hold | destroy         | What was decided
--   decision_reason   | no     | text               | No further need | Why
--   kept_longer_until | no     | a date             | -               | Until when, where they are kept longer; leave blank otherwise

with cells as (
    select
        row,
        home,
        record_ref,
        record_type,
        as_retention_code(rule_code) as rule_code,
        as_whole(records) as records,
        as_date(ended_on) as ended_on,
        as_date(keep_until) as keep_until,
        as_yes_no(is_on_hold) as is_on_hold,
        hold_reason,
        as_date(reviewed_on) as reviewed_on,
        reviewed_by,
        as_one_of(decision, ['destroy', 'keep longer', 'transfer', 'hold']) as decision,
        decision_reason,
        as_date(kept_longer_until) as kept_longer_until
    from sent
)

select
    *,
    [
        refuse_future(ended_on, 'ended_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse(
            keep_until < ended_on, 'keep_until', 'a day on or after the period begins'
        ),
        refuse(
            reviewed_on < ended_on, 'reviewed_on', 'a day on or after the period begins'
        ),
        refuse(records = 0, 'records', 'at least one record'),
        refuse(
            kept_longer_until <= reviewed_on,
            'kept_longer_until',
            'a day after the decision'
        ),
        warn(
            decision is not null and reviewed_on is null,
            'reviewed_on',
            'the day it was decided; without it the records count as not reviewed'
        ),
        warn(
            reviewed_on is not null and decision is null,
            'decision',
            'what was decided; without it the records count as not reviewed'
        ),
        warn(
            decision = 'keep longer' and kept_longer_until is null,
            'kept_longer_until',
            'until when they are kept'
        ),
        warn(
            (is_on_hold or decision = 'hold') and hold_reason is null,
            'hold_reason',
            'why disposal is stopped'
        ),
        warn(
            decision = 'destroy' and is_on_hold,
            'decision',
            'hold: what is on hold is not destroyed'
        )
    ] as findings
from cells
