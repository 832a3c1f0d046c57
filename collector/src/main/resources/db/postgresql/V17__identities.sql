-- By what name an OpenID Connect provider knows an account's owner: the value of one claim of its ID tokens.
CREATE TABLE account_identity (
  account TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  issuer  TEXT COLLATE "C" NOT NULL,
  claim   TEXT COLLATE "C" NOT NULL,
  value   TEXT COLLATE "C" NOT NULL,
  UNIQUE (issuer, claim, value)
);

-- What was done to one thing, for its history.
CREATE INDEX audit_subject ON audit (subject, id);
