-- A school's self-check sheet (自查表) of a round. What is measured is never kept here: it is asked of the judge each time.
-- Times are milliseconds since 1970, days ISO-8601.
CREATE TABLE self_check (
  id             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  school         TEXT NOT NULL,
  round          TEXT NOT NULL, -- the school year, such as 2026-2027
  state          TEXT NOT NULL, -- DRAFT
  account        TEXT NOT NULL, -- who began it
  at_millis      INTEGER NOT NULL,
  changed_millis INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX self_check_round ON self_check (school, round);

CREATE TABLE self_check_row (
  self_check     INTEGER NOT NULL REFERENCES self_check (id),
  item           TEXT NOT NULL,
  statement      TEXT NOT NULL, -- what the school says where no declared value is of it; texts may be empty
  difference     TEXT NOT NULL,
  evidence       TEXT NOT NULL,
  measures       TEXT NOT NULL,
  person         TEXT NOT NULL,
  deadline       TEXT,          -- a day
  account        TEXT NOT NULL, -- who changed it last
  changed_millis INTEGER NOT NULL,
  PRIMARY KEY (self_check, item)
) STRICT, WITHOUT ROWID;
