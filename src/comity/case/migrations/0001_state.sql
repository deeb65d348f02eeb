-- The three kinds of state of a case: documents, readings, decisions. And versions of the agenda.
--
-- Nothing of the first and the third kind is ever changed or removed, with one documented way out: a row may be
-- deleted once a row of `expunged` names it, which says that something was removed and not what.

CREATE TABLE expunged (
  kind     TEXT NOT NULL CHECK (kind IN ('document', 'decision', 'agenda')),
  key      INTEGER NOT NULL,
  coder    TEXT NOT NULL,
  recorded TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT;

-- Documents: immutable. `identity` is a hash over text, source, date, title, address and kind.
CREATE TABLE document (
  key         INTEGER PRIMARY KEY AUTOINCREMENT,
  identity    TEXT NOT NULL UNIQUE CHECK (length(identity) = 64),
  text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64),
  published   TEXT CHECK (published IS date(published)),
  source      TEXT,
  title       TEXT,
  url         TEXT,
  kind        TEXT NOT NULL,
  recorded    TEXT NOT NULL,
  text        TEXT NOT NULL
) STRICT;

-- What is no part of a document's identity and may differ each time that it comes in: under which name, with which
-- label. One row for each different way; what is shown does not depend on their order.
CREATE TABLE sighting (
  document   INTEGER NOT NULL REFERENCES document (key),
  digest     TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  language   TEXT,
  handling   TEXT NOT NULL,
  supersedes TEXT,
  found      TEXT NOT NULL,
  recorded   TEXT NOT NULL,
  PRIMARY KEY (document, digest)
) STRICT;
CREATE INDEX sighting_id ON sighting (id);

-- Readings: a cache. `basis` is a hash of all that a reader may know of the document; `body` is zlib of JSON,
-- `sha256` the hash of that JSON.
CREATE TABLE reading (
  document INTEGER NOT NULL REFERENCES document (key),
  reader   TEXT NOT NULL,
  agenda   TEXT NOT NULL,
  basis    TEXT NOT NULL,
  recorded TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (document, reader, agenda)
) STRICT;

-- Decisions: append-only, human. `key` gives the order; `id` is a hash of what was decided and of `nth`, the number of
-- times that just this was decided. `document` is what `target` speaks of, if it is a document or a passage of one;
-- `document_id` the id that this document then had.
CREATE TABLE decision (
  key      INTEGER PRIMARY KEY AUTOINCREMENT,
  id       TEXT NOT NULL UNIQUE,
  nth      INTEGER NOT NULL,
  coder    TEXT NOT NULL,
  at       TEXT NOT NULL,
  kind     TEXT NOT NULL,
  target   TEXT NOT NULL,
  field    TEXT NOT NULL,
  value    TEXT NOT NULL,
  note     TEXT NOT NULL,
  handling TEXT NOT NULL,
  document INTEGER REFERENCES document (key),
  document_id TEXT,
  start    INTEGER,
  "end"    INTEGER,
  quote    TEXT,
  recorded TEXT NOT NULL
) STRICT;
CREATE INDEX decision_document ON decision (document);
CREATE INDEX decision_target ON decision (target);

-- The agenda, as TOML. The latest version counts.
CREATE TABLE agenda (
  version  INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256   TEXT NOT NULL,
  coder    TEXT NOT NULL,
  recorded TEXT NOT NULL,
  toml     TEXT NOT NULL
) STRICT;

CREATE TRIGGER document_never_changes BEFORE UPDATE ON document
BEGIN SELECT RAISE (ABORT, 'documents never change'); END;
CREATE TRIGGER document_never_goes BEFORE DELETE ON document
WHEN NOT EXISTS (SELECT 1 FROM expunged WHERE kind = 'document' AND key = OLD.key)
BEGIN SELECT RAISE (ABORT, 'documents are never deleted; they can be expunged'); END;

CREATE TRIGGER sighting_never_changes BEFORE UPDATE ON sighting
BEGIN SELECT RAISE (ABORT, 'documents never change'); END;
CREATE TRIGGER sighting_never_goes BEFORE DELETE ON sighting
WHEN NOT EXISTS (SELECT 1 FROM expunged WHERE kind = 'document' AND key = OLD.document)
BEGIN SELECT RAISE (ABORT, 'documents are never deleted; they can be expunged'); END;

CREATE TRIGGER decision_never_changes BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions never change; retract and decide again'); END;
CREATE TRIGGER decision_never_goes BEFORE DELETE ON decision
WHEN NOT EXISTS (SELECT 1 FROM expunged WHERE kind = 'decision' AND key = OLD.key)
BEGIN SELECT RAISE (ABORT, 'decisions are never deleted; retract, or expunge'); END;

CREATE TRIGGER agenda_never_changes BEFORE UPDATE ON agenda
BEGIN SELECT RAISE (ABORT, 'versions of the agenda never change; set a new one'); END;
CREATE TRIGGER agenda_never_goes BEFORE DELETE ON agenda
WHEN NOT EXISTS (SELECT 1 FROM expunged WHERE kind = 'agenda' AND key = OLD.version)
BEGIN SELECT RAISE (ABORT, 'versions of the agenda are never deleted; they can be expunged'); END;

CREATE TRIGGER expunged_never_changes BEFORE UPDATE ON expunged
BEGIN SELECT RAISE (ABORT, 'what was expunged stays on record'); END;
CREATE TRIGGER expunged_never_goes BEFORE DELETE ON expunged
BEGIN SELECT RAISE (ABORT, 'what was expunged stays on record'); END;
