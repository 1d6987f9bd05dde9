-- subject: enquiries by press and broadcasters as they stood at the end of a day, as known
-- why:     one that does not say it was dealt with by the procedure was not. What was not
--          answered by that day is open, whatever came later.

with placed as (
    select
        *,
        end_of_day($as_of) as until
    from known_media_enquiries($as_of)
)

select
    row_key as case_ref,
    media_ref,
    home,
    received_at,
    uk_day(received_at) as received_on,
    outlet,
    outlet_kind,
    taken_by,
    handled_by,
    case when passed_on_at < until then passed_on_at end as passed_on_at,
    case when answered_at < until then answered_at end as answered_at,
    case when answered_at < until then outcome end as outcome,
    coalesce(is_by_procedure, false) as is_by_procedure,
    departure,
    coalesce(is_about_a_person, false) as is_about_a_person,
    has_consent,
    statement_ref
from placed
where received_at < until
