-- name: what arrived, what was refused, what people did, and who they are
-- why:  everything that no source derives. Nothing here is ever updated in place.

-- The one order of knowledge: every arrival and every journal entry takes a number
-- under the write lock, inside the transaction that commits it.
create table moment (
    number bigint not null,
    known_at timestamptz not null
);

create table arrival (
    number bigint not null,
    state varchar not null, -- accepted · undone · restored
    target bigint not null, -- the arrival it is about: itself, or the one undone
    kind varchar not null,
    profile varchar not null,
    delivers varchar not null, -- snapshot · changes · events
    origin varchar not null, -- a register never removes what another origin supplied
    file_name varchar not null,
    sha256 varchar not null, -- of the file as sent; the file itself is not kept
    kept_sha256 varchar not null, -- of the checked rows that are kept
    taken_on date not null, -- the later one wins
    data_to date not null, -- the last day it is known to speak of
    suspends_removals boolean not null,
    person varchar not null,
    why varchar not null,
    rows_read bigint not null,
    rows_accepted bigint not null,
    rows_warned bigint not null,
    rows_unchanged bigint not null,
    rows_refused bigint not null,
    ignored_columns varchar[] not null,
    dropped_columns varchar[] not null,
    message varchar not null
);

-- The homes an arrival speaks for, as they were sent; '*' for all of them.
create table arrival_cover (
    arrival bigint not null,
    home varchar not null
);

-- Keys that were sent but refused: their previous version stays.
create table held (
    arrival bigint not null,
    kind varchar not null,
    row_key varchar not null
);

create table refusal (
    arrival bigint not null,
    row bigint not null, -- as a person counts it in the file, the header included
    column_name varchar not null,
    value varchar,
    severity varchar not null, -- refused · warned
    reason varchar not null
);

create table journal (
    number bigint not null,
    known_at timestamptz not null,
    person varchar not null,
    what varchar not null,
    about varchar not null, -- JSON
    previous_sha256 varchar not null,
    sha256 varchar not null
);

-- People by version: the newest number is the one in force.
create table person (
    number bigint not null,
    name varchar not null,
    role varchar not null,
    homes varchar[] not null,
    is_enabled boolean not null,
    password_hash varchar not null
);

-- Closed month-ends at current knowledge, ready to read. Derived: may be emptied at will.
create table reading (
    measure varchar not null,
    month_end date not null,
    home varchar not null,
    met bigint not null, -- in the measure's window
    total bigint not null,
    unknown bigint not null,
    month_met bigint not null, -- in this month alone
    month_total bigint not null,
    last_missed date -- the newest case not met, for days since
);

-- Which month-ends are ready: one with no rows above has no cases, not no answer.
create table reading_ready (
    measure varchar not null,
    month_end date not null
);

-- What the macros in the store were made from.
create table definition (
    name varchar not null,
    sha256 varchar not null
);

-- Settings by version: the newest number is the one in force.
create table setting (
    number bigint not null,
    name varchar not null,
    value varchar not null
);
