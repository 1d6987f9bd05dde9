-- name:       request_due
-- why:        the last day to answer an access request: one calendar month, or three when
--             the person was told of an extension inside the first; told later is none
-- law:        UK GDPR arts. 12(3) and 12A, worded as DPA 2018 s.54; in force 5 February 2026
-- confidence: A

-- The months of an extension are counted from the start as well: 31 January and three
-- months is 30 April, whatever February does on the way.
create or replace macro request_due(
    starts_on, pauses, extension_told_on
) as next_open_day(
    counted_day(
        starts_on,
        case
            when extension_told_on::date <= extension_told_by(starts_on, pauses)
                then corresponding_date(starts_on, 3)
            else corresponding_date(starts_on, 1)
        end - starts_on::date,
        pauses
    ),
    pauses
)
