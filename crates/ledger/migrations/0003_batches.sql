-- Requests that are sent together. A batch is in state 'planning' until its last request is written
-- down; until then nothing shows it or sends from it.
CREATE TABLE batch (
    number          INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    connection_id   TEXT NOT NULL,
    connection_name TEXT NOT NULL,
    name            TEXT NOT NULL,
    practice        INTEGER NOT NULL CHECK (practice IN (0, 1)),
    created_at_ms   INTEGER NOT NULL,
    people          INTEGER NOT NULL DEFAULT 0,
    requests        INTEGER NOT NULL DEFAULT 0,
    per_minute      INTEGER NOT NULL,
    in_flight       INTEGER NOT NULL,
    state           TEXT NOT NULL,
    why             TEXT NOT NULL DEFAULT '',
    ended_at_ms     INTEGER
) STRICT;

CREATE INDEX batch_planning ON batch (number) WHERE state = 'planning';

ALTER TABLE request ADD COLUMN batch INTEGER REFERENCES batch (number);
ALTER TABLE request ADD COLUMN position INTEGER;

-- In order, and how many stand where.
CREATE INDEX request_batch ON request (batch, position) WHERE batch IS NOT NULL;
CREATE INDEX request_batch_state ON request (batch, state, people) WHERE batch IS NOT NULL;

CREATE TRIGGER request_stays_in_its_batch BEFORE UPDATE OF batch, position ON request
BEGIN SELECT RAISE(ABORT, 'a request stays as it was planned'); END;

CREATE TRIGGER batch_stays_as_planned
BEFORE UPDATE OF id, connection_id, practice, created_at_ms ON batch
BEGIN SELECT RAISE(ABORT, 'a batch stays as it was planned'); END;
