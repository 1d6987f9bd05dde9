-- id:        S26
-- title:     Homes reached by IG awareness
-- strand:    information security
-- clauses:   9d
-- question:  Did each home get IG news or advice in the last three months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: policy 9d)
-- owner:     IG lead
-- reads:     advice_log, homes
-- so what:   What is not spoken of between trainings is forgotten.
-- warning:   14 days

-- Reached is a home by what was raised there or for the whole company, in the last three
-- months: the company's own limit. An answer to a question reaches who asked, not the home.
-- A home that opened within them is given the three months first.
select
    home as case_ref,
    home,
    coalesce(
        (reached_on + interval 3 month - interval 1 day)::date, $as_of
    ) as happened_on,
    coalesce(reached_on > $as_of - interval 3 month, false) as is_met
from awareness_by_home($as_of)
where
    reached_on is not null
    or opened_on is null
    or opened_on <= $as_of - interval 3 month
