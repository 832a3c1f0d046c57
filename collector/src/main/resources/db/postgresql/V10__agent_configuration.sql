-- What agents are to run beyond their own file, every revision of it, and which agents are held because
-- their key was seen in two places. Times are milliseconds since 1970.

CREATE TABLE agent_configuration (
  -- counts for all agents together, so that one number tells whether anything changed
  revision   BIGINT NOT NULL PRIMARY KEY,
  agent      TEXT COLLATE "C" NOT NULL,
  yaml       TEXT COLLATE "C" NOT NULL,
  set_millis BIGINT NOT NULL,
  set_by     TEXT COLLATE "C" NOT NULL
);

CREATE INDEX agent_configuration_agent ON agent_configuration (agent, revision);

ALTER TABLE agent ADD COLUMN held_millis BIGINT;
ALTER TABLE agent ADD COLUMN held_addresses TEXT COLLATE "C";

CREATE INDEX agent_held ON agent (held_millis) WHERE held_millis IS NOT NULL;
