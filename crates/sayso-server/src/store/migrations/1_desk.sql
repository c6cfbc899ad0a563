-- Moments are RFC 3339 in UTC with six decimals, so that their order is that of the words; the empty
-- word stands for never. Passwords, session ids and tokens are kept as hashes alone.
CREATE TABLE desk_user (
    name     TEXT NOT NULL PRIMARY KEY,
    role     TEXT NOT NULL,
    password TEXT NOT NULL,
    active   BIGINT NOT NULL,
    made     TEXT NOT NULL,
    changed  TEXT NOT NULL
);

CREATE TABLE desk_session (
    hash TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL REFERENCES desk_user (name),
    csrf TEXT NOT NULL,
    made TEXT NOT NULL,
    used TEXT NOT NULL,
    ends TEXT NOT NULL
);

CREATE INDEX desk_session_name ON desk_session (name);

CREATE TABLE desk_token (
    id    TEXT NOT NULL PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL REFERENCES desk_user (name),
    role  TEXT NOT NULL,
    label TEXT NOT NULL,
    made  TEXT NOT NULL,
    used  TEXT NOT NULL,
    ends  TEXT NOT NULL
);

CREATE INDEX desk_token_name ON desk_token (name);

-- Who did what. What a report says is not in it: reports stand by their keyed hashes.
CREATE TABLE desk_audit (
    id      TEXT NOT NULL PRIMARY KEY,
    at      TEXT NOT NULL,
    name    TEXT NOT NULL,
    what    TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome BIGINT NOT NULL
);

CREATE INDEX desk_audit_name ON desk_audit (name, id);

CREATE TABLE desk_import (
    id        TEXT NOT NULL PRIMARY KEY,
    at        TEXT NOT NULL,
    name      TEXT NOT NULL,
    known     BIGINT NOT NULL,
    refused   BIGINT NOT NULL,
    undone    TEXT NOT NULL,
    undone_by TEXT NOT NULL
);

CREATE TABLE desk_import_report (
    import TEXT NOT NULL REFERENCES desk_import (id),
    report TEXT NOT NULL,
    PRIMARY KEY (import, report)
);

CREATE TABLE desk_published (
    name   TEXT NOT NULL PRIMARY KEY,
    at     TEXT NOT NULL,
    made_by TEXT NOT NULL,
    format TEXT NOT NULL,
    wanted TEXT NOT NULL
);
