-- What left the case: one row for each export that a person made of it. `id` is a hash of what the export holds, `sha256`
-- that of its bytes. `body` is zlib of JSON: digests of the cells and statements it holds, under digests of their keys,
-- so that a receipt says nothing of what was exported once that has been expunged.
CREATE TABLE receipt (
  key      INTEGER PRIMARY KEY AUTOINCREMENT,
  id       TEXT NOT NULL CHECK (length(id) = 64),
  sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
  what     TEXT NOT NULL,
  name     TEXT NOT NULL,
  handling TEXT NOT NULL,
  as_of    TEXT CHECK (as_of IS date(as_of)),
  recorded TEXT NOT NULL,
  body     BLOB NOT NULL
) STRICT;
CREATE INDEX receipt_id ON receipt (id);
