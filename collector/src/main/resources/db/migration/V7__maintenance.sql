-- Stretches in which a school's devices and lines may be off on purpose.
CREATE TABLE maintenance (
  id          INTEGER NOT NULL PRIMARY KEY,
  school      TEXT NOT NULL,
  from_millis INTEGER NOT NULL,
  to_millis   INTEGER NOT NULL CHECK (to_millis > from_millis),
  reason      TEXT NOT NULL
) STRICT;

CREATE INDEX maintenance_school ON maintenance (school, from_millis);

-- What changes of them touched: days that the server has still to roll up again.
CREATE TABLE maintenance_touched (
  id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  school      TEXT NOT NULL,
  from_millis INTEGER NOT NULL,
  to_millis   INTEGER NOT NULL
) STRICT;
