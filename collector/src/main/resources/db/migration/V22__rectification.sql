-- What is to be mended at schools (整改任务). Times are milliseconds since 1970, days ISO-8601.
-- The verdict a task was made from stands beside it as it was on its day.
CREATE TABLE rectification_task (
  id             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  school         TEXT NOT NULL,
  profile        TEXT NOT NULL,
  rule           TEXT NOT NULL,
  date           TEXT NOT NULL, -- of the verdict
  value          REAL,          -- null: nothing could be found
  threshold      REAL,
  unit           TEXT NOT NULL,
  person         TEXT NOT NULL,
  measure        TEXT NOT NULL,
  deadline       TEXT NOT NULL,
  state          TEXT NOT NULL, -- OPEN, DONE, CLOSED, CANCELLED
  done_day       TEXT,          -- last said to be mended
  failed_retests INTEGER NOT NULL,
  closed_day     TEXT,          -- of the verdict that closed it
  account        TEXT NOT NULL,
  at_millis      INTEGER NOT NULL,
  changed_millis INTEGER NOT NULL
) STRICT;

CREATE INDEX rectification_task_school ON rectification_task (school, id);
CREATE INDEX rectification_task_state ON rectification_task (state, id);
CREATE UNIQUE INDEX rectification_task_one_pending ON rectification_task (school, profile, rule)
  WHERE state IN ('OPEN', 'DONE');

-- What became of it, step by step; the first step is the making. No key: registers are carried on in the order of names.
CREATE TABLE rectification_step (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  task      INTEGER NOT NULL,
  state     TEXT NOT NULL,
  account   TEXT NOT NULL, -- empty: the judge
  at_millis INTEGER NOT NULL,
  text      TEXT NOT NULL  -- may be empty
) STRICT;

CREATE INDEX rectification_step_task ON rectification_step (task, id);
