-- subject: incidents as they stood at the end of a day, as known
-- why:     what happened after that day had not happened yet: later times are left out, so
--          that a past day can be asked about. An incident with no time of becoming aware
--          is placed by another time that it has, and else by the day of the first file that
--          told of it. One that does not say what it is counts as a confirmed breach: leaving
--          a cell blank must take it out of no figure.

with placed as (
    select
        *,
        coalesce(
            aware_at,
            reported_at,
            ico_reported_at,
            occurred_at,
            timezone('Europe/London', first_sent_on::timestamp)
        ) as known_from,
        end_of_day($as_of) as until
    from known_incidents($as_of)
)

select
    row_key as case_ref,
    incident_ref,
    home,
    coalesce(kind, 'confirmed') as kind,
    incident_type,
    cause,
    affects,
    subjects,
    data_types,
    likelihood,
    severity,
    investigator,
    root_cause,
    remedy,
    lesson,
    case when decided_at < until then decided_at end as decided_at,
    decided_by,
    decision_reason,
    late_reason,
    is_high_risk,
    is_notifiable_safety_incident,
    subjects_affected,
    apology_recorded,
    apology_in_notice,
    support_offered,
    contact_attempts,
    is_notifiable_cqc,
    uk_day(known_from) as known_on,
    occurred_at,
    aware_at,
    case when reported_at < until then reported_at end as reported_at,
    case when contained_at < until then contained_at end as contained_at,
    case when closed_at < until then closed_at end as closed_at,
    case when lesson_shared_at < until then lesson_shared_at end as lesson_shared_at,
    case when cqc_notified_at < until then cqc_notified_at end as cqc_notified_at,
    -- A decision with no time of its own is taken to be as old as the incident.
    case when coalesce(decided_at, known_from) < until then is_reportable_ico
    end as is_reportable_ico,
    case when ico_reported_at < until then ico_reported_at end as ico_reported_at,
    case when people_informed_at < until then people_informed_at
    end as people_informed_at,
    case when told_in_person_at < until then told_in_person_at
    end as told_in_person_at,
    case when written_notice_at < until then written_notice_at
    end as written_notice_at,
    until
from placed
where known_from < until
