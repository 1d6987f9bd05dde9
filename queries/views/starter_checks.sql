-- subject: what was checked of new starters by the end of a day, as known
-- why:     only what was seen by the day counts. A registration is needed unless the
--          register says that it is not.

with seen as (
    select
        *,
        coalesce(identity_seen_on <= $as_of, false) as has_identity,
        coalesce(right_to_work_seen_on <= $as_of, false) as has_right_to_work,
        coalesce(dbs_seen_on <= $as_of, false) as has_dbs,
        coalesce(references_seen_on <= $as_of, false) as has_references,
        coalesce(details_checked_on <= $as_of, false) as has_details,
        coalesce(not needs_registration, false)
        or coalesce(registration_seen_on <= $as_of, false) as has_registration
    from known_starter_checks($as_of)
)

select
    row_key as case_ref,
    home,
    home_key,
    fold(staff_ref) as staff_ref,
    started_on,
    has_identity,
    has_right_to_work,
    has_dbs,
    has_references,
    has_details,
    has_registration,
    has_identity
    and has_right_to_work
    and has_dbs
    and has_references
    and has_details
    and has_registration as is_verified,
    case
        when has_identity and has_right_to_work and has_dbs and has_references
            and has_details and has_registration
            then greatest(
                identity_seen_on,
                right_to_work_seen_on,
                dbs_seen_on,
                references_seen_on,
                details_checked_on,
                registration_seen_on
            )
    end as verified_on,
    case when has_details then details_checked_on end as details_checked_on,
    case when has_details then details_correct end as details_correct,
    case when has_details then details_checked end as details_checked,
    case when corrected_on <= $as_of then corrected_on end as corrected_on,
    case when clause_signed_on <= $as_of then clause_signed_on end as clause_signed_on
from seen
