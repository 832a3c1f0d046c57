-- Schools of a region drawn by lot for checks on site. Days ISO-8601, times milliseconds since 1970.
CREATE TABLE sample (
  id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  region     TEXT NOT NULL,
  seed       TEXT NOT NULL,
  of_schools INTEGER NOT NULL, -- how many the region had
  date       TEXT NOT NULL,
  account    TEXT NOT NULL,
  at_millis  INTEGER NOT NULL
) STRICT;

CREATE TABLE sample_school (
  sample  INTEGER NOT NULL REFERENCES sample (id),
  place   INTEGER NOT NULL, -- in the order drawn, from 0
  school  TEXT NOT NULL,
  found   TEXT NOT NULL, -- NOT_YET, AS_SHOWN, DIFFERS
  note    TEXT NOT NULL, -- may be empty
  account TEXT NOT NULL, -- empty before anything was found
  PRIMARY KEY (sample, place)
) STRICT, WITHOUT ROWID;
