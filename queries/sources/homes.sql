-- title:     Homes
-- delivers:  snapshot
-- key:       home_ref
-- freshness: 400 days
-- refused:   0 in 100
-- owner:     Operations director
-- columns:
--   column       | needed | wanted                     | example                | what it is
--   home_ref     | yes    | a reference                | 1-9000000001           | The CQC location ID, or your own reference where there is none
--   name         | yes    | a name                     | Elm House              | The home's name, as people in the company say it
--   local_ref    | no     | a reference                | ELM                    | What other systems call it (LOCALESTID in ASC-WDS)
--   ods_code     | no     | an ODS code                | VM28N                  | The NHS organisation code
--   type         | no     | one of: care home with nursing, care home without nursing, head office, other | care home with nursing | The kind of service
--   provider     | no     | a name                     | Larkfield Care         | The registered provider
--   address      | no     | an address                 | 1 Elm Road, Sale       | Where it is
--   postcode     | no     | a postcode                 | M33 1AA                | Its postcode
--   telephone    | no     | a telephone number         | 01610000000            | Its telephone
--   beds         | no     | a whole number             | 42                     | Registered beds
--   opened_on    | no     | a date                     | 2019-04-01             | First day of service
--   closed_on    | no     | a date                     | 2026-03-31             | Last day of service; blank while open
--   inspected_on | no     | a date                     | 2025-05-14             | The regulator's latest visit

with cells as (
    select
        row,
        home_ref,
        name,
        local_ref,
        ods_code,
        as_one_of(
            type,
            [
                'care home with nursing', 'care home without nursing', 'head office',
                'other'
            ]
        ) as type,
        provider,
        address,
        upper(postcode) as postcode,
        -- A UK number of ten digits lost its leading zero in a spreadsheet.
        case
            when regexp_full_match(telephone, '[1-9]\d{9}') then '0' || telephone
            else telephone
        end as telephone,
        as_whole(beds) as beds,
        as_date(opened_on) as opened_on,
        as_date(closed_on) as closed_on,
        as_date(inspected_on) as inspected_on
    from sent
)

select
    *,
    [
        refuse(closed_on < opened_on, 'closed_on', 'a day on or after it opened'),
        refuse(
            inspected_on > getvariable('taken_on'),
            'inspected_on',
            'a day that is not after the day the file was taken'
        )
    ] as findings
from cells
