-- title:     Policies and their versions
-- delivers:  changes
-- tells:     states
-- key:       policy_no, title, version
-- happened:  approved_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IG lead
-- kept:      6 years (RT15)
-- columns:
--   column          | needed | wanted                 | example                | what it is
--   policy_no       | yes    | a policy number such as 090 | 090                    | The number printed on it, with its zeros; two policies may share one
--   title           | yes    | a name                 | Data Security Breach   | Its title, as printed on it
--   version         | yes    | a version such as 1.10 | 2.0                    | The version, as printed; text, not a number. Each version is a row of its own
--   strand          | no     | one of: openness, legal compliance, information security, quality assurance, all | information security   | The strand of the policy it belongs to
--   clauses         | no     | clause numbers such as 8.2, divided by semicolons | 4.1d                   | The clauses of the IG policy that it answers
--   owner           | no     | a role                 | IG lead                | Who keeps it up to date
--   status          | no     | one of: draft, in force, under review, withdrawn | in force               | How the version stands
--   approved_on     | no     | a date                 | 2026-02-16             | The day senior management approved the version
--   approved_by     | no     | a role                 | Nominated individual   | Who approved it
--   effective_from  | no     | a date                 | 2026-03-01             | The first day it binds; blank: the day it was approved
--   reviewed_on     | no     | a date                 | 2026-09-14             | The last review that left this version as it is
--   review_due_on   | no     | a date                 | 2027-02-15             | The last day before it is due for review; at most 12 months on (clause 10.4)
--   withdrawn_on    | no     | a date                 | -                      | The day it was withdrawn with nothing in its place
--   what_changed    | no     | text                   | Toolkit in place of the old one | What this version changed
--   changed_clauses | no     | clause numbers such as 8.2, divided by semicolons | 3.1;4.2                | The clauses of this document that the version changed
--   legal_refs      | no     | laws, divided by semicolons | UK GDPR;DPA 2018       | The law it cites; law that is no longer in force is pointed out
--   document_ref    | no     | a reference            | POL-090-2.0            | Where the document is kept

with cells as (
    select
        row,
        policy_no,
        title,
        version,
        as_one_of(
            strand,
            [
                'openness', 'legal compliance', 'information security',
                'quality assurance', 'all'
            ]
        ) as strand,
        as_clauses(clauses) as clauses,
        owner,
        as_one_of(status, ['draft', 'in force', 'under review', 'withdrawn']) as status,
        as_date(approved_on) as approved_on,
        approved_by,
        as_date(effective_from) as effective_from,
        as_date(reviewed_on) as reviewed_on,
        as_date(review_due_on) as review_due_on,
        as_date(withdrawn_on) as withdrawn_on,
        what_changed,
        as_clauses(changed_clauses) as changed_clauses,
        legal_refs,
        document_ref
    from sent
)

select
    *,
    [
        refuse_future(approved_on, 'approved_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse_future(withdrawn_on, 'withdrawn_on'),
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
            effective_from < approved_on, 'effective_from', 'a day on or after approval'
        ),
        refuse(reviewed_on < approved_on, 'reviewed_on', 'a day on or after approval'),
        refuse(
            review_due_on <= coalesce(reviewed_on, approved_on),
            'review_due_on',
            'a day after the version was approved or last reviewed'
        ),
        refuse(
            withdrawn_on < coalesce(effective_from, approved_on),
            'withdrawn_on',
            'a day on or after the version came into force'
        ),
        warn(
            review_due_on > coalesce(reviewed_on, approved_on) + interval 12 month,
            'review_due_on',
            'a review within 12 months (clause 10.4); the earlier day counts'
        ),
        warn(
            status in ('in force', 'under review') and approved_on is null,
            'approved_on',
            'the day it was approved; without it the version is not in force'
        ),
        warn(
            approved_on is not null and approved_by is null,
            'approved_by',
            'who approved it'
        ),
        warn(
            status = 'withdrawn' and withdrawn_on is null,
            'withdrawn_on',
            'the day it was withdrawn; without it the version counts as in force'
        ),
        warn(
            cites_old_law(legal_refs),
            'legal_refs',
            'law in force; the DPA 1998, the IG Toolkit and an Act of 2009 are not'
        )
    ] as findings
from cells
