-- subject: requests about personal data as they stood at the end of a day, as known
-- why:     what came after that day had not come yet: a clarification that was not answered
--          still stopped the clock, an extension not told of was none. The last day to
--          answer is worked out from the days alone, by the rule for what is asked; the day
--          a register gives is shown beside it and decides nothing. A request is open until
--          a day says that it was answered, or that another body took it.

with told as (
    select
        * exclude (
            acknowledged_on, identity_received_on, fee_paid_on, answered_on, passed_on,
            extension_told_on, clarification_asked_on, clarification_answered_on
        ),
        case when acknowledged_on <= $as_of then acknowledged_on end as acknowledged_on,
        case when answered_on <= $as_of then answered_on end as answered_on,
        case when passed_on <= $as_of then passed_on end as passed_on,
        case when extension_told_on <= $as_of then extension_told_on
        end as extension_told_on,
        case when clarification_asked_on <= $as_of then clarification_asked_on
        end as clarification_asked_on,
        case when clarification_answered_on <= $as_of then clarification_answered_on
        end as clarification_answered_on,
        case when identity_received_on <= $as_of then identity_received_on
        end as identity_received_on,
        case when fee_paid_on <= $as_of then fee_paid_on end as fee_paid_on
    from known_requests($as_of)
    where received_on <= $as_of
),

started as (
    select
        *,
        (identity_asked_on <= $as_of and identity_received_on is null)
        or (fee_asked_on <= $as_of and fee_paid_on is null) as waits_to_start,
        request_start(received_on, identity_received_on, fee_paid_on) as starts_on,
        case
            when clarification_asked_on is not null
                then [
                    {
                        'asked': clarification_asked_on,
                        'answered': clarification_answered_on
                    }
                ]
        end as pauses
    from told
),

due as (
    select
        *,
        case
            when request_type = 'complaint' then complaint_due(received_on)
            when request_type = 'FOI' then foi_due(received_on, pauses)
            when coalesce(waits_to_start, false) then null
            when request_type = 'access'
                then request_due(starts_on, pauses, extension_told_on)
            when request_type = 'records of the deceased'
                then health_record_due(starts_on, false)
            else rights_due(starts_on, extension_told_on)
        end as due_on_by_rule
    from started
)

select
    row_key as case_ref,
    request_ref,
    home,
    request_type,
    channel,
    requester,
    subject,
    received_on,
    logged_on,
    acknowledged_on,
    starts_on,
    coalesce(waits_to_start, false) as waits_to_start,
    clarification_asked_on,
    clarification_answered_on,
    extension_told_on,
    due_on_by_rule as due_on,
    due_on as said_due_on,
    passed_to,
    passed_on,
    answered_on,
    case when answered_on is not null then outcome end as outcome,
    answered_on is null and passed_on is null as is_open,
    is_ico_complaint,
    evidence_ref
from due
