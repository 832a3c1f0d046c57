-- A register is carried on table by table in the order of their names, so nothing here references a table that comes later; rows are
-- only ever added, in one transaction with what they name.
-- Files that are kept whole and never changed: frozen snapshots, documents made of them, stamped scans.
CREATE TABLE kept_file (
  id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,    -- of the content, in hexadecimal
  bytes  INTEGER NOT NULL, -- of the content
  packed INTEGER NOT NULL  -- 1: its parts together are the content's gzip
) STRICT;

-- In pieces, so that whoever copies the register row by row holds little of it.
CREATE TABLE kept_file_part (
  file    INTEGER NOT NULL,
  place   INTEGER NOT NULL, -- from 0
  content BLOB NOT NULL,
  PRIMARY KEY (file, place)
) STRICT, WITHOUT ROWID;

-- A region or a school as it stood on a day by a profile. Rows are only ever added. Times are milliseconds since 1970, days ISO-8601.
CREATE TABLE snapshot (
  number    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  unit      TEXT NOT NULL, -- code of the region or school
  school    INTEGER NOT NULL, -- 1: the unit is a school
  profile   TEXT NOT NULL,
  date      TEXT NOT NULL,
  account   TEXT NOT NULL, -- empty: a command, then source tells
  source    TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  file      INTEGER NOT NULL
) STRICT;

CREATE INDEX snapshot_unit ON snapshot (unit, number);

-- A document made of a snapshot. Rows are only ever added.
CREATE TABLE document (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind      TEXT NOT NULL,
  snapshot  INTEGER NOT NULL,
  title     TEXT NOT NULL,
  account   TEXT NOT NULL,
  source    TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  file      INTEGER NOT NULL
) STRICT;

CREATE INDEX document_snapshot ON document (snapshot);

-- A stamped scan (盖章扫描件) of a document; a new one is a new version beside those before.
CREATE TABLE document_scan (
  document  INTEGER NOT NULL,
  version   INTEGER NOT NULL, -- from 1
  name      TEXT NOT NULL, -- as its owner called it; only ever shown
  type      TEXT NOT NULL, -- PDF, JPEG, PNG, as its content says
  account   TEXT NOT NULL,
  at_millis INTEGER NOT NULL,
  file      INTEGER NOT NULL,
  PRIMARY KEY (document, version)
) STRICT, WITHOUT ROWID;
