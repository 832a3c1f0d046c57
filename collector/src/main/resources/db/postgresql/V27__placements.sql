-- At which port of which switch registered devices stand, as agents learnt it. Times are milliseconds since 1970.
CREATE TABLE placement (
  school      TEXT COLLATE "C" NOT NULL,
  address     TEXT COLLATE "C" NOT NULL,
  seen_at     TEXT COLLATE "C" NOT NULL, -- the switch and its port
  seen_millis BIGINT NOT NULL,
  PRIMARY KEY (school, address)
);
