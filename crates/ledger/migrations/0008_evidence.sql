-- Every event carries the hash of its leaf, which names the one before it. The events of before are
-- chained by the app, in their order, right after this script; then event_before goes.
DROP TRIGGER event_is_never_changed;
DROP TRIGGER event_is_never_removed;
DROP INDEX event_request;
ALTER TABLE event RENAME TO event_before;

CREATE TABLE event (
    sequence INTEGER PRIMARY KEY,
    request  INTEGER REFERENCES request (number),
    kind     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX event_request ON event (request, sequence) WHERE request IS NOT NULL;

-- The hashes once more, close together: the tree is made of them alone. And where a page of events can
-- no longer be read, they still tell what was there.
CREATE INDEX event_hash ON event (sequence, hash);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;

-- The public halves of the keys that receipts were signed with on this computer. One is in use: the one
-- that is not retired.
CREATE TABLE device_key (
    number        INTEGER PRIMARY KEY,
    kid           TEXT NOT NULL UNIQUE,
    jwk           TEXT NOT NULL,
    made_at_ms    INTEGER NOT NULL,
    retired_at_ms INTEGER
) STRICT;

CREATE UNIQUE INDEX device_key_in_use ON device_key (retired_at_ms IS NULL) WHERE retired_at_ms IS NULL;

CREATE TRIGGER device_key_stays_as_made BEFORE UPDATE OF number, kid, jwk, made_at_ms ON device_key
BEGIN SELECT RAISE(ABORT, 'a device key stays as it was made'); END;

CREATE TRIGGER device_key_is_retired_once
BEFORE UPDATE OF retired_at_ms ON device_key WHEN OLD.retired_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a device key is retired once'); END;

CREATE TRIGGER device_key_is_never_removed BEFORE DELETE ON device_key
BEGIN SELECT RAISE(ABORT, 'device keys are only ever added'); END;

-- The lists a batch was made from, byte for byte. Each file is kept once, however often it was used.
CREATE TABLE source (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    length INTEGER NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;

CREATE TABLE batch_source (
    batch    INTEGER NOT NULL REFERENCES batch (number),
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    source   INTEGER NOT NULL REFERENCES source (number),
    PRIMARY KEY (batch, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER source_is_never_changed BEFORE UPDATE ON source
BEGIN SELECT RAISE(ABORT, 'a list stays as it was imported'); END;

CREATE TRIGGER source_is_never_removed BEFORE DELETE ON source
BEGIN SELECT RAISE(ABORT, 'lists are only ever added'); END;

CREATE TRIGGER batch_source_is_never_changed BEFORE UPDATE ON batch_source
BEGIN SELECT RAISE(ABORT, 'a list stays as it was imported'); END;

CREATE TRIGGER batch_source_is_never_removed BEFORE DELETE ON batch_source
BEGIN SELECT RAISE(ABORT, 'lists are only ever added'); END;
