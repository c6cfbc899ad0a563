-- The keys, in a file of their own.
CREATE TABLE ledger_key (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL
) STRICT;

CREATE TABLE key (
    name   TEXT PRIMARY KEY,
    secret BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Erasing the report destroys the key.
CREATE TABLE opens (
    report TEXT NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (report, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX opens_name ON opens (name);
