"""How a document is shown: what came in, under whatever names, with what people corrected. Pure functions.

One publication can come in several times (as ``talks.html``, in an archive, labelled more strictly). What is shown
depends on the set of these sightings and never on their order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from comity.words import Decision, Document, Found, Handling, InputError

CORRECTABLE = ("published", "source", "title", "url", "language", "handling", "supersedes")
"""Fields of a document that a decision may correct."""


@dataclass(frozen=True)
class Sighting:
    """What may differ each time that one document comes in."""

    id: str
    name: str = ""
    language: str | None = None
    handling: Handling = Handling.PUBLIC
    supersedes: str | None = None
    found: tuple[Found, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Sighting:
        return cls(
            document.id, document.name, document.language, document.handling, document.supersedes, document.found
        )

    @property
    def digest(self) -> str:
        """SHA-256 that tells it from other sightings."""
        found = [[f.field, f.place] for f in self.found]
        return sha256([self.id, self.name, self.language, self.handling.value, self.supersedes, found])


def sha256(value: object) -> str:
    """SHA-256 of a JSON value, in hex."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def shown_id(identity: str, ids: Iterable[str], shared: set[str]) -> str:
    """The id that a document goes by: the first of those it came in with, longer if another document shares it.

    >>> shown_id("ab12" * 16, ["b-ab12ab12", "a-ab12ab12"], set())
    'a-ab12ab12'
    >>> shown_id("ab12" * 16, ["a-ab12ab12"], {"a-ab12ab12"})
    'a-ab12ab12ab12ab12'
    """
    first = min(ids)
    if first not in shared:
        return first
    stem = first.removesuffix(identity[:8])
    return stem + identity[:16] if stem != first else f"{first}-{identity[:16]}"


def presented(
    stored: Document, identity: str, sightings: Iterable[Sighting], shared: set[str], corrections: Iterable[Decision]
) -> Document:
    """`stored` (text, date, source, title, address, kind) as shown.

    Several sightings combine to the strictest handling label. `corrections` are the standing decisions on this
    document, in the order recorded: the last on a field holds.
    """
    ordered = sorted(sightings, key=lambda s: (s.id, s.name, s.digest))
    shown = replace(
        stored,
        id=shown_id(identity, [s.id for s in ordered], shared),
        name=ordered[0].name,
        found=ordered[0].found,
        language=next((s.language for s in ordered if s.language), None),
        supersedes=next((s.supersedes for s in ordered if s.supersedes), None),
        handling=reduce(or_, (s.handling for s in ordered)),
    )
    for decision in corrections:
        shown = corrected(shown, decision.field, decision.value)
    return shown


def corrected(document: Document, field: str, value: str) -> Document:
    """`document` with `field` as a person gave it; an empty value means that there is none.

    Raises InputError if the field cannot be corrected or the value does not fit it.

    >>> corrected(Document("a", "x"), "published", "2026-03-05").published
    datetime.date(2026, 3, 5)
    """
    if field not in CORRECTABLE:
        raise InputError(
            f"{field!r} of a document cannot be corrected", field="field", hint=f"one of {', '.join(CORRECTABLE)}"
        )
    fitting: Any = value or None
    try:
        if field == "published" and value:
            fitting = date.fromisoformat(value)
        elif field == "handling":
            fitting = Handling(value)
    except ValueError:
        known = "YYYY-MM-DD" if field == "published" else ", ".join(Handling)
        raise InputError(f"not a value of {field}: {value!r}", field="value", hint=f"use {known}") from None
    others = tuple(f for f in document.found if f.field != field)
    return replace(document, **{field: fitting}, found=(*others, Found(field, "given")))


def basis(document: Document, text_sha256: str) -> str:
    """A hash of all that a reader may know of a document; a reading of another basis is out of date."""
    d = document
    return sha256([d.id, str(d.published or ""), d.source, d.title, d.url, d.language, d.kind.value, text_sha256])
