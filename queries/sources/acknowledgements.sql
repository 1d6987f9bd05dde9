-- title:     Policies read and acknowledged
-- delivers:  changes
-- key:       home, staff_ref, policy_no, policy_title, version
-- happened:  issued_on
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     HR lead
-- kept:      6 years (RT04)
-- columns:
--   column          | needed | wanted                 | example              | what it is
--   home            | yes    | a home, or company     | Elm House            | Where the person works: the home's name or reference
--   staff_ref       | yes    | a reference            | S0014                | The reference used in the staff register, or in the list of contractors
--   policy_no       | yes    | a policy number such as 090 | 090                  | The number printed on the policy, with its zeros
--   policy_title    | yes    | a name                 | Data Security Breach | Its title: two policies may share a number
--   version         | yes    | a version such as 1.10 | 2.0                  | The version that was read, as printed; text, not a number
--   employment      | no     | one of: permanent, temporary, bank, agency, student, volunteer, contractor, director, other | agency               | How the person is employed: clause 9.3 binds them all
--   issued_on       | yes    | a date                 | 2026-03-01           | The day it was given to the person to read
--   acknowledged_on | no     | a date                 | 2026-03-09           | The day the person said to have read and understood it; blank until then
--   method          | no     | one of: signature, e-signature, learning system, meeting | signature            | How the person said so
--   evidence_ref    | no     | a reference            | EVD-0077             | Where that is kept

with cells as (
    select
        row,
        home,
        staff_ref,
        policy_no,
        policy_title,
        version,
        as_one_of(
            employment,
            [
                'permanent', 'temporary', 'bank', 'agency', 'student', 'volunteer',
                'contractor', 'director', 'other'
            ]
        ) as employment,
        as_date(issued_on) as issued_on,
        as_date(acknowledged_on) as acknowledged_on,
        as_one_of(
            method, ['signature', 'e-signature', 'learning system', 'meeting']
        ) as method,
        evidence_ref
    from sent
)

select
    *,
    [
        refuse_future(issued_on, 'issued_on'),
        refuse_future(acknowledged_on, 'acknowledged_on'),
        refuse(
            length(staff_ref) > 50, 'staff_ref', 'a reference of at most 50 characters'
        ),
        refuse(
            regexp_full_match(policy_no, '\d{1,2}'),
            'policy_no',
            'a number with its zeros, as 090: a spreadsheet takes them away'
        ),
        refuse(
            regexp_full_match(policy_no, '\d{1,4}[-/]\d{1,2}[-/]\d{1,4}.*'),
            'policy_no',
            'a policy number; a spreadsheet has made a date of it'
        ),
        refuse(
            regexp_full_match(version, '\d{1,4}[-/]\d{1,2}[-/]\d{1,4}.*'),
            'version',
            'a version; a spreadsheet has made a date of it'
        ),
        refuse(
            acknowledged_on < issued_on,
            'acknowledged_on',
            'a day on or after it was given out'
        ),
        warn(
            acknowledged_on is not null and method is null,
            'method',
            'how it was acknowledged'
        ),
        warn(
            employment is null,
            'employment',
            'how the person is employed; the count by employment needs it'
        )
    ] as findings
from cells
