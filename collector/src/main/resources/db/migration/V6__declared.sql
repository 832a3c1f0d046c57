-- What schools and regions declare of themselves. Nothing is overwritten: a value entered later for
-- the same date stands above the one before it. Dates are ISO-8601 text; no foreign keys, because
-- what was declared stays when a school is closed.

CREATE TABLE declared_value (
  id             INTEGER NOT NULL PRIMARY KEY,
  unit           TEXT NOT NULL,
  indicator      TEXT NOT NULL,
  as_of          TEXT NOT NULL,
  value          TEXT NOT NULL,
  note           TEXT NOT NULL,
  certificate    TEXT,
  entered_millis INTEGER NOT NULL
) STRICT;

CREATE INDEX declared_value_unit ON declared_value (unit, indicator, as_of, id);
