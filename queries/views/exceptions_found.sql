-- subject: exceptions to the rules of access, as this store had found them
-- why:     what was found stays a fact after a late rota, a mended rule or the end of the
--          events' keeping time: the newest entry known about a case says whether it holds

with entry as (
    select
        *,
        row_number() over (
            partition by rule, case_ref, home order by number desc, found_at desc
        ) as nth
    from exception_found
    where number <= getvariable('known_number') and in_scope(home)
)

select
    rule,
    version,
    case_ref,
    home,
    happened_on,
    person,
    number,
    found_at
from entry
where nth = 1 and is_held and happened_on <= $as_of
