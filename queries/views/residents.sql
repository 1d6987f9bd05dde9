-- subject: residents on a day, as known
-- why:     a resident with no day of admission is taken to be there. Gone is who has a last
--          day behind them, whom a later list leaves out, or whose home has closed: what a
--          list calls the status is not asked, because it says nothing of other days.

select
    case_ref,
    home,
    home_key,
    resident_ref,
    admitted_on,
    has_representative,
    is_opted_out,
    is_high_interest
from residents_ever($as_of)
where
    (admitted_on is null or admitted_on <= $as_of)
    and (gone_from is null or gone_from > $as_of)
