-- The entries. Nothing is overwritten: triggers refuse it.
CREATE TABLE entry (
    number   INTEGER PRIMARY KEY,
    recorded TEXT NOT NULL,
    kind     TEXT NOT NULL,
    report   TEXT,
    payload  TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL,
    head     BLOB,
    body     BLOB
) STRICT;

CREATE INDEX entry_report ON entry (report, number) WHERE report IS NOT NULL;
CREATE INDEX entry_erasure ON entry (report) WHERE kind = 'erasure';

CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: entries are not changed');
END;

CREATE TRIGGER entry_is_not_deleted BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: entries are not deleted');
END;

-- Also keeps INSERT OR REPLACE, which fires no trigger of deletion, from replacing an entry.
CREATE TRIGGER entry_follows_the_last BEFORE INSERT ON entry
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entry)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: an entry follows the last one');
END;

-- What is made from content, to be purged with it; no part of the chain.
CREATE TABLE derived (
    kind   TEXT NOT NULL,
    number INTEGER NOT NULL,
    report TEXT NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX derived_report ON derived (report);
