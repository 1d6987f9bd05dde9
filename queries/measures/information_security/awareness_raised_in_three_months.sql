-- id:        S26
-- title:     IG awareness raised in three months
-- strand:    information security
-- clauses:   9d
-- question:  Was awareness of information governance raised in the last three months?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% (company, provisional: policy 9d)
-- owner:     IG lead
-- reads:     advice_log
-- so what:   What is not spoken of between trainings is forgotten.
-- warning:   30 days

-- A case is the company, by what was for all homes, and each home that was ever told by
-- itself. Advice on a question is not awareness. Three months are the company's own limit.
with raised as (
    select
        home,
        (max(given_on) + interval 3 month - interval 1 day)::date as in_date_until
    from advice_log($as_of)
    where act = 'awareness'
    group by home
)

select
    home || ' awareness' as case_ref,
    home,
    in_date_until as happened_on,
    in_date_until >= $as_of as is_met
from raised
