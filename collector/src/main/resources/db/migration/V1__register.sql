-- The register: what a district has, as its bureau declares it. Codes are text: leading zeros count.

CREATE TABLE region (
  code    TEXT NOT NULL PRIMARY KEY,
  name    TEXT NOT NULL,
  name_en TEXT NOT NULL,
  level   TEXT NOT NULL,
  parent  TEXT REFERENCES region (code) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX region_parent ON region (parent);

CREATE TABLE school (
  code          TEXT NOT NULL PRIMARY KEY,
  name          TEXT NOT NULL,
  name_en       TEXT NOT NULL,
  region        TEXT NOT NULL REFERENCES region (code),
  stage         TEXT NOT NULL,
  tier          TEXT NOT NULL,
  ownership     TEXT NOT NULL,
  setting       TEXT NOT NULL,
  students      INTEGER NOT NULL,
  teachers      INTEGER NOT NULL,
  classes       INTEGER NOT NULL,
  lon           REAL,
  lat           REAL,
  source_crs    TEXT,
  medium        TEXT,
  isp           TEXT,
  contract_mbps REAL,
  edu_network   INTEGER
) STRICT;

CREATE INDEX school_region ON school (region);

CREATE TABLE school_class (
  school            TEXT NOT NULL REFERENCES school (code),
  name              TEXT NOT NULL,
  grade             INTEGER NOT NULL,
  platform_declared INTEGER NOT NULL,
  PRIMARY KEY (school, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  school  TEXT NOT NULL REFERENCES school (code),
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  space   TEXT NOT NULL,
  address TEXT NOT NULL,
  probe   TEXT NOT NULL,
  PRIMARY KEY (school, kind, name)
) STRICT, WITHOUT ROWID;

-- Every change of the tables above adds one, in its own transaction; readers poll it.
CREATE TABLE register_revision (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  revision INTEGER NOT NULL
) STRICT;

INSERT INTO register_revision (id, revision) VALUES (1, 0);
