-- A school day is kept as bytes now. Days in the older form were text; they are rolled up again from what is stored.
DROP TABLE school_day;

CREATE TABLE school_day (
  school   TEXT COLLATE "C" NOT NULL,
  date     TEXT COLLATE "C" NOT NULL,
  format   BIGINT NOT NULL,
  calendar TEXT COLLATE "C" NOT NULL,
  body     BYTEA NOT NULL,
  PRIMARY KEY (school, date)
);
