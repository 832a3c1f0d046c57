-- A key that opens the wall screen of one region and nothing else; null for a program's key, which opens what its account may.
ALTER TABLE api_token ADD COLUMN wall TEXT;
