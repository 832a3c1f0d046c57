-- What schools showed, a row for each day, and what was judged of it. Dates are ISO-8601 text in the
-- calendar's zone. No foreign keys to the register: what was judged stays when a school is closed.

CREATE TABLE school_day (
  school   TEXT NOT NULL,
  date     TEXT NOT NULL,
  format   INTEGER NOT NULL,
  calendar TEXT NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (school, date)
) STRICT, WITHOUT ROWID;

-- The newest verdict of each rule, whole.
CREATE TABLE verdict (
  school  TEXT NOT NULL,
  profile TEXT NOT NULL,
  rule    TEXT NOT NULL,
  date    TEXT NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (school, profile, rule)
) STRICT, WITHOUT ROWID;

CREATE INDEX verdict_rule ON verdict (profile, rule);

-- Its mark on every date: what a roll-call sheet shows.
CREATE TABLE verdict_day (
  school   TEXT NOT NULL,
  profile  TEXT NOT NULL,
  rule     TEXT NOT NULL,
  date     TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  evidence TEXT NOT NULL,
  disputed INTEGER NOT NULL,
  PRIMARY KEY (school, profile, rule, date)
) STRICT, WITHOUT ROWID;

-- Every time a mark differed from the one before it, or a date was judged anew and came out different.
CREATE TABLE verdict_change (
  id              INTEGER NOT NULL PRIMARY KEY,
  written_millis  INTEGER NOT NULL,
  school          TEXT NOT NULL,
  profile         TEXT NOT NULL,
  rule            TEXT NOT NULL,
  date            TEXT NOT NULL,
  before_outcome  TEXT,
  before_evidence TEXT,
  before_disputed INTEGER,
  outcome         TEXT NOT NULL,
  evidence        TEXT NOT NULL,
  disputed        INTEGER NOT NULL,
  reason          TEXT NOT NULL
) STRICT;

CREATE INDEX verdict_change_school ON verdict_change (school, profile, rule, id);

-- How the judging thread ended: what it must do again when it starts.
CREATE TABLE judge_state (
  id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  clean INTEGER NOT NULL,
  basis TEXT NOT NULL
) STRICT;

-- What was still to be rolled up when it ended cleanly.
CREATE TABLE dirty_day (
  school TEXT NOT NULL,
  date   TEXT NOT NULL,
  PRIMARY KEY (school, date)
) STRICT, WITHOUT ROWID;
