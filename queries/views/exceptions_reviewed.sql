-- subject: exceptions to the rules of access, and whether each was reviewed, by when
-- why:     an entry of the journal "access reviewed" closes what was found about a person
--          in some homes, up to the moment of the entry. What was asked or explained is open until it is
--          closed or escalated. The limit is 2 working days: the company's own.

with closed as (
    select
        number,
        unnest(json_extract_string(about, '$.of[*]')) as of_person,
        json_extract_string(about, '$.homes[*]') as of_homes,
        happened_on as reviewed_on
    from journal_entries($as_of)
    where
        what = 'access reviewed'
        and json_extract_string(about, '$.outcome') in (
            'justified', 'not justified', 'escalated'
        )
),

reviewed as (
    select
        found.rule,
        found.case_ref,
        found.home,
        min(closed.reviewed_on) as reviewed_on
    from exceptions_found($as_of) as found
    inner join closed
        on
            fold(found.person) = closed.of_person
            and list_contains(closed.of_homes, found.home)
            and found.number <= closed.number
    group by found.rule, found.case_ref, found.home
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
    coalesce(
        reviewed.reviewed_on <= add_working_days(uk_day(found.found_at), 2), false
    ) as is_reviewed_in_time
from exceptions_found($as_of) as found
left join reviewed
    on
        found.rule = reviewed.rule
        and found.case_ref = reviewed.case_ref
        and found.home = reviewed.home
