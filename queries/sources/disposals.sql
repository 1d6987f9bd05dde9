-- title:     Disposals of records and equipment
-- delivers:  changes
-- key:       home, disposal_ref
-- happened:  disposed_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     Records lead
-- kept:      20 years (RT16)
-- columns:
--   column          | needed | wanted             | example        | what it is
--   home            | yes    | a home, or company | Elm House      | Whose records or equipment: the home's name or reference; company for head office
--   disposal_ref    | yes    | a reference        | DSP-2026-008   | The number it has in the disposal register
--   what            | yes    | one of: paper records, electronic records, device, other media | paper records  | What was disposed of
--   record_type     | yes    | text               | Resident files | What the records are, or what the device held
--   rule_code       | no     | a code of the retention table, such as RT01 | RT01           | The rule that says how long they are kept
--   records         | no     | a whole number     | 24             | How many records or devices; blank is one
--   kept_until      | no     | a date             | 2026-03-31     | The last day they had to be kept
--   record_ref      | no     | a reference        | BOX-0112       | The line of the review that decided it
--   asset_ref       | no     | a reference        | AST-019        | The asset or device, by its number on its register
--   authorised_by   | no     | a role             | Records lead   | Who allowed it
--   authorised_on   | no     | a date             | 2026-04-14     | The day it was allowed
--   disposed_on     | yes    | a date             | 2026-04-28     | The day it was done
--   method          | yes    | one of: shredded in house, shredded by a contractor, incinerated, wiped, physically destroyed, deleted, transferred, returned | shredded by a contractor | How it was done
--   processor_ref   | no     | a reference        | SUP-007        | The contractor, by its number on the register of suppliers
--   certificate_ref | no     | a reference        | CERT-2026-0311 | The certificate or record of destruction
--   certificate_on  | no     | a date             | 2026-04-29     | The day of the certificate

with cells as (
    select
        row,
        home,
        disposal_ref,
        as_one_of(
            what, ['paper records', 'electronic records', 'device', 'other media']
        ) as what,
        record_type,
        as_retention_code(rule_code) as rule_code,
        as_whole(records) as records,
        as_date(kept_until) as kept_until,
        record_ref,
        asset_ref,
        authorised_by,
        as_date(authorised_on) as authorised_on,
        as_date(disposed_on) as disposed_on,
        as_one_of(
            method,
            [
                'shredded in house', 'shredded by a contractor', 'incinerated', 'wiped',
                'physically destroyed', 'deleted', 'transferred', 'returned'
            ]
        ) as method,
        processor_ref,
        certificate_ref,
        as_date(certificate_on) as certificate_on
    from sent
)

select
    *,
    [
        refuse_future(disposed_on, 'disposed_on'),
        refuse_future(authorised_on, 'authorised_on'),
        refuse_future(certificate_on, 'certificate_on'),
        refuse(records = 0, 'records', 'at least one record'),
        refuse(
            certificate_on < disposed_on,
            'certificate_on',
            'a day on or after it was done'
        ),
        warn(
            certificate_ref is null,
            'certificate_ref',
            'the certificate or record of destruction'
        ),
        warn(
            disposed_on <= kept_until,
            'disposed_on',
            'a day after the last on which they had to be kept'
        ),
        warn(
            what <> 'device' and rule_code is null,
            'rule_code',
            'the rule that says how long they are kept'
        ),
        warn(authorised_by is null, 'authorised_by', 'the role that allowed it'),
        warn(
            authorised_on > disposed_on,
            'authorised_on',
            'a day on or before it was done'
        ),
        warn(
            method = 'shredded by a contractor' and processor_ref is null,
            'processor_ref',
            'the contractor, by its number on the register of suppliers'
        ),
        warn(
            what = 'device' and asset_ref is null,
            'asset_ref',
            'the device, by its number on its register'
        )
    ] as findings
from cells
