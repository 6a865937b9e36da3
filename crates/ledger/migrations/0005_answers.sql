-- Which request a return belongs to. A corrected request takes the address of the one it stands for.
CREATE TABLE return_nonce (
    nonce   TEXT PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES request (number)
) STRICT, WITHOUT ROWID;

CREATE INDEX return_nonce_request ON return_nonce (request);

-- Key pairs made for the embedded sessions of a request that registered none of its own.
CREATE TABLE request_key (
    request    INTEGER NOT NULL REFERENCES request (number),
    public_key TEXT NOT NULL REFERENCES key_pair (public_key),
    PRIMARY KEY (request, public_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_key_public ON request_key (public_key);
CREATE INDEX request_pub_key ON request (pub_key) WHERE pub_key <> '';

-- Encrypted payloads as they came, opened or not. Nothing is removed.
CREATE TABLE payload (
    number        INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    request       INTEGER REFERENCES request (number),
    sha256        TEXT NOT NULL UNIQUE,
    way           TEXT NOT NULL,
    headers       TEXT NOT NULL,
    raw           BLOB NOT NULL,
    opened        BLOB,
    how           TEXT NOT NULL,
    arrived_at_ms INTEGER NOT NULL,
    opened_at_ms  INTEGER
) STRICT;

CREATE INDEX payload_request ON payload (request, number);

CREATE TRIGGER payload_stays_as_it_came
BEFORE UPDATE OF id, sha256, way, headers, raw, arrived_at_ms ON payload
BEGIN SELECT RAISE(ABORT, 'a payload stays as it came'); END;

CREATE TRIGGER payload_is_opened_once
BEFORE UPDATE OF request, opened, how, opened_at_ms ON payload WHEN old.opened IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a payload is opened once'); END;

CREATE TRIGGER payload_is_never_removed BEFORE DELETE ON payload
BEGIN SELECT RAISE(ABORT, 'payloads are only ever added'); END;
