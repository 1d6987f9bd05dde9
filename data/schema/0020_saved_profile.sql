-- name: mappings that people made here
-- why:  somebody else's columns, mapped once in the browser and used by name afterwards. By
--       version: the newest number of a name is the one in force; none is ever changed.
create table saved_profile (
    number bigint not null,
    name varchar not null,
    said varchar not null, -- JSON, as a file under data/profiles
    person varchar not null,
    is_removed boolean not null
);
