-- name: no_pseudonym
-- why:  a reference that tells who somebody is: an NHS number, a telephone number, an
--       e-mail address, or two words such as a name has

create or replace macro no_pseudonym(cell) as coalesce(
    regexp_matches(cell, identifier())
    or regexp_matches(cell, '\p{L}{2,}[ ,.]+\p{L}{2,}'),
    false
)
