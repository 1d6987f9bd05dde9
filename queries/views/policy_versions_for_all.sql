-- subject: every version of every policy, and which was in force on a day, for every reader
-- why:     see policies. One that was withdrawn leaves nothing in force in its place. What
--          everybody must have read is hidden from nobody: the reader of one home is told
--          which version binds there. policy_versions keeps to the reader's scope.

with dated as (
    select
        *,
        policy_no || '|' || regexp_replace(lower(title), '[^a-z0-9]', '', 'g')
            as policy_key,
        coalesce(effective_from, approved_on) as in_force_from,
        case when reviewed_on <= $as_of then reviewed_on end as reviewed_by_then
    from every_policies($as_of)
),

begun as (
    select
        *,
        approved_on is not null
        and coalesce(status, 'in force') <> 'draft'
        and in_force_from <= $as_of as has_begun,
        (
            coalesce(reviewed_by_then, approved_on) + interval 12 month
            - interval 1 day
        )::date as year_ends_on
    from dated
),

ordered as (
    select
        *,
        row_number() over (
            partition by policy_key
            order by has_begun desc, in_force_from desc, approved_on desc, version desc
        ) as nth
    from begun
)

select
    row_key as case_ref,
    home,
    policy_no,
    title,
    policy_key,
    version,
    strand,
    clauses,
    owner,
    case when approved_on <= $as_of then approved_on end as approved_on,
    case when approved_on <= $as_of then approved_by end as approved_by,
    in_force_from,
    reviewed_by_then as reviewed_on,
    -- A day that the register gives after a later review says nothing of the days before.
    case
        when coalesce(reviewed_on <= $as_of, true)
            then least(year_ends_on, coalesce(review_due_on, year_ends_on))
        else year_ends_on
    end as in_date_until,
    case when withdrawn_on <= $as_of then withdrawn_on end as withdrawn_on,
    what_changed,
    changed_clauses,
    legal_refs,
    document_ref,
    coalesce(
        has_begun and nth = 1 and (withdrawn_on is null or withdrawn_on > $as_of), false
    ) as is_current
from ordered
