-- title:     Reviews of who has access
-- delivers:  changes
-- key:       review_ref
-- happened:  done_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IT lead
-- columns:
--   column            | needed | wanted             | example      | what it is
--   review_ref        | yes    | a reference        | ACR-2026-002 | The number it has in your register
--   system            | yes    | a name             | Care records | The system whose accounts are gone through, as the list of accounts calls it
--   home              | yes    | a home, or company | Elm House    | The home whose accounts they are; company for all of them
--   planned_on        | yes    | a date             | 2026-04-30   | The day it is planned for
--   done_on           | no     | a date             | 2026-04-28   | The day it was done; blank until it is
--   cancelled_on      | no     | a date             | -            | The day it was called off, where it was; leave blank otherwise
--   done_by           | no     | a role             | Home manager | Who went through the accounts; no personal name is needed
--   accounts_reviewed | no     | a whole number     | 38           | How many accounts were gone through
--   accounts_kept     | no     | a whole number     | 33           | How many stay as they were
--   accounts_changed  | no     | a whole number     | 2            | How many may do something else from now on
--   accounts_removed  | no     | a whole number     | 3            | How many were switched off or taken away
--   carried_out_on    | no     | a date             | 2026-04-29   | The day the changes and removals were made in the system
--   evidence_ref      | no     | a reference        | EVD-0098     | Where the signed list is kept
--   next_due_on       | no     | a date             | 2026-10-28   | The day by which the next is to be done

with cells as (
    select
        row,
        review_ref,
        system,
        home,
        as_date(planned_on) as planned_on,
        as_date(done_on) as done_on,
        as_date(cancelled_on) as cancelled_on,
        done_by,
        as_whole(accounts_reviewed) as accounts_reviewed,
        as_whole(accounts_kept) as accounts_kept,
        as_whole(accounts_changed) as accounts_changed,
        as_whole(accounts_removed) as accounts_removed,
        as_date(carried_out_on) as carried_out_on,
        evidence_ref,
        as_date(next_due_on) as next_due_on
    from sent
)

select
    *,
    [
        refuse_future(done_on, 'done_on'),
        refuse_future(cancelled_on, 'cancelled_on'),
        refuse_future(carried_out_on, 'carried_out_on'),
        refuse(
            done_on is not null and cancelled_on is not null,
            'cancelled_on',
            'no day of calling off, since it was done'
        ),
        refuse(
            carried_out_on < done_on, 'carried_out_on', 'a day on or after the review'
        ),
        refuse(next_due_on <= done_on, 'next_due_on', 'a day after the review'),
        refuse(
            accounts_reviewed <> coalesce(accounts_kept, 0)
            + coalesce(accounts_changed, 0)
            + coalesce(accounts_removed, 0),
            'accounts_reviewed',
            'the accounts kept, changed and removed together'
        ),
        warn(
            done_on is not null and accounts_reviewed is null,
            'accounts_reviewed',
            'how many accounts were gone through'
        ),
        warn(
            done_on is null and accounts_reviewed is not null,
            'done_on',
            'the day it was done; without it the review counts as not done'
        ),
        warn(
            coalesce(accounts_changed, 0) + coalesce(accounts_removed, 0) > 0
            and carried_out_on is null,
            'carried_out_on',
            'the day the changes were made in the system'
        ),
        warn(done_on is not null and done_by is null, 'done_by', 'who did it')
    ] as findings
from cells
