-- At which port of which switch registered devices stand, as agents learnt it. Times are milliseconds since 1970.
CREATE TABLE placement (
  school      TEXT NOT NULL,
  address     TEXT NOT NULL,
  seen_at     TEXT NOT NULL, -- the switch and its port
  seen_millis INTEGER NOT NULL,
  PRIMARY KEY (school, address)
) STRICT;
