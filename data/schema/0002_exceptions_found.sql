-- name: exceptions to the rules of access, as they were found
-- why:  the present answer changes when a late rota arrives; what was found before stays.
--       Append-only: an exception that no longer holds gets an entry that says so.
create table exception_found (
    number bigint not null, -- the moment it was found, in the order of knowledge
    found_at timestamptz not null,
    rule varchar not null,
    version varchar not null, -- of the rule and all that it rests on
    case_ref varchar not null,
    home varchar not null,
    happened_on date not null,
    person varchar not null,
    is_held boolean not null -- it came to hold; false: it ceased to
);
