-- Where a request stands, apart from what was planned: these rows are short and change with every
-- attempt, those of `request` are long and never change.
CREATE TABLE standing (
    request    INTEGER PRIMARY KEY REFERENCES request (number),
    batch      INTEGER,
    position   INTEGER,
    people     INTEGER NOT NULL,
    state      TEXT NOT NULL,
    again      INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1)),
    failure    INTEGER REFERENCES failure (number),
    humanos_id TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO standing
SELECT number, batch, position, people, state, again, failure, humanos_id FROM request;

DROP INDEX request_sending;
DROP INDEX request_batch_state;
DROP INDEX request_failure;
ALTER TABLE request DROP COLUMN state;
ALTER TABLE request DROP COLUMN again;
ALTER TABLE request DROP COLUMN failure;
ALTER TABLE request DROP COLUMN humanos_id;

CREATE INDEX standing_sending ON standing (request) WHERE state = 'sending' AND batch IS NULL;
CREATE INDEX standing_batch ON standing (batch, state, people) WHERE batch IS NOT NULL;
CREATE INDEX standing_failure ON standing (batch, state, failure, position, people)
WHERE failure IS NOT NULL;

CREATE TRIGGER standing_stays_with_its_request
BEFORE UPDATE OF request, batch, position, people ON standing
BEGIN SELECT RAISE(ABORT, 'a request stays as it was planned'); END;
