-- Devices that agents found and nobody has registered. One row a device: known by its hardware address,
-- or by its network address while that is all there is.
CREATE TABLE discovered (
  id                INTEGER NOT NULL PRIMARY KEY,
  school            TEXT NOT NULL,
  identity          TEXT NOT NULL, -- mac, else address
  mac               TEXT NOT NULL,
  address           TEXT NOT NULL,
  name              TEXT NOT NULL,
  description       TEXT NOT NULL,
  found_by          TEXT NOT NULL, -- words joined by commas, sorted
  seen_at           TEXT NOT NULL,
  first_seen_millis INTEGER NOT NULL,
  last_seen_millis  INTEGER NOT NULL,
  state             TEXT NOT NULL DEFAULT 'NEW', -- NEW, APPROVED, IGNORED
  decided_millis    INTEGER,
  UNIQUE (school, identity)
) STRICT;

CREATE INDEX discovered_state ON discovered (state, school);
