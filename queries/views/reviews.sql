-- subject: management reviews as the journal tells of them by the end of a day, as known
-- why:     a review is what people did here: planned, frozen, signed, sealed
--          (oversight/review). What was planned last says for which day. It was held when
--          it is sealed, on that day or, where it was sealed earlier, on the day of that;
--          and it is signed when at least one named person had signed before.

with acts as (
    select
        what as act,
        about ->> 'review' as review,
        (about ->> 'held_on')::date as planned_for,
        number,
        happened_on
    from journal_entries($as_of)
    where
        what in ('review planned', 'review frozen', 'review signed', 'review sealed')
),

folded as (
    select
        review,
        arg_max(planned_for, number) filter (act = 'review planned') as planned_for,
        min(happened_on) filter (act = 'review frozen') as frozen_on,
        min(happened_on) filter (act = 'review signed') as signed_on,
        count(*) filter (act = 'review signed') as signatures,
        min(happened_on) filter (act = 'review sealed') as sealed_on
    from acts
    group by review
)

select
    review as case_ref,
    'company' as home,
    planned_for,
    frozen_on,
    signed_on,
    signatures,
    sealed_on,
    case when signed_on <= sealed_on then least(planned_for, sealed_on) end as held_on
from folded
