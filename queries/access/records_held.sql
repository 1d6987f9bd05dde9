-- part: whose records there are, at which home each resident lives or lived
-- why:  two homes may number alike: a reference that only one home has is that home's

select
    home,
    home_key,
    fold(resident_ref) as resident_ref,
    coalesce(is_high_interest, false) as is_high_interest,
    status,
    coalesce(
        least(gone_on, (left_on + interval 1 day)::date), date '9999-12-31'
    ) as gone_from,
    count(*) over (partition by fold(resident_ref)) = 1 as is_only_one
from every_residents(date '9999-12-31')
where $as_of is not null
