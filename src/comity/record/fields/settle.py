"""From an extract to a document: each field from the first place that has it, and where that was.

The order: what a person gave, the format's own metadata, the head of the text, the file's name, what the format
knows only weakly. What was not found is said too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from comity.record.fields import language, outlets
from comity.record.fields.dates import Dated, parse_date
from comity.record.fields.filename import from_name
from comity.record.fields.head import read_head
from comity.record.fields.taken import Head
from comity.record.values import NOTHING_GIVEN, Extract, Given
from comity.words import Document, DocumentKind, Found, Handling

FIELDS = ("published", "source", "title", "url", "language")
"""The fields that are looked for, in the order of `Document.found`."""


@dataclass(frozen=True)
class _Hit:
    value: str
    place: str
    note: str = ""


def settle(extract: Extract, given: Given = NOTHING_GIVEN) -> Document:
    """The document of an extract, with `Document.found` telling where each field was found.

    >>> doc = settle(Extract("date 2031-03-04 Talks resumed.", "a.txt", "a"))
    >>> doc.published, doc.found[0].place, doc.found[1].place
    (datetime.date(2031, 3, 4), 'head', 'not found')
    """
    head, named = read_head(extract.text), from_name(extract.stem)
    published, found_date = _published(extract, given, head, named[0], (head.date_note, named[3]))
    chosen: dict[str, str | None] = {}
    found = [found_date]
    for field in FIELDS[1:]:
        hit = next(_candidates(field, extract, given, head, named), None)
        chosen[field] = hit.value if hit else None
        found.append(Found(field, hit.place if hit else "not found"))
    if extract.encoding or extract.note:
        found.append(Found("text", "decoded", extract.note or f"read as {extract.encoding}"))
    return Document(
        id=safe_id(extract.stem),
        text=extract.text,
        published=published,
        source=chosen["source"],
        title=chosen["title"],
        url=chosen["url"],
        language=chosen["language"],
        kind=given.kind or DocumentKind.REPORT,
        handling=Handling(extract.metadata.get("handling", Handling.PUBLIC)) | (given.handling or Handling.PUBLIC),
        name=extract.name,
        found=tuple(found),
    )


def override(document: Document, given: Given) -> Document:
    """`document` (an export of ours, read again) with what a person gave; its handling can only be raised."""
    values = {field: value for field in FIELDS if (value := getattr(given, field)) is not None}
    found = tuple(f for f in document.found if f.field not in values) + tuple(Found(f, "given") for f in values)
    order = {field: i for i, field in enumerate(FIELDS)}
    return replace(
        document,
        **values,
        kind=given.kind or document.kind,
        handling=document.handling | given.handling if given.handling else document.handling,
        found=tuple(sorted(found, key=lambda f: order.get(f.field, len(order)))) if values else document.found,
    )


def safe_id(stem: str) -> str:
    """A stem as an id: what cannot be printed or stored becomes ``_``.

    >>> safe_id("talks\\nof 4 March")
    'talks_of 4 March'
    """
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "_", stem).strip() or "document"


def _published(
    extract: Extract, given: Given, head: Head, named: date | None, notes: tuple[str, str]
) -> tuple[date | None, Found]:
    if given.published:
        return given.published, Found("published", "given")
    stated = _parsed(extract.metadata.get("published"))
    places = (
        ("metadata", stated.value if stated else None),
        ("head", head.published),
        ("file name", named),
    )
    hits = [(place, value) for place, value in places if value]
    if hits:
        (place, value), others = hits[0], hits[1:]
        note = next((f"the {other} says {told}" for other, told in others if told != value), "")
        return value, Found("published", place, note)
    unclear = next((note for note in (stated.note if stated else "", *notes) if note), "")
    made = _parsed(extract.fallback.get("published"))
    if made and made.value and not unclear:
        return made.value, Found("published", "metadata", "the date the file was made")
    return None, Found("published", "not found", unclear)


def _parsed(value: str | None) -> Dated | None:
    return parse_date(value) if value else None


def _candidates(
    field: str, extract: Extract, given: Given, head: Head, named: tuple[date | None, str | None, str | None, str]
) -> Iterator[_Hit]:
    if (value := getattr(given, field)) is not None:
        yield _Hit(value, "given")
    if value := _tidy(field, extract.metadata.get(field)):
        yield _Hit(value, "metadata")
    if value := getattr(head, field):
        yield _Hit(value, "head")
    if field in ("source", "title") and (value := named[1] if field == "source" else named[2]):
        yield _Hit(value, "file name")
    if value := _tidy(field, extract.fallback.get(field)):
        yield _Hit(value, "metadata")
    if field == "source":
        address = extract.metadata.get("url") or (head.url if head.labelled_url else None)
        if address and (host := outlets.host_of(address)):
            yield _Hit(host, "metadata" if extract.metadata.get("url") else "head")
    if field == "language" and (value := language.detect(extract.text)):
        yield _Hit(value, "detected")


def _tidy(field: str, value: str | None) -> str | None:
    if not value or not value.strip():
        return None
    if field == "source":
        return outlets.outlet_name(value)
    if field == "language":
        return language.tag(value)
    if field == "url":
        return value.strip() if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value.strip()) else None
    return " ".join(value.split())
