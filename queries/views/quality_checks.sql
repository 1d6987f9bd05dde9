-- subject: data-quality checks run by a day, as known
-- why:     a check counts its units, not a rate: rates of unequal samples must not be
--          averaged. What the question does not apply to is in neither figure, so a check
--          with nothing else has no units at all.

select
    row_key as case_ref,
    home,
    check_ref,
    run_on,
    record_type,
    dimension,
    question,
    system,
    compared_with,
    population,
    sample_size,
    passed as units_met,
    passed + failed as units,
    not_applicable,
    threshold_pct,
    checker,
    coalesce(at_collection, false) as at_collection,
    fold(action_ref) as action_ref
from known_quality_checks($as_of)
where run_on <= $as_of
