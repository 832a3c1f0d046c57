-- Who may report, and the one-time codes by which agents join. No foreign key to school: whoever
-- reports outlives a mistake in an import. Times are milliseconds since 1970.

CREATE TABLE enrolment_code (
  secret_sha256  BLOB NOT NULL PRIMARY KEY,
  school         TEXT NOT NULL,
  issued_millis  INTEGER NOT NULL,
  expires_millis INTEGER NOT NULL,
  used_by        TEXT,
  used_millis    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
  id               TEXT NOT NULL PRIMARY KEY,
  school           TEXT NOT NULL,
  kind             TEXT NOT NULL CHECK (kind IN ('agent', 'foreign')),
  -- agent: its raw Ed25519 public key; foreign: SHA-256 of its password, which is 192 random bits
  credential       BLOB NOT NULL,
  enrolled_millis  INTEGER NOT NULL,
  last_seen_millis INTEGER,
  revoked_millis   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX agent_school ON agent (school);
CREATE INDEX agent_revoked ON agent (revoked_millis) WHERE revoked_millis IS NOT NULL;
