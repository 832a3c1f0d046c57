-- What people write to causes. A cause is found anew each time; its id ties them together. Times are milliseconds since 1970.
-- An acknowledgement or a ticket that is older than its cause belongs to an earlier one, and counts no more.
CREATE TABLE problem_ack (
  cause     TEXT NOT NULL PRIMARY KEY,
  account   TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  comment   TEXT NOT NULL -- may be empty
) STRICT;

CREATE TABLE problem_comment (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  cause     TEXT NOT NULL,
  account   TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  comment   TEXT NOT NULL
) STRICT;

CREATE INDEX problem_comment_cause ON problem_comment (cause, id);

CREATE TABLE problem_ticket (
  cause     TEXT NOT NULL PRIMARY KEY,
  number    TEXT NOT NULL,
  assignee  TEXT NOT NULL, -- may be empty
  state     TEXT NOT NULL, -- OPEN, IN_WORK, DONE
  account   TEXT NOT NULL,
  at_millis INTEGER NOT NULL
) STRICT;
