-- id:        L01
-- title:     Toolkit published at Standards Met
-- strand:    legal compliance
-- clauses:   1.1, 3.1e, 6.5, 9b
-- question:  Has each organisation of ours published the Toolkit at Standards Met, for a cycle that still counts?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (Toolkit: Standards Met by 30 June)
-- owner:     IG lead
-- reads:     toolkit_publications
-- so what:   Without it the NHS and councils may not share with us.
-- warning:   60 days

-- One case for each organisation that publishes, by its code. The newest cycle it published
-- for counts, to the end of the next one: what was published for 25/26 counts to 30 June
-- 2027. An organisation on the list for a cycle that has begun and with nothing published
-- is not met.
with expected as (
    select distinct fold(organisation_code) as organisation_code
    from known_toolkit_publications($as_of)
    where make_date(1999 + split_part(version, '/', 2)::integer, 7, 1) <= $as_of
),

published as (
    select
        *,
        row_number() over (
            partition by organisation_code
            order by cycle_ends_on desc, published_on desc
        ) as nth
    from toolkit_publications($as_of)
)

select
    expected.organisation_code as case_ref,
    'company' as home,
    coalesce(
        case
            when published.is_standards_met then published.counts_until
            else published.published_on
        end,
        $as_of
    ) as happened_on,
    coalesce(published.is_current, false) as is_met
from expected
left join published
    on expected.organisation_code = published.organisation_code and published.nth = 1
