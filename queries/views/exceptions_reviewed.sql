-- subject: exceptions to the rules of access, and what came of the review of each, by when
-- why:     an entry of the journal "access reviewed" closes what was found about a person
--          in some homes, up to the moment of the entry. What was asked or explained is open
--          until it is closed or escalated; the first that closes it stands. The limit is 2
--          working days: the company's own. An entry belongs to the exceptions it is about,
--          and so to their homes, and not to the company as the rest of the journal does.

with closed as (
    select
        number,
        json_extract_string(about, '$.outcome') as outcome,
        json_extract_string(about, '$.incident') as incident_ref,
        unnest(json_extract_string(about, '$.of[*]')) as of_person,
        json_extract_string(about, '$.homes[*]') as of_homes,
        uk_day(known_at) as reviewed_on
    from journal
    where
        number <= getvariable('known_number')
        and what = 'access reviewed'
        and json_extract_string(about, '$.outcome') in (
            'justified', 'not justified', 'escalated'
        )
        and uk_day(known_at) <= $as_of
),

reviewed as (
    select
        found.rule,
        found.case_ref,
        found.home,
        closed.outcome,
        closed.incident_ref,
        closed.reviewed_on,
        row_number() over (
            partition by found.rule, found.case_ref, found.home order by closed.number
        ) as nth
    from exceptions_found($as_of) as found
    inner join closed
        on
            fold(found.person) = closed.of_person
            and list_contains(closed.of_homes, found.home)
            and found.number <= closed.number
)

select
    found.rule,
    found.case_ref,
    found.home,
    found.person,
    found.happened_on,
    uk_day(found.found_at) as found_on,
    add_working_days(uk_day(found.found_at), 2) as review_due_on,
    reviewed.reviewed_on,
    reviewed.outcome,
    reviewed.incident_ref,
    coalesce(
        reviewed.reviewed_on <= add_working_days(uk_day(found.found_at), 2), false
    ) as is_reviewed_in_time
from exceptions_found($as_of) as found
left join reviewed
    on
        found.rule = reviewed.rule
        and found.case_ref = reviewed.case_ref
        and found.home = reviewed.home
        and reviewed.nth = 1
