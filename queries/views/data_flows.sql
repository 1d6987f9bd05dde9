-- subject: data flows on a day, as known
-- why:     each of the eight Caldicott answers counts as met only where it says yes, and
--          only from the day they were given. "Not applicable", N/A and a blank are not
--          met: no principle fails to apply to a flow of residents' information.

with counted as (
    select
        *,
        case
            when checked_on <= $as_of
                then len(list_filter(
                    [
                        caldicott_1, caldicott_2, caldicott_3, caldicott_4,
                        caldicott_5, caldicott_6, caldicott_7, caldicott_8
                    ],
                    lambda answer: answer = 'yes'
                ))
            else 0
        end as principles_met
    from known_data_flows($as_of)
    where
        (started_on is null or started_on <= $as_of)
        and (ended_on is null or ended_on >= $as_of)
)

select
    row_key as case_ref,
    fold(flow_ref) as flow_ref,
    home,
    name,
    direction,
    fold(asset_ref) as asset_ref,
    party,
    party_type,
    fold(party_ref) as party_ref,
    purpose,
    data_subjects,
    data_types,
    frequency,
    method,
    coalesce(is_protected, false) as is_protected,
    lawful_basis,
    article_9_condition,
    confidentiality_basis,
    legal_gateway,
    principles_met,
    principles_met = 8 as is_caldicott_met,
    case when checked_on <= $as_of then checked_on end as checked_on,
    coalesce(
        principles_met = 8
        and lawful_basis is not null
        and checked_on > $as_of - interval 12 month,
        false
    ) as is_checked_in_date,
    fold(agreement_ref) as agreement_ref,
    coalesce(needs_agreement, false) as needs_agreement,
    coalesce(opt_out_considered, false) as opt_out_considered,
    coalesce(goes_outside_uk, false) as goes_outside_uk,
    safeguard,
    risk,
    case when reviewed_on <= $as_of then reviewed_on end as reviewed_on,
    review_due_on
from counted
