-- subject: awareness raised and advice given, up to a day, as known

select
    row_key as case_ref,
    advice_ref,
    home,
    act,
    given_on,
    asked_on,
    topic,
    clauses,
    channel,
    audience,
    people_reached,
    given_by,
    followed_from,
    evidence_ref
from known_advice_log($as_of)
where given_on <= $as_of
