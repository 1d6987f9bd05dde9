-- title:     Checks of new starters
-- delivers:  changes
-- key:       home, staff_ref
-- happened:  started_on
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     HR lead
-- kept:      6 years (RT04)
-- columns:
--   column                | needed | wanted         | example    | what it is
--   home                  | yes    | a home         | Elm House  | Where the person works: the home's name or reference
--   staff_ref             | yes    | a reference    | S0014      | The reference used in the staff register; never a name
--   started_on            | no     | a date         | 2026-09-01 | First day in post
--   checker               | yes    | a role         | HR lead    | Who saw the papers, or is to see them
--   identity_seen_on      | no     | a date         | 2026-08-18 | The day proof of identity was seen
--   right_to_work_seen_on | no     | a date         | 2026-08-18 | The day the right to work was checked
--   dbs_seen_on           | no     | a date         | 2026-08-25 | The day the DBS certificate was seen
--   references_seen_on    | no     | a date         | 2026-08-27 | The day satisfactory references had come
--   needs_registration    | no     | yes or no      | no         | The job needs a professional registration
--   registration_seen_on  | no     | a date         | -          | The day the registration was checked, where it is needed
--   details_checked_on    | no     | a date         | 2026-09-01 | The day name, address and contacts were checked with the person, as they were taken down
--   details_checked       | no     | a whole number | 12         | How many details were checked against their source
--   details_correct       | no     | a whole number | 11         | How many of them were right
--   corrected_on          | no     | a date         | 2026-09-02 | The day what was wrong was put right
--   clause_signed_on      | no     | a date         | 2026-08-20 | The day the confidentiality clause of the contract was signed

with cells as (
    select
        row,
        home,
        staff_ref,
        as_date(started_on) as started_on,
        checker,
        as_date(identity_seen_on) as identity_seen_on,
        as_date(right_to_work_seen_on) as right_to_work_seen_on,
        as_date(dbs_seen_on) as dbs_seen_on,
        as_date(references_seen_on) as references_seen_on,
        as_yes_no(needs_registration) as needs_registration,
        as_date(registration_seen_on) as registration_seen_on,
        as_date(details_checked_on) as details_checked_on,
        as_whole(details_checked) as details_checked,
        as_whole(details_correct) as details_correct,
        as_date(corrected_on) as corrected_on,
        as_date(clause_signed_on) as clause_signed_on
    from sent
)

select
    *,
    [
        refuse_future(identity_seen_on, 'identity_seen_on'),
        refuse_future(right_to_work_seen_on, 'right_to_work_seen_on'),
        refuse_future(dbs_seen_on, 'dbs_seen_on'),
        refuse_future(references_seen_on, 'references_seen_on'),
        refuse_future(registration_seen_on, 'registration_seen_on'),
        refuse_future(details_checked_on, 'details_checked_on'),
        refuse_future(corrected_on, 'corrected_on'),
        refuse_future(clause_signed_on, 'clause_signed_on'),
        refuse(
            (details_correct is null) <> (details_checked is null),
            'details_correct',
            'details checked and details correct together, or neither'
        ),
        refuse(
            details_correct > details_checked,
            'details_correct',
            'at most the number that was checked'
        ),
        refuse(
            details_checked = 0,
            'details_checked',
            'at least one detail; where none was checked, a blank cell'
        ),
        refuse(
            corrected_on < details_checked_on,
            'corrected_on',
            'a day on or after the details were checked'
        ),
        warn(
            details_correct < details_checked and corrected_on is null,
            'corrected_on',
            'the day what was wrong was put right'
        ),
        warn(
            needs_registration is null,
            'needs_registration',
            'yes or no; unanswered counts as needed'
        ),
        warn(
            details_checked_on > started_on,
            'details_checked_on',
            'a day on or before the first day in post: the point of collection'
        )
    ] as findings
from cells
