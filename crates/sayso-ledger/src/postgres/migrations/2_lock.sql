-- The lock of the keys, where a passphrase was once given: 'sealing', 'sealed', or 'open' again.
CREATE TABLE sayso_keys.lock (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    state   TEXT NOT NULL,
    memory  BIGINT NOT NULL,
    passes  BIGINT NOT NULL,
    lanes   BIGINT NOT NULL,
    salt    BYTEA NOT NULL,
    wrapped BYTEA NOT NULL
);

-- A process that does not know yet that there is a passphrase writes no key in clear.
CREATE FUNCTION sayso_keys.refuse_clear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF length(NEW.secret) = 32
        AND EXISTS (SELECT 1 FROM sayso_keys.lock WHERE state <> 'open') THEN
        RAISE EXCEPTION 'the ledger was encrypted meanwhile: start again with its passphrase';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER key_is_wrapped BEFORE INSERT ON sayso_keys.key
    FOR EACH ROW EXECUTE FUNCTION sayso_keys.refuse_clear();
CREATE TRIGGER ledger_key_is_wrapped BEFORE INSERT ON sayso_keys.ledger_key
    FOR EACH ROW EXECUTE FUNCTION sayso_keys.refuse_clear();
