-- Who may see and do what. A password is kept only as its Argon2id hash.

CREATE TABLE account (
  name       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  role       TEXT COLLATE "C" NOT NULL,
  region     TEXT COLLATE "C" REFERENCES region (code),
  school     TEXT COLLATE "C" REFERENCES school (code),
  password   TEXT COLLATE "C" NOT NULL,
  enabled    BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL -- epoch milliseconds
);
