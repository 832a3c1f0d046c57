-- By what name an OpenID Connect provider knows an account's owner: the value of one claim of its ID tokens.
CREATE TABLE account_identity (
  account TEXT NOT NULL PRIMARY KEY,
  issuer  TEXT NOT NULL,
  claim   TEXT NOT NULL,
  value   TEXT NOT NULL,
  UNIQUE (issuer, claim, value)
) STRICT;

-- What was done to one thing, for its history.
CREATE INDEX audit_subject ON audit (subject, id);
