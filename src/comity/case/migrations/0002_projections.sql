-- Projections: all that can be dropped and refolded from documents, readings, decisions and agenda.

-- Documents as they are shown: with their id, with what people corrected. `basis` as in `reading`.
CREATE TABLE catalogue (
  document   INTEGER PRIMARY KEY REFERENCES document (key),
  id         TEXT NOT NULL UNIQUE,
  published  TEXT,
  source     TEXT,
  title      TEXT,
  url        TEXT,
  language   TEXT,
  handling   TEXT NOT NULL,
  supersedes TEXT,
  name       TEXT NOT NULL,
  found      TEXT NOT NULL,
  basis      TEXT NOT NULL
) STRICT;
CREATE INDEX catalogue_order ON catalogue (published, id);

-- Full text. `folded` holds our own tokens, separated by spaces; 'ascii' splits at nothing else, so that the n-th token
-- here is the n-th token of `comity.case.tokens.tokens(text)`, which knows where it stands.
CREATE VIRTUAL TABLE search USING fts5 (folded, content = '', tokenize = 'ascii');

-- Which words of the index a search for ~word means: words by what they sound like, where that is not the word itself.
CREATE TABLE sound (
  sound TEXT NOT NULL,
  word  TEXT NOT NULL,
  PRIMARY KEY (sound, word)
) STRICT, WITHOUT ROWID;

-- Whatever others fold: `source` is a digest of what it was folded from.
CREATE TABLE projection (
  name   TEXT NOT NULL,
  key    TEXT NOT NULL,
  source TEXT NOT NULL,
  body   BLOB NOT NULL,
  PRIMARY KEY (name, key)
) STRICT;
