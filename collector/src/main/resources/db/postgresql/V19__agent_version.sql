-- Which version of our program an agent runs, as it says when it connects.

ALTER TABLE agent ADD COLUMN version TEXT COLLATE "C";
