-- name: evidence files attached to a record, a clause or a Toolkit item
-- why:  the bytes lie beside the store by their checksum; what is said of them is here, and
--       is never changed. What was removed keeps its entry, with the reason.
create table attachment (
    number bigint not null, -- the moment it was attached, and what it is called by
    about varchar not null, -- record · clause · toolkit item
    reference varchar not null, -- kind|row_key, the clause or the item
    home varchar not null, -- of the record; 'company' for the rest
    name varchar not null, -- as sent, cleaned
    media_type varchar not null, -- by its content
    size bigint not null, -- bytes
    sha256 varchar not null,
    expires_on date,
    note varchar not null,
    person varchar not null
);

create table attachment_removed (
    number bigint not null,
    attachment bigint not null,
    why varchar not null,
    person varchar not null
);
