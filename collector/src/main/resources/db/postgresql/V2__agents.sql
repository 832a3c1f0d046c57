-- Who may report, and the one-time codes by which agents join. No foreign key to school: whoever
-- reports outlives a mistake in an import. Times are milliseconds since 1970.

CREATE TABLE enrolment_code (
  secret_sha256  BYTEA NOT NULL PRIMARY KEY,
  school         TEXT COLLATE "C" NOT NULL,
  issued_millis  BIGINT NOT NULL,
  expires_millis BIGINT NOT NULL,
  used_by        TEXT COLLATE "C",
  used_millis    BIGINT
);

CREATE TABLE agent (
  id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  school           TEXT COLLATE "C" NOT NULL,
  kind             TEXT COLLATE "C" NOT NULL CHECK (kind IN ('agent', 'foreign')),
  -- agent: its raw Ed25519 public key; foreign: SHA-256 of its password, which is 192 random bits
  credential       BYTEA NOT NULL,
  enrolled_millis  BIGINT NOT NULL,
  last_seen_millis BIGINT,
  revoked_millis   BIGINT
);

CREATE INDEX agent_school ON agent (school);
CREATE INDEX agent_revoked ON agent (revoked_millis) WHERE revoked_millis IS NOT NULL;
