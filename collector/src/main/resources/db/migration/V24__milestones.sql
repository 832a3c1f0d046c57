-- What people said is done of the dates of counties. Days are ISO-8601.
CREATE TABLE milestone_done (
  milestone TEXT NOT NULL,
  region    TEXT NOT NULL,
  due       TEXT NOT NULL,
  day       TEXT NOT NULL, -- on which it was done
  account   TEXT NOT NULL,
  note      TEXT NOT NULL, -- may be empty
  PRIMARY KEY (milestone, region, due)
) STRICT;
