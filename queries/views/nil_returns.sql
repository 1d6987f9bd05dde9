-- subject: periods of which a home said there was nothing to report, by a day, as known
-- why:     one that was withdrawn says nothing; what each says is also how far its home
--          speaks for that kind (heard_<kind>)

select
    row_key as case_ref,
    home,
    kind,
    period_from,
    period_to,
    said_on,
    said_by
from known_nil_returns($as_of)
where said_on <= $as_of and not coalesce(is_withdrawn, false)
