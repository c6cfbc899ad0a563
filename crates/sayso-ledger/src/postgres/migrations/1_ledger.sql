-- The entries. Nothing is overwritten: triggers refuse it.
CREATE TABLE sayso_ledger.entry (
    number   BIGINT PRIMARY KEY,
    recorded TEXT NOT NULL,
    kind     TEXT NOT NULL,
    report   TEXT,
    payload  TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL,
    head     BYTEA,
    body     BYTEA
);

-- Sealed parts are packed already.
ALTER TABLE sayso_ledger.entry ALTER COLUMN head SET STORAGE EXTERNAL;
ALTER TABLE sayso_ledger.entry ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE INDEX entry_report ON sayso_ledger.entry (report, number) WHERE report IS NOT NULL;
CREATE INDEX entry_erasure ON sayso_ledger.entry (report) WHERE kind = 'erasure';

CREATE FUNCTION sayso_ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: entries are not changed or deleted';
END;
$$;

CREATE FUNCTION sayso_ledger.follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM sayso_ledger.entry) THEN
        RAISE EXCEPTION 'the ledger is append-only: an entry follows the last one';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER entry_is_not_changed BEFORE UPDATE OR DELETE ON sayso_ledger.entry
    FOR EACH ROW EXECUTE FUNCTION sayso_ledger.refuse();
CREATE TRIGGER entry_is_not_truncated BEFORE TRUNCATE ON sayso_ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION sayso_ledger.refuse();
CREATE TRIGGER entry_follows_the_last BEFORE INSERT ON sayso_ledger.entry
    FOR EACH ROW EXECUTE FUNCTION sayso_ledger.follow();

-- What is made from content, to be purged with it; no part of the chain.
CREATE TABLE sayso_ledger.derived (
    kind   TEXT NOT NULL,
    number BIGINT NOT NULL,
    report TEXT NOT NULL,
    bytes  BYTEA NOT NULL,
    PRIMARY KEY (kind, number)
);

CREATE INDEX derived_report ON sayso_ledger.derived (report);

-- The keys, in a schema of their own.
CREATE TABLE sayso_keys.ledger_key (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    secret BYTEA NOT NULL
);

CREATE TABLE sayso_keys.key (
    name   TEXT COLLATE "C" PRIMARY KEY,
    secret BYTEA NOT NULL
);

-- Erasing the report destroys the key.
CREATE TABLE sayso_keys.opens (
    report TEXT COLLATE "C" NOT NULL,
    name   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (report, name)
);

CREATE INDEX opens_name ON sayso_keys.opens (name);
