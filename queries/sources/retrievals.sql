-- title:     Records asked for and found
-- delivers:  changes
-- key:       home, retrieval_ref
-- happened:  asked_at
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     Records lead
-- columns:
--   column        | needed | wanted             | example          | what it is
--   home          | yes    | a home, or company | Elm House        | Where it was asked for: the home's name or reference; company for head office
--   retrieval_ref | yes    | a reference        | RTV-0231         | The number it has at the home
--   record_type   | yes    | one of: resident record, staff file, policy, contract, financial record, other | resident record  | What was asked for
--   medium        | no     | one of: paper, electronic, archive | archive          | Where it is kept
--   reason        | no     | one of: care, access request, audit or inspection, complaint, court or coroner, other | access request   | Why it was asked for
--   asked_at      | yes    | a UK time          | 2026-10-05 09:30 | When it was asked for
--   limit_hours   | yes    | a whole number of hours, such as 24 | 24               | Within how many hours it is to be found
--   found_at      | no     | a UK time          | 2026-10-05 15:10 | When it was found
--   outcome       | no     | one of: found, partly found, not found, withdrawn | found            | How it ended
--   ended_at      | no     | a UK time          | 2026-10-05 15:10 | When the search ended, found or not

with cells as (
    select
        row,
        home,
        retrieval_ref,
        as_one_of(
            record_type,
            [
                'resident record', 'staff file', 'policy', 'contract',
                'financial record', 'other'
            ]
        ) as record_type,
        as_one_of(medium, ['paper', 'electronic', 'archive']) as medium,
        as_one_of(
            reason,
            [
                'care', 'access request', 'audit or inspection', 'complaint',
                'court or coroner', 'other'
            ]
        ) as reason,
        as_time(asked_at) as asked_at,
        as_whole(limit_hours) as limit_hours,
        as_time_at_latest(found_at) as found_at,
        as_one_of(
            outcome, ['found', 'partly found', 'not found', 'withdrawn']
        ) as outcome,
        as_time_at_latest(ended_at) as ended_at
    from sent
)

select
    *,
    [
        refuse(
            uk_day(asked_at) > getvariable('taken_on'),
            'asked_at',
            not_in_the_future()
        ),
        refuse(
            uk_day(found_at) > getvariable('taken_on'),
            'found_at',
            not_in_the_future()
        ),
        refuse(
            uk_day(ended_at) > getvariable('taken_on'),
            'ended_at',
            not_in_the_future()
        ),
        refuse(found_at < asked_at, 'found_at', 'a time not before it was asked for'),
        refuse(ended_at < asked_at, 'ended_at', 'a time not before it was asked for'),
        refuse(limit_hours = 0, 'limit_hours', 'at least one hour'),
        refuse(
            outcome in ('not found', 'withdrawn') and found_at is not null,
            'found_at',
            'no time of finding, since it was not found'
        ),
        warn(
            outcome = 'found' and found_at is null,
            'found_at',
            'the time it was found; without it the record counts as not found'
        ),
        warn(
            outcome = 'partly found',
            'outcome',
            'found: what is found in part counts as not found'
        ),
        warn(
            outcome in ('not found', 'withdrawn') and ended_at is null,
            'ended_at',
            'when the search ended'
        )
    ] as findings
from cells
