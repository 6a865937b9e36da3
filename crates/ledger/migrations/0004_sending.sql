-- The officer's leave to send a request of unknown outcome once more, though its key may be too old
-- for the server to know it. Used up when the next attempt begins.
ALTER TABLE request ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));
