-- The register with effective dates: a record is a row for every span in which it said something else.
-- It is in force from valid_from (inclusive) to valid_to (exclusive), ISO-8601 dates in Asia/Shanghai;
-- the spans of one key never overlap. 0001-01-01 is "ever since", 9999-12-31 "until further notice".
-- What spans hold together (a school's region is there as long as the school says so) the program
-- checks, as no foreign key can.

CREATE TABLE region_span (
  code       TEXT NOT NULL,
  name       TEXT NOT NULL,
  name_en    TEXT NOT NULL,
  level      TEXT NOT NULL,
  parent     TEXT,
  valid_from TEXT NOT NULL DEFAULT '0001-01-01',
  valid_to   TEXT NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (code, valid_from),
  CHECK (valid_from < valid_to)
) STRICT, WITHOUT ROWID;

CREATE TABLE school_span (
  code             TEXT NOT NULL,
  name             TEXT NOT NULL,
  name_en          TEXT NOT NULL,
  region           TEXT NOT NULL,
  stage            TEXT NOT NULL,
  tier             TEXT NOT NULL,
  ownership        TEXT NOT NULL,
  setting          TEXT NOT NULL,
  students         INTEGER NOT NULL,
  teachers         INTEGER NOT NULL,
  classes          INTEGER NOT NULL,
  lon              REAL,
  lat              REAL,
  source_crs       TEXT,
  medium           TEXT,
  isp              TEXT,
  contract_mbps    REAL,
  edu_network      INTEGER,
  status           TEXT NOT NULL DEFAULT 'OPEN',
  campus_of        TEXT,
  plan_year        INTEGER,
  largest_class    INTEGER,
  multimedia_rooms INTEGER,
  computers        INTEGER,
  valid_from       TEXT NOT NULL DEFAULT '0001-01-01',
  valid_to         TEXT NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (code, valid_from),
  CHECK (valid_from < valid_to)
) STRICT, WITHOUT ROWID;

CREATE TABLE school_class_span (
  school            TEXT NOT NULL,
  name              TEXT NOT NULL,
  grade             INTEGER NOT NULL,
  platform_declared INTEGER NOT NULL,
  valid_from        TEXT NOT NULL DEFAULT '0001-01-01',
  valid_to          TEXT NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (school, name, valid_from),
  CHECK (valid_from < valid_to)
) STRICT, WITHOUT ROWID;

CREATE TABLE device_span (
  school     TEXT NOT NULL,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  space      TEXT NOT NULL,
  address    TEXT NOT NULL,
  probe      TEXT NOT NULL,
  valid_from TEXT NOT NULL DEFAULT '0001-01-01',
  valid_to   TEXT NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (school, kind, name, valid_from),
  CHECK (valid_from < valid_to)
) STRICT, WITHOUT ROWID;

-- What is known of each line of a school that has several, or one that its own columns do not tell.
CREATE TABLE line (
  school        TEXT NOT NULL,
  name          TEXT NOT NULL,
  medium        TEXT,
  isp           TEXT,
  contract_mbps REAL,
  edu_network   INTEGER,
  load_balanced INTEGER NOT NULL,
  valid_from    TEXT NOT NULL DEFAULT '0001-01-01',
  valid_to      TEXT NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (school, name, valid_from),
  CHECK (valid_from < valid_to)
) STRICT, WITHOUT ROWID;

-- An account outlives its region or school: a merged township still has its old reports.
CREATE TABLE account_free (
  name       TEXT NOT NULL PRIMARY KEY,
  role       TEXT NOT NULL,
  region     TEXT,
  school     TEXT,
  password   TEXT NOT NULL,
  enabled    INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL -- epoch milliseconds
) STRICT;

INSERT INTO region_span (code, name, name_en, level, parent)
  SELECT code, name, name_en, level, parent FROM region;
INSERT INTO school_span (code, name, name_en, region, stage, tier, ownership, setting, students,
    teachers, classes, lon, lat, source_crs, medium, isp, contract_mbps, edu_network)
  SELECT code, name, name_en, region, stage, tier, ownership, setting, students, teachers, classes,
    lon, lat, source_crs, medium, isp, contract_mbps, edu_network FROM school;
INSERT INTO school_class_span (school, name, grade, platform_declared)
  SELECT school, name, grade, platform_declared FROM school_class;
INSERT INTO device_span (school, kind, name, space, address, probe)
  SELECT school, kind, name, space, address, probe FROM device;
INSERT INTO account_free (name, role, region, school, password, enabled, created_at)
  SELECT name, role, region, school, password, enabled, created_at FROM account;

DROP TABLE device;
DROP TABLE school_class;
DROP TABLE account;
DROP TABLE school;
DROP TABLE region;

ALTER TABLE region_span RENAME TO region;
ALTER TABLE school_span RENAME TO school;
ALTER TABLE school_class_span RENAME TO school_class;
ALTER TABLE device_span RENAME TO device;
ALTER TABLE account_free RENAME TO account;

CREATE INDEX school_region ON school (region);
CREATE INDEX region_parent ON region (parent);

-- The dates on which regions or schools may have changed: between two of them they are the same.
CREATE TABLE register_date (
  date TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
