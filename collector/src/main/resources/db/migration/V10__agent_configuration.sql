-- What agents are to run beyond their own file, every revision of it, and which agents are held because
-- their key was seen in two places. Times are milliseconds since 1970.

CREATE TABLE agent_configuration (
  -- counts for all agents together, so that one number tells whether anything changed
  revision   INTEGER NOT NULL PRIMARY KEY,
  agent      TEXT NOT NULL,
  yaml       TEXT NOT NULL,
  set_millis INTEGER NOT NULL,
  set_by     TEXT NOT NULL
) STRICT;

CREATE INDEX agent_configuration_agent ON agent_configuration (agent, revision);

ALTER TABLE agent ADD COLUMN held_millis INTEGER;
ALTER TABLE agent ADD COLUMN held_addresses TEXT;

CREATE INDEX agent_held ON agent (held_millis) WHERE held_millis IS NOT NULL;
