-- What is told by which channel, and what came of it: outbox and delivery log. Times are milliseconds since 1970.
CREATE TABLE delivery (
  id            INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  channel       TEXT NOT NULL,
  message_key   TEXT NOT NULL,
  topic         TEXT NOT NULL,
  tone          TEXT NOT NULL, -- RED, AMBER, GREEN, PLAIN
  region        TEXT NOT NULL,
  message       TEXT NOT NULL, -- JSON
  recipients    TEXT NOT NULL, -- JSON
  state         TEXT NOT NULL, -- WAITING, SENT, FAILED, MERGED
  attempts      INTEGER NOT NULL,
  posted_millis INTEGER NOT NULL,
  due_millis    INTEGER NOT NULL,
  sent_millis   INTEGER,
  reason        TEXT NOT NULL, -- a code; empty before the first try
  UNIQUE (channel, message_key)
) STRICT;

CREATE INDEX delivery_waiting ON delivery (channel, state, id);
CREATE INDEX delivery_topic ON delivery (channel, topic);
