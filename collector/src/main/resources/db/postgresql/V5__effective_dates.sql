-- The register with effective dates: a record is a row for every span in which it said something else.
-- It is in force from valid_from (inclusive) to valid_to (exclusive), ISO-8601 dates in Asia/Shanghai;
-- the spans of one key never overlap. 0001-01-01 is "ever since", 9999-12-31 "until further notice".
-- What spans hold together (a school's region is there as long as the school says so) the program
-- checks, as no foreign key can.

CREATE TABLE region_span (
  code       TEXT COLLATE "C" NOT NULL,
  name       TEXT COLLATE "C" NOT NULL,
  name_en    TEXT COLLATE "C" NOT NULL,
  level      TEXT COLLATE "C" NOT NULL,
  parent     TEXT COLLATE "C",
  valid_from TEXT COLLATE "C" NOT NULL DEFAULT '0001-01-01',
  valid_to   TEXT COLLATE "C" NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (code, valid_from),
  CHECK (valid_from < valid_to)
);

CREATE TABLE school_span (
  code             TEXT COLLATE "C" NOT NULL,
  name             TEXT COLLATE "C" NOT NULL,
  name_en          TEXT COLLATE "C" NOT NULL,
  region           TEXT COLLATE "C" NOT NULL,
  stage            TEXT COLLATE "C" NOT NULL,
  tier             TEXT COLLATE "C" NOT NULL,
  ownership        TEXT COLLATE "C" NOT NULL,
  setting          TEXT COLLATE "C" NOT NULL,
  students         BIGINT NOT NULL,
  teachers         BIGINT NOT NULL,
  classes          BIGINT NOT NULL,
  lon              DOUBLE PRECISION,
  lat              DOUBLE PRECISION,
  source_crs       TEXT COLLATE "C",
  medium           TEXT COLLATE "C",
  isp              TEXT COLLATE "C",
  contract_mbps    DOUBLE PRECISION,
  edu_network      BIGINT,
  status           TEXT COLLATE "C" NOT NULL DEFAULT 'OPEN',
  campus_of        TEXT COLLATE "C",
  plan_year        BIGINT,
  largest_class    BIGINT,
  multimedia_rooms BIGINT,
  computers        BIGINT,
  valid_from       TEXT COLLATE "C" NOT NULL DEFAULT '0001-01-01',
  valid_to         TEXT COLLATE "C" NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (code, valid_from),
  CHECK (valid_from < valid_to)
);

CREATE TABLE school_class_span (
  school            TEXT COLLATE "C" NOT NULL,
  name              TEXT COLLATE "C" NOT NULL,
  grade             BIGINT NOT NULL,
  platform_declared BIGINT NOT NULL,
  valid_from        TEXT COLLATE "C" NOT NULL DEFAULT '0001-01-01',
  valid_to          TEXT COLLATE "C" NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (school, name, valid_from),
  CHECK (valid_from < valid_to)
);

CREATE TABLE device_span (
  school     TEXT COLLATE "C" NOT NULL,
  kind       TEXT COLLATE "C" NOT NULL,
  name       TEXT COLLATE "C" NOT NULL,
  space      TEXT COLLATE "C" NOT NULL,
  address    TEXT COLLATE "C" NOT NULL,
  probe      TEXT COLLATE "C" NOT NULL,
  valid_from TEXT COLLATE "C" NOT NULL DEFAULT '0001-01-01',
  valid_to   TEXT COLLATE "C" NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (school, kind, name, valid_from),
  CHECK (valid_from < valid_to)
);

-- What is known of each line of a school that has several, or one that its own columns do not tell.
CREATE TABLE line (
  school        TEXT COLLATE "C" NOT NULL,
  name          TEXT COLLATE "C" NOT NULL,
  medium        TEXT COLLATE "C",
  isp           TEXT COLLATE "C",
  contract_mbps DOUBLE PRECISION,
  edu_network   BIGINT,
  load_balanced BIGINT NOT NULL,
  valid_from    TEXT COLLATE "C" NOT NULL DEFAULT '0001-01-01',
  valid_to      TEXT COLLATE "C" NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (school, name, valid_from),
  CHECK (valid_from < valid_to)
);

-- An account outlives its region or school: a merged township still has its old reports.
CREATE TABLE account_free (
  name       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  role       TEXT COLLATE "C" NOT NULL,
  region     TEXT COLLATE "C",
  school     TEXT COLLATE "C",
  password   TEXT COLLATE "C" NOT NULL,
  enabled    BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL -- epoch milliseconds
);

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
  date TEXT COLLATE "C" NOT NULL PRIMARY KEY
);
