-- When a task was to be mended at first, where the deadline was moved since. ISO-8601.
ALTER TABLE rectification_task ADD COLUMN first_deadline TEXT COLLATE "C";
