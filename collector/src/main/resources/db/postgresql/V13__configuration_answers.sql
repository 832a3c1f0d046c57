-- What an agent said of a configuration that it was told: when, and why it cannot use it.

ALTER TABLE agent_configuration ADD COLUMN answered_millis BIGINT;
-- null: it is in force since then
ALTER TABLE agent_configuration ADD COLUMN problem TEXT COLLATE "C";
