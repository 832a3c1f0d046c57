-- Who changed what, and who signed in or tried to. Rows are only ever added, and dropped when they are old enough.
CREATE TABLE audit (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at_millis INTEGER NOT NULL,
  account   TEXT NOT NULL, -- empty: nobody was signed in
  source    TEXT NOT NULL, -- the address it came from, or the user of a command
  action    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  detail    TEXT NOT NULL  -- JSON object
) STRICT;

CREATE INDEX audit_at ON audit (at_millis);

-- Programs that ask for an account. The secret itself is nowhere.
CREATE TABLE api_token (
  id             TEXT NOT NULL PRIMARY KEY,
  account        TEXT NOT NULL REFERENCES account (name),
  purpose        TEXT NOT NULL,
  secret_sha256  BLOB NOT NULL,
  created_millis INTEGER NOT NULL,
  expires_millis INTEGER NOT NULL
) STRICT;

-- 1: the password was chosen by somebody else and lets its owner do nothing but choose another.
ALTER TABLE account ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0;
