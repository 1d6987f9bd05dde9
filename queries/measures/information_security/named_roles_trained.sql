-- id:        S03
-- title:     Named roles in date with role training
-- strand:    information security
-- clauses:   3.1g, 7.3, 9e, 9f
-- question:  Does each holder of an IG role have the role's own training in date?
-- kind:      state
-- window:    day
-- duty:      no
-- direction: higher
-- target:    100% from 2025-09-01 (Toolkit 3.4.1)
-- owner:     IG lead
-- reads:     homes, named_roles, staff, training, training_needs
-- so what:   A Caldicott Guardian must know more than the rest of us.
-- warning:   60 days

-- The named roles are those that Toolkit 3.4.1 and clause 9f are about. A course is a role's
-- own when its name says the role, or when the analysis of training needs gives it to the
-- role under that name. A vacant role trains nobody: L17 tells of it; and who holds a role
-- from outside the company is in no training register of ours. No course, no training.
with holders as (
    select
        case_ref,
        home,
        role,
        holder_home_key,
        holder_ref
    from named_roles($as_of)
    where
        is_held_by_staff
        and role in (
            'IG lead', 'senior owner', 'SIRO', 'Caldicott Guardian',
            'data protection officer', 'records lead'
        )
),

needed as (
    select
        fold(job_role) as role,
        fold(training) as training
    from training_needs($as_of)
    where is_required
),

own as (
    select
        holders.case_ref,
        courses.in_date_until
    from holders
    inner join courses($as_of) as courses
        on
            holders.holder_home_key = courses.home_key
            and holders.holder_ref = courses.staff_ref
    left join needed
        on
            fold(holders.role) = needed.role
            and courses.course_name = needed.training
    where
        contains(courses.course_name, fold(holders.role)) or needed.training is not null
),

trained as (
    select
        case_ref,
        max(in_date_until) as in_date_until
    from own
    group by case_ref
)

select
    holders.case_ref,
    holders.home,
    coalesce(trained.in_date_until, $as_of) as happened_on,
    coalesce(trained.in_date_until >= $as_of, false) as is_met
from holders
left join trained on holders.case_ref = trained.case_ref
