-- Every version of a profile (or of another kind of file that verdicts name) that was ever taken, with
-- its text: a version never means two things, and a broken file leaves the last good one in force.

CREATE TABLE accepted_version (
  kind            TEXT COLLATE "C" NOT NULL,
  id              TEXT COLLATE "C" NOT NULL,
  version         TEXT COLLATE "C" NOT NULL,
  body            TEXT COLLATE "C" NOT NULL,
  sha256          TEXT COLLATE "C" NOT NULL,
  accepted_millis BIGINT NOT NULL,
  in_force        BIGINT NOT NULL CHECK (in_force IN (0, 1)),
  PRIMARY KEY (kind, id, version)
);

CREATE UNIQUE INDEX accepted_version_in_force ON accepted_version (kind, id) WHERE in_force = 1;
