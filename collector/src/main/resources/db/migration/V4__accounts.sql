-- Who may see and do what. A password is kept only as its Argon2id hash.

CREATE TABLE account (
  name       TEXT NOT NULL PRIMARY KEY,
  role       TEXT NOT NULL,
  region     TEXT REFERENCES region (code),
  school     TEXT REFERENCES school (code),
  password   TEXT NOT NULL,
  enabled    INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL -- epoch milliseconds
) STRICT;
