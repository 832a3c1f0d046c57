-- What people said is done of the dates of counties. Days are ISO-8601.
CREATE TABLE milestone_done (
  milestone TEXT COLLATE "C" NOT NULL,
  region    TEXT COLLATE "C" NOT NULL,
  due       TEXT COLLATE "C" NOT NULL,
  day       TEXT COLLATE "C" NOT NULL, -- on which it was done
  account   TEXT COLLATE "C" NOT NULL,
  note      TEXT COLLATE "C" NOT NULL, -- may be empty
  PRIMARY KEY (milestone, region, due)
);
