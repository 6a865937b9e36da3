-- The first form of the ledger. Once released this file is never edited: its hash is kept in every
-- ledger and compared at each opening. Instants are Unix milliseconds.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE connection (
    id                  TEXT PRIMARY KEY,
    name                TEXT NOT NULL,
    base_url            TEXT NOT NULL,
    api_version         TEXT NOT NULL,
    proxy               TEXT NOT NULL,
    ca_pem              TEXT NOT NULL,
    api_key_hint        TEXT NOT NULL,
    api_key_fingerprint TEXT NOT NULL,
    secret_hint         TEXT NOT NULL,
    secret_fingerprint  TEXT NOT NULL,
    created_at_ms       INTEGER NOT NULL
) STRICT;

CREATE TABLE draft (
    id          TEXT PRIMARY KEY,
    json        TEXT NOT NULL,
    saved_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE key_pair (
    public_key    TEXT PRIMARY KEY,
    private_pkcs8 BLOB NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;

-- Connections may be removed while their requests stay, hence no foreign key to them.
CREATE TABLE request (
    number          INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    connection_id   TEXT NOT NULL,
    connection_name TEXT NOT NULL,
    practice        INTEGER NOT NULL CHECK (practice IN (0, 1)),
    url             TEXT NOT NULL,
    api_version     TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    body_sha256     TEXT NOT NULL,
    name            TEXT NOT NULL,
    internal_id     TEXT NOT NULL,
    security_level  TEXT NOT NULL,
    pub_key         TEXT NOT NULL,
    people          INTEGER NOT NULL,
    first_contact   TEXT NOT NULL,
    state           TEXT NOT NULL,
    humanos_id      TEXT NOT NULL DEFAULT '',
    created_at_ms   INTEGER NOT NULL,
    UNIQUE (connection_id, idempotency_key)
) STRICT;

CREATE INDEX request_body ON request (body_sha256);
CREATE INDEX request_sending ON request (number) WHERE state = 'sending';

-- Apart from the request, so that listing never steps over megabytes.
CREATE TABLE body (
    request INTEGER PRIMARY KEY REFERENCES request (number),
    bytes   BLOB NOT NULL
) STRICT;

-- Name, ids and contacts in lower case, one a line: what a search reads.
CREATE TABLE search (
    request INTEGER PRIMARY KEY REFERENCES request (number),
    text    TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    request  INTEGER NOT NULL REFERENCES request (number),
    position INTEGER NOT NULL,
    contact  TEXT NOT NULL,
    PRIMARY KEY (request, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
    request           INTEGER NOT NULL REFERENCES request (number),
    number            INTEGER NOT NULL,
    timestamp_ms      INTEGER NOT NULL,
    started_at_ms     INTEGER NOT NULL,
    ended_at_ms       INTEGER,
    result            TEXT NOT NULL,
    status            INTEGER,
    reply_body        TEXT,
    reply_salt        TEXT,
    reply_commitment  TEXT,
    server_date       TEXT,
    server_request_id TEXT,
    messages          TEXT NOT NULL DEFAULT '[]',
    reason            TEXT,
    PRIMARY KEY (request, number)
) STRICT;

CREATE TABLE subject (
    request  INTEGER NOT NULL REFERENCES request (number),
    position INTEGER NOT NULL,
    id       TEXT NOT NULL,
    contact  TEXT NOT NULL,
    link     TEXT,
    code     TEXT,
    PRIMARY KEY (request, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE credential (
    request     INTEGER NOT NULL REFERENCES request (number),
    position    INTEGER NOT NULL,
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    internal_id TEXT NOT NULL,
    PRIMARY KEY (request, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    sequence INTEGER PRIMARY KEY,
    request  INTEGER REFERENCES request (number),
    kind     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    at_ms    INTEGER NOT NULL
) STRICT;

CREATE INDEX event_request ON event (request, sequence) WHERE request IS NOT NULL;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;

-- What was asked is evidence: the request's own words and its bytes stay as planned.
CREATE TRIGGER body_is_never_changed BEFORE UPDATE ON body
BEGIN SELECT RAISE(ABORT, 'a body stays as it was planned'); END;

CREATE TRIGGER request_stays_as_planned
BEFORE UPDATE OF id, connection_id, practice, url, api_version, idempotency_key, body_sha256,
    created_at_ms ON request
BEGIN SELECT RAISE(ABORT, 'a request stays as it was planned'); END;
