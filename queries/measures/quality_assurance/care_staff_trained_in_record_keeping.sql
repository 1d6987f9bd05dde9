-- id:        Q15
-- title:     Care staff in date with record-keeping training
-- strand:    quality assurance
-- clauses:   8.6, 9e
-- question:  Is each member of care staff in date with record-keeping training?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    95% (company, provisional: policy 8.6)
-- owner:     Quality lead
-- reads:     homes, staff, training
-- so what:   Good notes are taught.
-- warning:   30 days

-- Care staff are those who write in residents' records; where the register does not say
-- whether somebody does, it is not known. A course counts by its name, whatever its
-- category: ASC-WDS has none for record keeping. It is in date as the view says.
with trained as (
    select
        home_key,
        staff_ref,
        max(in_date_until) as in_date_until
    from courses($as_of)
    where regexp_matches(course_name, 'record[- ]?keeping')
    group by home_key, staff_ref
)

select
    staff.case_ref,
    staff.home,
    coalesce(trained.in_date_until, $as_of) as happened_on,
    coalesce(trained.in_date_until >= $as_of, false) as is_met,
    staff.is_care_staff is not null as is_known
from staff($as_of) as staff
left join trained
    on staff.home_key = trained.home_key and staff.staff_ref = trained.staff_ref
where coalesce(staff.is_care_staff, true)
