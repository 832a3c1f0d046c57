-- The register: what a district has, as its bureau declares it. Codes are text: leading zeros count.
-- The same tables as in db/migration, for PostgreSQL. Texts are compared by their bytes, as SQLite does,
-- whatever the locale of the server.

CREATE TABLE region (
  code    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name    TEXT COLLATE "C" NOT NULL,
  name_en TEXT COLLATE "C" NOT NULL,
  level   TEXT COLLATE "C" NOT NULL,
  parent  TEXT COLLATE "C" REFERENCES region (code) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX region_parent ON region (parent);

CREATE TABLE school (
  code          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name          TEXT COLLATE "C" NOT NULL,
  name_en       TEXT COLLATE "C" NOT NULL,
  region        TEXT COLLATE "C" NOT NULL REFERENCES region (code),
  stage         TEXT COLLATE "C" NOT NULL,
  tier          TEXT COLLATE "C" NOT NULL,
  ownership     TEXT COLLATE "C" NOT NULL,
  setting       TEXT COLLATE "C" NOT NULL,
  students      BIGINT NOT NULL,
  teachers      BIGINT NOT NULL,
  classes       BIGINT NOT NULL,
  lon           DOUBLE PRECISION,
  lat           DOUBLE PRECISION,
  source_crs    TEXT COLLATE "C",
  medium        TEXT COLLATE "C",
  isp           TEXT COLLATE "C",
  contract_mbps DOUBLE PRECISION,
  edu_network   BIGINT
);

CREATE INDEX school_region ON school (region);

CREATE TABLE school_class (
  school            TEXT COLLATE "C" NOT NULL REFERENCES school (code),
  name              TEXT COLLATE "C" NOT NULL,
  grade             BIGINT NOT NULL,
  platform_declared BIGINT NOT NULL,
  PRIMARY KEY (school, name)
);

CREATE TABLE device (
  school  TEXT COLLATE "C" NOT NULL REFERENCES school (code),
  kind    TEXT COLLATE "C" NOT NULL,
  name    TEXT COLLATE "C" NOT NULL,
  space   TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  probe   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (school, kind, name)
);

-- Every change of the tables above adds one, in its own transaction; readers poll it.
CREATE TABLE register_revision (
  id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  revision BIGINT NOT NULL
);

INSERT INTO register_revision (id, revision) VALUES (1, 0);
