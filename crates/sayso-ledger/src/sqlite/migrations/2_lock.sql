-- The lock of the keys, where a passphrase was once given: 'sealing', 'sealed', or 'open' again.
CREATE TABLE lock (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    state   TEXT NOT NULL,
    memory  INTEGER NOT NULL,
    passes  INTEGER NOT NULL,
    lanes   INTEGER NOT NULL,
    salt    BLOB NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

-- A process that does not know yet that there is a passphrase writes no key in clear.
CREATE TRIGGER key_is_wrapped BEFORE INSERT ON key
WHEN length(NEW.secret) = 32 AND EXISTS (SELECT 1 FROM lock WHERE state <> 'open')
BEGIN
    SELECT RAISE(ABORT, 'the ledger was encrypted meanwhile: start again with its passphrase');
END;

CREATE TRIGGER ledger_key_is_wrapped BEFORE INSERT ON ledger_key
WHEN length(NEW.secret) = 32 AND EXISTS (SELECT 1 FROM lock WHERE state <> 'open')
BEGIN
    SELECT RAISE(ABORT, 'the ledger was encrypted meanwhile: start again with its passphrase');
END;
