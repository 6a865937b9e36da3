-- The files and cells of the contact list being worked on, apart from the small draft that changes with
-- every edit.
CREATE TABLE attachment (
    name        TEXT PRIMARY KEY,
    bytes       BLOB NOT NULL,
    saved_at_ms INTEGER NOT NULL
) STRICT;

-- Who was asked before, whatever the case of the address.
CREATE INDEX person_contact ON person (lower(contact));
