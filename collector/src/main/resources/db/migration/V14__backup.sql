-- Backups asked for and made: a command asks, the running server answers. Times are milliseconds since 1970.
CREATE TABLE backup (
  id             INTEGER NOT NULL PRIMARY KEY,
  folder         TEXT NOT NULL,
  settings       TEXT NOT NULL, -- the settings file of the command
  state          TEXT NOT NULL, -- ASKED, RUNNING, DONE, FAILED
  told           TEXT NOT NULL, -- progress, result or fault
  asked_millis   INTEGER NOT NULL,
  changed_millis INTEGER NOT NULL
) STRICT;
