-- name: where a measure's limits start afresh
-- why:  limits may be set afresh only with a reason and a name, and it stays visible.
--       Append-only: the newest entry of a measure and day is the one in force.
create table limit_reset (
    number bigint not null,
    measure varchar not null, -- its id
    reset_on date not null, -- the first day that the new limits speak of
    why varchar not null,
    person varchar not null,
    is_withdrawn boolean not null
);
