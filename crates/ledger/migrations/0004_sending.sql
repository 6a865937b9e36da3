-- The officer's leave to send a request of unknown outcome once more, though its key may be too old
-- for the server to know it. Used up when the next attempt begins.
ALTER TABLE request ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));

-- What was said of requests that came to nothing, with what differs from one to the next made equal:
-- requests of one cause share a row. No build before this one sent batches, so nothing is carried over.
CREATE TABLE failure (
    number INTEGER PRIMARY KEY,
    said   TEXT NOT NULL,
    status INTEGER NOT NULL, -- 0 when no answer came
    UNIQUE (said, status)
) STRICT;

ALTER TABLE request ADD COLUMN failure INTEGER REFERENCES failure (number);

-- Holds all that the groups of a batch are made of. Requests that never failed are not in it.
CREATE INDEX request_failure ON request (batch, state, failure, position, people)
WHERE failure IS NOT NULL;
