-- The way of a self-check sheet: submitted, passed or returned, filed. A step is written once and never changed.
-- Times are milliseconds since 1970.
CREATE TABLE self_check_step (
  id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  self_check INTEGER NOT NULL REFERENCES self_check (id),
  state      TEXT NOT NULL, -- what the sheet became: SUBMITTED, RETURNED, TOWNSHIP_PASSED, COUNTY_PASSED, FILED
  account    TEXT NOT NULL,
  at_millis  INTEGER NOT NULL,
  text       TEXT NOT NULL, -- the reason of a return; may be empty otherwise
  content    TEXT,          -- of SUBMITTED: the sheet as JSON, just as it was
  sha256     TEXT           -- of the content's UTF-8 bytes, hexadecimal
) STRICT;

CREATE INDEX self_check_step_of ON self_check_step (self_check);
