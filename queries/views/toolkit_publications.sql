-- subject: what was published in the Toolkit by a day, as known
-- why:     a cycle named 25/26 ends on 30 June 2026, and what is published for it counts
--          until the next one ends. A status with no day was not published.

select
    row_key as case_ref,
    home,
    fold(organisation_code) as organisation_code,
    organisation,
    version,
    status,
    published_on,
    make_date(2000 + split_part(version, '/', 2)::integer, 6, 30) as cycle_ends_on,
    make_date(2001 + split_part(version, '/', 2)::integer, 6, 30) as counts_until,
    status in ('Standards Met', 'Standards Exceeded') as is_standards_met,
    status in ('Standards Met', 'Standards Exceeded')
    and make_date(2001 + split_part(version, '/', 2)::integer, 6, 30) >= $as_of
        as is_current
from known_toolkit_publications($as_of)
where published_on <= $as_of
