-- subject: privacy notices given, and notices approved or reviewed, up to a day, as known
-- why:     a notice is due again a year after it was last looked at, or earlier where the
--          register says so (Toolkit 1.1.3)

select
    row_key as case_ref,
    notice_ref,
    home,
    home_key,
    notice,
    version,
    act,
    done_on,
    audience,
    fold(person_ref) as person_ref,
    given_to,
    method,
    form,
    done_by,
    case
        when act <> 'issued'
            then least(
                coalesce(next_due_on, (done_on + interval 12 month)::date),
                (done_on + interval 12 month)::date
            )
    end as next_due_on
from known_privacy_notices($as_of)
where done_on <= $as_of
