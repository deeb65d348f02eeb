"""Rows of named values (JSON lines, CSV, front matter) as documents: which column is which field.

A row that has a column ``found`` is an export of ours and is taken as it stands: nothing is looked for again, so that
reading an export gives the same documents. Any other row is raw metadata.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from comity.record.decode import clean
from comity.record.values import Extract
from comity.words import Document, Handling, InputError, from_json

FOUND = "found"
MAPPABLE = ("id", "text", "published", "source", "title", "url", "language", "handling")
"""The fields that a column mapping may name."""

_GUESSES = {
    "id": "id guid uid doc_id document_id docid article_id report_id uuid key nr no",
    "text": "text body content article full_text fulltext article_text article_body articlebody maintext main_text "
    "content_text plain_text story report bodytext raw_text transcript description summary abstract",
    "published": "published date pubdate pub_date published_at publishedat publication_date date_published "
    "datepublished published_date publish_date date_publish published_on publishdate timestamp created_at datetime day",
    "source": "source outlet publisher newspaper source_name sitename site_name publication agency media media_name "
    "source_domain domain journal",
    "title": "title headline heading subject",
    "url": "url link uri permalink source_url article_url href web_url canonical",
    "language": "language lang locale",
    "handling": "handling",
}

_HOLDERS = ("meta", "metadata", "document", "doc", "article", "attributes", "fields", "properties", "_source", "data")


def guess(names: list[str]) -> dict[str, str]:
    """Which of the column `names` is which field, by its name; a field that no column fits is left out.

    >>> guess(["ID", "Headline", "Pub Date", "Body"])
    {'id': 'ID', 'text': 'Body', 'published': 'Pub Date', 'title': 'Headline'}
    """
    folded: dict[str, str] = {}
    for name in sorted(names, key=lambda name: "." in name):
        folded.setdefault(re.sub(r"[\s\-]+", "_", name.rpartition(".")[2].strip().casefold()), name)
    chosen: dict[str, str] = {}
    for field, candidates in _GUESSES.items():
        for candidate in candidates.split():
            if candidate in folded and folded[candidate] not in chosen.values():
                chosen[field] = folded[candidate]
                break
    return chosen


def names(row: Mapping[str, Any]) -> list[str]:
    """The columns of a JSON row; ``document.date`` for what stands in an object that only holds fields.

    >>> names({"text": "Talks.", "meta": {"date": "2031-03-04"}})
    ['text', 'meta', 'meta.date']
    """
    inner = [f"{key}.{field}" for key in _HOLDERS if isinstance(row.get(key), Mapping) for field in row[key]]
    return [*row, *inner]


def mapping(names: list[str], columns: Mapping[str, str], *, file: str, line: int | None = None) -> dict[str, str]:
    """The column of each field: as a person said, else guessed. Raises InputError if that gives no text."""
    for field in columns:
        if field not in MAPPABLE:
            raise InputError(
                f"no field {field!r} to map a column to", file=file, hint=f"known are {', '.join(MAPPABLE)}"
            )
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    for field, column in columns.items():
        if column not in names and column.split(".")[0] not in names:
            raise InputError(f"no column {column!r}", file=file, line=line, field=field, hint=f"there are {shown}")
    chosen = {f: c for f, c in guess(names).items() if c not in columns.values()} | dict(columns)
    if "text" not in chosen:
        raise InputError("no column for the text", file=file, line=line, hint=f"map one of {shown} to it (text=COLUMN)")
    return chosen


def lookup(row: Mapping[str, Any], column: str) -> Any:
    """The value at `column`; ``document.date`` looks into nested objects. None if there is none."""
    if column in row:
        return row[column]
    value: Any = row
    for part in column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def extract(
    row: Mapping[str, Any], chosen: Mapping[str, str], *, name: str, stem: str, file: str, line: int, note: str = ""
) -> Extract:
    """The extract of one row. Raises InputError if it has no text, or a handling label that is none."""
    text = lookup(row, chosen["text"])
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n\n".join(text)
    if text is None or text == "":
        raise InputError("no text in this row", file=file, line=line, field=chosen["text"])
    if not isinstance(text, str):
        raise InputError(f"the text is no string: {str(text)[:40]!r}", file=file, line=line, field=chosen["text"])
    metadata = metadata_of(row, chosen)
    if "handling" in metadata:
        label = metadata["handling"].strip().casefold()
        if label not in list(Handling):
            raise InputError(
                f"{metadata['handling']!r} is no handling label",
                file=file,
                line=line,
                field=chosen["handling"],
                hint=f"use {', '.join(Handling)}",
            )
        metadata["handling"] = label
    return Extract(clean(text), name, metadata.pop("id", "") or stem, metadata, note=note)


def metadata_of(row: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, str]:
    """The raw values of all fields but the text, as strings."""
    values = {}
    for field, column in chosen.items():
        value = lookup(row, column)
        if isinstance(value, Mapping):  # {"source": {"name": "Harbour Times"}}, as news services give it
            value = value.get("name") or value.get("title") or value.get("href")
        if field != "text" and isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            values[field] = clean(str(value)).strip()
    return values


def metadata(fields: Mapping[str, object]) -> dict[str, str]:
    """The raw fields of a front matter, by the names they go under."""
    chosen = {field: column for field, column in guess(list(fields)).items() if field not in ("id", "text")}
    return metadata_of(fields, chosen)


def document(row: Mapping[str, Any], file: str, line: int | None = None) -> Document:
    """The document that an export of ours tells. Raises InputError naming the field that does not fit."""
    try:
        made = from_json(Document, dict(row), file=file)
    except InputError as error:
        raise InputError(error.what, file=file, line=line, field=error.field, hint=error.hint) from None
    if not isinstance(made, Document):
        raise InputError("no document", file=file, line=line)
    return made


def one_line(value: Any) -> str:
    """`value` as JSON on one line that any reader of lines keeps whole: line separators and lone surrogates escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)
