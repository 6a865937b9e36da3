-- What comes home: people through the redirect, and answers, most of them sealed.

-- The word in a request's redirect address by which a returning person is known. A corrected request
-- takes over that of the one it replaces.
CREATE TABLE return_nonce (
    nonce   TEXT PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES request (number)
) STRICT, WITHOUT ROWID;

CREATE INDEX return_nonce_request ON return_nonce (request);

-- Key pairs made for a session of a request, apart from the one named in its body.
CREATE TABLE request_key (
    request    INTEGER NOT NULL REFERENCES request (number),
    public_key TEXT NOT NULL REFERENCES key_pair (public_key),
    PRIMARY KEY (request, public_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_key_public ON request_key (public_key);
CREATE INDEX request_pub_key ON request (pub_key) WHERE pub_key <> '';

-- The long columns come last, so that the others are read without stepping over megabytes.
CREATE TABLE payload (
    number        INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    request       INTEGER REFERENCES request (number),
    sha256        TEXT NOT NULL UNIQUE, -- of raw
    way           TEXT NOT NULL CHECK (way IN ('session', 'brought', 'webhook')),
    arrived_at_ms INTEGER NOT NULL,
    opened_at_ms  INTEGER,
    how           TEXT NOT NULL,
    headers       TEXT NOT NULL,
    raw           BLOB NOT NULL,
    opened        BLOB,
    CHECK ((opened IS NULL) = (opened_at_ms IS NULL))
) STRICT;

CREATE INDEX payload_request ON payload (request);
CREATE INDEX payload_unopened ON payload (request) WHERE opened_at_ms IS NULL;

CREATE TRIGGER payload_stays_as_it_came
BEFORE UPDATE OF number, id, sha256, way, arrived_at_ms, headers, raw ON payload
BEGIN SELECT RAISE(ABORT, 'a payload stays as it came'); END;

CREATE TRIGGER payload_is_opened_once
BEFORE UPDATE OF opened, opened_at_ms, how ON payload WHEN OLD.opened_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a payload is opened once'); END;

CREATE TRIGGER payload_joins_one_request
BEFORE UPDATE OF request ON payload WHEN OLD.request IS NOT NULL AND NEW.request IS NOT OLD.request
BEGIN SELECT RAISE(ABORT, 'a payload stays with its request'); END;

CREATE TRIGGER payload_is_never_removed BEFORE DELETE ON payload
BEGIN SELECT RAISE(ABORT, 'payloads are only ever added'); END;
