-- What people are told of, from pending to resolved. Times are milliseconds since 1970. Lists are JSON.
CREATE TABLE alert (
  id            INTEGER NOT NULL PRIMARY KEY,
  rule          TEXT NOT NULL,
  kind          TEXT NOT NULL, -- of the signal
  signal_key    TEXT NOT NULL,
  region        TEXT NOT NULL,
  schools       TEXT NOT NULL,
  subject       TEXT NOT NULL, -- may be empty
  params        TEXT NOT NULL,
  state         TEXT NOT NULL, -- PENDING, FIRING, RESOLVED
  since_millis  INTEGER NOT NULL,
  raised_millis INTEGER NOT NULL,
  fired_millis  INTEGER,
  good_millis   INTEGER,
  ended_millis  INTEGER,
  value         REAL NOT NULL,
  classes       INTEGER NOT NULL,
  impact        INTEGER NOT NULL,
  turns         TEXT NOT NULL,
  unsteady      INTEGER NOT NULL,
  held_by       TEXT,
  planned       INTEGER NOT NULL,
  told          TEXT NOT NULL,
  owes_end      INTEGER NOT NULL, -- 1: those who were told are still to hear that it is over
  evidence      TEXT NOT NULL     -- may be empty
) STRICT;

CREATE INDEX alert_state ON alert (state, id);
CREATE INDEX alert_ended ON alert (ended_millis);

-- What became of it, step by step. No key: registers are carried on in the order of names.
CREATE TABLE alert_step (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  alert     INTEGER NOT NULL,
  at_millis INTEGER NOT NULL,
  what      TEXT NOT NULL,
  text      TEXT NOT NULL -- may be empty
) STRICT;

CREATE INDEX alert_step_alert ON alert_step (alert, id);

-- For a while nobody is told of some alerts.
CREATE TABLE mute (
  id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  rule         TEXT, -- null: any
  place        TEXT NOT NULL, -- a region's or a school's code
  from_millis  INTEGER NOT NULL,
  until_millis INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  account      TEXT NOT NULL
) STRICT;

CREATE INDEX mute_until ON mute (until_millis);

-- An acknowledgement may run out; null: it lasts as long as what it is of.
ALTER TABLE problem_ack ADD COLUMN until_millis INTEGER;
