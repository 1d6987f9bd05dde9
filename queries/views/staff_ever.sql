-- subject: everybody who was ever on the staff register, as known on a day
-- why:     a register drops its leavers, and what fell due while they were in post still
--          counts. gone_from is the first day a person was no longer in post: the day after
--          their last, the day of the file that took them off or left them out, or the day
--          their home closed, unless a later file still has them there.

select
    staff.row_key as case_ref,
    staff.home,
    staff.home_key,
    fold(staff.staff_ref) as staff_ref,
    staff.job_role,
    staff.employment,
    staff.started_on,
    staff.is_long_absence,
    coalesce(staff.has_access, true) as has_access,
    staff.is_care_staff,
    case
        when staff.confidentiality_signed_on <= $as_of
            then staff.confidentiality_signed_on
    end as confidentiality_signed_on,
    staff.logins,
    least(
        staff.gone_on,
        (staff.left_on + interval 1 day)::date,
        case when staff.is_removed then staff.sent_on end,
        case
            when staff.sent_on < closed_homes.closed_from then closed_homes.closed_from
        end
    ) as gone_from
from ever_staff($as_of) as staff
left join closed_homes($as_of) as closed_homes on staff.home = closed_homes.home
