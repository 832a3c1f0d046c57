-- A school day is kept as bytes now. Days in the older form were text; they are rolled up again from what is stored.
DROP TABLE school_day;

CREATE TABLE school_day (
  school   TEXT NOT NULL,
  date     TEXT NOT NULL,
  format   INTEGER NOT NULL,
  calendar TEXT NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (school, date)
) STRICT, WITHOUT ROWID;
