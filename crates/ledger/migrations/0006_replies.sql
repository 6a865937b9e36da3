-- Attempts and what came back, apart. Attempts are short rows now that do not grow when an answer comes:
-- their answers are only ever added, in the order they come in, with what they name in one piece. So a
-- step onto the disk takes fewer pages.
CREATE TABLE reply (
    number            INTEGER PRIMARY KEY,
    body              TEXT, -- none when Humanos was found to have the request later
    salt              TEXT,
    commitment        TEXT,
    server_date       TEXT,
    server_request_id TEXT,
    messages          TEXT NOT NULL,
    subjects          TEXT NOT NULL,
    credentials       TEXT NOT NULL
) STRICT;

CREATE TABLE attempt_with_reply (
    request       INTEGER NOT NULL REFERENCES request (number),
    number        INTEGER NOT NULL,
    timestamp_ms  INTEGER NOT NULL,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms   INTEGER,
    result        TEXT NOT NULL,
    status        INTEGER,
    reason        TEXT,
    reply         INTEGER REFERENCES reply (number),
    PRIMARY KEY (request, number)
) STRICT, WITHOUT ROWID;

-- An attempt's old row number becomes its reply's.
INSERT INTO reply
SELECT attempt.rowid, reply_body, reply_salt, reply_commitment, server_date, server_request_id, messages,
    iif(result = 'accepted', (SELECT json_group_array(
            json_object('id', id, 'contact', contact, 'link', link, 'code', code) ORDER BY position)
        FROM subject WHERE subject.request = attempt.request), '[]'),
    iif(result = 'accepted', (SELECT json_group_array(
            json_object('id', id, 'name', name, 'internalId', internal_id) ORDER BY position)
        FROM credential WHERE credential.request = attempt.request), '[]')
FROM attempt WHERE reply_body IS NOT NULL OR result = 'accepted';

INSERT INTO attempt_with_reply
SELECT request, number, timestamp_ms, started_at_ms, ended_at_ms, result, status, reason,
    iif(reply_body IS NOT NULL OR result = 'accepted', attempt.rowid, NULL)
FROM attempt;

DROP TABLE attempt;
DROP TABLE subject;
DROP TABLE credential;
ALTER TABLE attempt_with_reply RENAME TO attempt;

-- Those of a batch are found by their batch and state.
DROP INDEX request_sending;
CREATE INDEX request_sending ON request (number) WHERE state = 'sending' AND batch IS NULL;
