-- name: fold
-- why:  references are compared without regard to case and stray spaces

create or replace macro fold(reference) as lower(trim(reference))
