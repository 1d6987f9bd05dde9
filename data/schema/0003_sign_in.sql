-- name: what signing in needs beside a passphrase
-- why:  a second factor, the way back in without it, people who come from a provider, and
--       the keys that are this store's alone. Nothing here can be told from the journal.

-- By version: the newest number is the one in force; no secret: taken away again.
create table second_factor (
    number bigint not null,
    person varchar not null,
    secret varchar
);

-- The codes given last are in force, but for those used. Hashed; each is 80 random bits.
create table recovery_code (
    number bigint not null,
    person varchar not null,
    sha256 varchar not null,
    is_used boolean not null
);

-- Whom a provider means by a subject: a name alone can be given to somebody else there.
create table provider_subject (
    number bigint not null,
    person varchar not null,
    issuer varchar not null,
    subject varchar not null
);

-- Made at random for this store when first wanted: what pseudonyms are made with.
create table own_key (
    name varchar not null,
    value varchar not null
);
