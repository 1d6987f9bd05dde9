-- subject: named roles on a day: who holds each, and who deputises, as known
-- why:     the line that began last says who holds a role; one that has ended leaves it
--          vacant. The holder and the deputy are looked up in the staff register by their
--          home and reference: whoever has left it holds nothing.

with begun as (
    select
        *,
        row_number() over (
            partition by home_key, role, fold(area) order by started_on desc
        ) as nth
    from known_named_roles($as_of)
    where started_on <= $as_of
),

placed as (
    select
        begun.*,
        coalesce(holding.home_ref, fold(begun.holder_home)) as holder_home_key,
        coalesce(deputising.home_ref, fold(begun.deputy_home)) as deputy_home_key,
        begun.ended_on is null or begun.ended_on >= $as_of as is_running
    from begun
    left join home_alias() as holding on holding.alias = fold(begun.holder_home)
    left join home_alias() as deputising on deputising.alias = fold(begun.deputy_home)
    where begun.nth = 1
),

in_post as (
    select
        home_key,
        staff_ref
    from staff($as_of)
)

select
    placed.row_key as case_ref,
    placed.home,
    placed.role,
    placed.area,
    placed.started_on,
    placed.holder_home_key,
    fold(placed.holder_ref) as holder_ref,
    placed.holder_post,
    fold(placed.deputy_ref) as deputy_ref,
    placed.deputy_post,
    placed.duty,
    case when placed.ended_on < $as_of then placed.ended_on end as ended_on,
    placed.is_running
    and (coalesce(placed.is_external, false) or holder.staff_ref is not null)
        as is_filled,
    placed.is_running and holder.staff_ref is not null as is_held_by_staff,
    placed.is_running and deputy.staff_ref is not null as has_deputy
from placed
left join in_post as holder
    on placed.holder_home_key = holder.home_key
    and holder.staff_ref = fold(placed.holder_ref)
left join in_post as deputy
    on placed.deputy_home_key = deputy.home_key
    and deputy.staff_ref = fold(placed.deputy_ref)
