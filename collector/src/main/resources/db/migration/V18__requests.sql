-- What schools ask: that a rule is checked again, or that a verdict is wrong. Times are milliseconds since 1970, days ISO-8601.
-- The verdict stands beside it as it was on its day; later verdicts change nothing here, and nothing here changes a verdict.
CREATE TABLE school_request (
  id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind             TEXT NOT NULL, -- RECHECK, OBJECTION
  school           TEXT NOT NULL,
  profile          TEXT NOT NULL,
  rule             TEXT NOT NULL,
  date             TEXT NOT NULL, -- of the verdict
  state            TEXT NOT NULL, -- OPEN, UNDER_REVIEW, DONE, DECLINED, UPHELD, REJECTED, WITHDRAWN
  text             TEXT NOT NULL,
  account          TEXT NOT NULL,
  at_millis        INTEGER NOT NULL,
  changed_millis   INTEGER NOT NULL,
  outcome          TEXT NOT NULL,
  evidence         TEXT NOT NULL,
  disputed         INTEGER NOT NULL, -- 1: declared and measured disagreed
  value            REAL,             -- null: nothing could be found
  threshold        REAL,
  unit             TEXT NOT NULL,
  samples          INTEGER NOT NULL,
  window_from      TEXT NOT NULL,
  window_to        TEXT NOT NULL,
  profile_version  TEXT NOT NULL,
  calendar_version TEXT NOT NULL
) STRICT;

CREATE INDEX school_request_school ON school_request (school, id);
CREATE INDEX school_request_state ON school_request (state, id);
CREATE UNIQUE INDEX school_request_one_recheck ON school_request (school, profile, rule)
  WHERE kind = 'RECHECK' AND state = 'OPEN';

-- What became of it, step by step; the first step is the asking.
CREATE TABLE school_request_step (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  request   INTEGER NOT NULL REFERENCES school_request (id),
  state     TEXT NOT NULL,
  account   TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  text      TEXT NOT NULL -- may be empty
) STRICT;

CREATE INDEX school_request_step_request ON school_request_step (request, id);

CREATE TABLE school_request_file (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  request   INTEGER NOT NULL REFERENCES school_request (id),
  name      TEXT NOT NULL, -- as its owner called it; only ever shown
  type      TEXT NOT NULL, -- PDF, JPEG, PNG, as its content says
  bytes     INTEGER NOT NULL,
  sha256    TEXT NOT NULL, -- of the whole, in hexadecimal
  account   TEXT NOT NULL,
  at_millis INTEGER NOT NULL
) STRICT;

CREATE INDEX school_request_file_request ON school_request_file (request, id);

-- Its content in pieces, so that whoever copies the register row by row holds little of it.
CREATE TABLE school_request_file_part (
  file    INTEGER NOT NULL REFERENCES school_request_file (id),
  place   INTEGER NOT NULL, -- from 0
  content BLOB NOT NULL,
  PRIMARY KEY (file, place)
) STRICT, WITHOUT ROWID;
