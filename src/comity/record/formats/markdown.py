"""Markdown. A front matter between ``---`` lines is metadata; what follows it is the text, as it stands.

Exports carry every field of a document in the front matter (values are JSON, which YAML reads too), so that reading
one gives the same document again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from comity.record import columns
from comity.record.decode import read_text
from comity.record.files import member_names, write_folder
from comity.record.formats.text import refuse_carriage_returns
from comity.record.values import Context, Extract, Format, Input
from comity.words import Document, to_json

_FENCE = "---\n"


def read(source: Input, context: Context) -> Iterator[Extract | Document]:
    decoded = read_text(source.data(context.limits), name=source.name)
    fields, text = _split(decoded.text)
    if columns.FOUND in fields:
        yield columns.document({**fields, "text": text}, source.name)
        return
    metadata = columns.metadata(fields)
    yield Extract(
        text,
        source.name,
        source.stem,
        metadata,
        encoding="" if decoded.encoding == "utf-8" else decoded.encoding,
        note=decoded.note,
    )


def _split(text: str) -> tuple[dict[str, object], str]:
    if not text.startswith(_FENCE):
        return {}, text
    end = text.find("\n" + _FENCE, len(_FENCE) - 1)
    if end < 0:
        return {}, text
    fields: dict[str, object] = {}
    for line in text[len(_FENCE) : end].split("\n"):
        key, colon, value = line.partition(":")
        if not colon or not key.strip() or line[0] in " \t-#":
            continue  # nested YAML, a list, a comment: not a field of a document
        fields[key.strip()] = _value(value.strip())
    return fields, text[end + 1 + len(_FENCE) :]


def _value(raw: str) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        return raw[1:-1].replace("''", "'") if len(raw) > 1 and raw[0] == raw[-1] == "'" else raw


def write(documents: Sequence[Document], path: Path) -> None:
    """Writes ``<id>.md`` for each document into the folder `path`."""
    files = {}
    for name, document in zip(member_names(documents, ".md"), documents, strict=True):
        refuse_carriage_returns(document)
        fields = {key: value for key, value in to_json(document).items() if key != "text"}
        front = "".join(f"{key}: {columns.one_line(value)}\n" for key, value in fields.items())
        files[name] = f"{_FENCE}{front}{_FENCE}{document.text}".encode("utf-8", "surrogatepass")
    write_folder(path, files)


FORMAT = Format("md", (".md", ".markdown", ".mdown"), read, write=write)
