-- title:     Actions
-- delivers:  changes
-- key:       action_ref
-- happened:  raised_on
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column           | needed | wanted                    | example           | what it is
--   action_ref       | yes    | a reference               | ACT-2026-014      | The number it has in the one register of actions
--   home             | yes    | a home, or company        | Elm House         | The home it concerns, by name or reference; company where it concerns them all
--   source_type      | yes    | one of: incident, audit finding, spot check, continuity test, restore test, quality check, request, complaint, access review, management review, policy, asset, risk, change, Toolkit, signal, other | audit finding     | What it came of
--   source_ref       | no     | a reference               | AUD-2026-003/1    | The number of that; a finding by its audit and its own number
--   strand           | no     | one of: openness, legal compliance, information security, quality assurance | quality assurance | The strand of the policy it falls under
--   clauses          | no     | clause numbers such as 8.2, divided by semicolons | 8.2               | The clauses of the policy it is about
--   title            | yes    | text                      | Sign entries at handover | What is to be done, in a line
--   owner            | no     | a role                    | Home manager      | Who is to do it
--   owner_staff_ref  | no     | a reference               | S0003             | That person in the staff register, so that a leaver is noticed
--   priority         | no     | one of: high, medium, low | medium            | How urgent it is
--   raised_on        | yes    | a date                    | 2026-05-20        | The day it was raised
--   due_on           | yes    | a date                    | 2026-07-31        | The day by which it is to be done
--   original_due_on  | no     | a date                    | 2026-06-30        | The day first agreed; blank where it never moved
--   times_moved      | no     | a whole number            | 1                 | How often the day was moved
--   status           | no     | one of: open, in progress, done, verified, cancelled | verified          | How it stands
--   done_on          | no     | a date                    | 2026-07-15        | The day it was done
--   verified_by      | no     | a role                    | IG lead           | Who checked that it was done: not the owner
--   verified_on      | no     | a date                    | 2026-07-22        | The day that was checked
--   cancelled_on     | no     | a date                    | -                 | The day it was given up, where it was; leave blank otherwise
--   cancel_reason    | no     | text                      | -                 | Why, where it was given up
--   evidence_ref     | no     | a reference               | EVD-0112          | Where the evidence is kept
--   measure          | no     | a measure                 | Q01               | The measure it should move
--   expected_effect  | no     | text                      | Score of 90% by September | What it should come to
--   effect_seen      | no     | one of: yes, partly, no, too early | too early         | Whether it did
--   effect_judged_on | no     | a date                    | 2026-10-12        | The day that was judged

with cells as (
    select
        row,
        action_ref,
        home,
        as_one_of(
            source_type,
            [
                'incident', 'audit finding', 'spot check', 'continuity test',
                'restore test', 'quality check', 'request', 'complaint',
                'access review', 'management review', 'policy', 'asset', 'risk',
                'change', 'Toolkit', 'signal', 'other'
            ]
        ) as source_type,
        source_ref,
        as_one_of(
            strand,
            [
                'openness', 'legal compliance', 'information security',
                'quality assurance'
            ]
        ) as strand,
        as_clauses(clauses) as clauses,
        title,
        owner,
        owner_staff_ref,
        as_one_of(priority, ['high', 'medium', 'low']) as priority,
        as_date(raised_on) as raised_on,
        as_date(due_on) as due_on,
        as_date(original_due_on) as original_due_on,
        as_whole(times_moved) as times_moved,
        as_one_of(
            status, ['open', 'in progress', 'done', 'verified', 'cancelled']
        ) as status,
        as_date(done_on) as done_on,
        verified_by,
        as_date(verified_on) as verified_on,
        as_date(cancelled_on) as cancelled_on,
        cancel_reason,
        evidence_ref,
        measure,
        expected_effect,
        as_one_of(effect_seen, ['yes', 'partly', 'no', 'too early']) as effect_seen,
        as_date(effect_judged_on) as effect_judged_on
    from sent
)

select
    *,
    [
        refuse_future(raised_on, 'raised_on'),
        refuse_future(done_on, 'done_on'),
        refuse_future(verified_on, 'verified_on'),
        refuse_future(cancelled_on, 'cancelled_on'),
        refuse_future(effect_judged_on, 'effect_judged_on'),
        refuse(due_on < raised_on, 'due_on', 'a day on or after it was raised'),
        refuse(
            original_due_on < raised_on,
            'original_due_on',
            'a day on or after it was raised'
        ),
        refuse(done_on < raised_on, 'done_on', 'a day on or after it was raised'),
        refuse(verified_on < done_on, 'verified_on', 'a day on or after it was done'),
        refuse(
            fold(verified_by) = fold(owner),
            'verified_by',
            'somebody other than the owner'
        ),
        refuse(
            done_on is not null and cancelled_on is not null,
            'cancelled_on',
            'no day of giving up, since it was done'
        ),
        refuse(
            status in ('open', 'in progress')
            and coalesce(done_on, cancelled_on) is not null,
            'status',
            'done, verified or cancelled, as its days say'
        ),
        warn(
            status in ('done', 'verified') and done_on is null,
            'done_on',
            'the day it was done; without it the action counts as open'
        ),
        warn(
            status = 'verified' and (verified_on is null or verified_by is null),
            'verified_on',
            'who checked it and on which day; without both it counts as not verified'
        ),
        warn(
            status = 'cancelled' and cancelled_on is null,
            'cancelled_on',
            'the day it was given up; without it the action counts as open'
        ),
        warn(
            cancelled_on is not null and cancel_reason is null,
            'cancel_reason',
            'why it was given up'
        ),
        warn(
            owner is null,
            'owner',
            'the role that is to do it; an action of nobody is done by nobody'
        ),
        warn(
            due_on > original_due_on and coalesce(times_moved, 0) = 0,
            'times_moved',
            'how often the day was moved; once is counted'
        ),
        warn(
            source_type <> 'other' and source_ref is null,
            'source_ref',
            'the number of what it came of'
        )
    ] as findings
from cells
