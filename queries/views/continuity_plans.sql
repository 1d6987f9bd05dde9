-- subject: continuity plans in force on a day, as known
-- why:     a plan that nobody approved is a draft and is not in force. One that does not
--          say what it covers covers no data or cyber part.

select
    row_key as case_ref,
    fold(plan_ref) as plan_ref,
    home,
    title,
    covers,
    coalesce(
        list_has_any(
            covers,
            ['care records', 'IT systems', 'cyber attack', 'data transfer', 'backups']
        ),
        false
    ) as covers_data_and_cyber,
    owner,
    version,
    approved_on,
    approved_by,
    case when reviewed_on <= $as_of then reviewed_on end as reviewed_on,
    coalesce(
        review_due_on,
        (coalesce(reviewed_on, approved_on) + interval 12 month)::date
    ) as review_due_on,
    case when contacts_checked_on <= $as_of then contacts_checked_on
    end as contacts_checked_on,
    coalesce(is_on_paper, false) as is_on_paper,
    rto_target_min,
    rpo_target_min,
    next_test_due_on
from known_continuity_plans($as_of)
where
    approved_on <= $as_of
    and (withdrawn_on is null or withdrawn_on > $as_of)
