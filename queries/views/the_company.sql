-- subject: the company itself, one row where it is in the reader's scope
-- why:     what is owed once, such as a yearly audit, is a case also where no register has a
--          row of it: nothing there must not read as nothing due

select home_ref as home
from home_alias()
where home_ref = 'company' and in_scope(home_ref) and $as_of is not null
