-- subject: everybody who was ever on the list of residents, as known on a day
-- why:     an admission stays an admission after the resident has left. gone_from is the
--          first day a person was no longer there: the day after their last, the day of the
--          list that left them out, or the day their home closed.

select
    resident.row_key as case_ref,
    resident.home,
    resident.home_key,
    fold(resident.resident_ref) as resident_ref,
    resident.admitted_on,
    resident.has_representative,
    resident.is_opted_out,
    resident.is_high_interest,
    least(
        resident.gone_on,
        (resident.left_on + interval 1 day)::date,
        case
            when resident.sent_on < closed_homes.closed_from
                then closed_homes.closed_from
        end
    ) as gone_from
from ever_residents($as_of) as resident
left join closed_homes($as_of) as closed_homes
    on resident.home = closed_homes.home
