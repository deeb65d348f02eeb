"""What a person should look at after an import. Depends on the day it is asked: shown, never stored or exported."""

from __future__ import annotations

from datetime import date

from comity.words import Document, DocumentKind, Handling

_WANTED = {"published": "no date of publication was found", "source": "no outlet was found"}


def doubts(document: Document, *, today: date | None = None) -> tuple[str, ...]:
    """One line for each thing about `document` that a person should know, the gravest first.

    No date or outlet found, a date that lies after `today` (kept: it is what the document says), a date that can
    be read two ways, places that disagree, an encoding that was guessed, an unpublished message labelled public.

    >>> doubts(Document("a", "Talks.", date(2031, 3, 4), "AFP"), today=date(2031, 3, 1))
    ('a: published 2031-03-04 lies in the future',)
    """
    told: list[str] = []
    if document.kind is DocumentKind.REPORT:
        for field, what in _WANTED.items():
            if getattr(document, field) is None:
                note = next((f.note for f in document.found if f.field == field and f.note), "")
                told.append(f"{what} ({note})" if note else what)
    if today and document.published and document.published > today:
        told.append(f"published {document.published} lies in the future")
    told += [
        f"{f.field} ({f.place}): {f.note}"
        for f in document.found
        if f.note and not (f.field in _WANTED and getattr(document, f.field) is None)
    ]
    if (
        document.name.lower().endswith(".eml")
        and document.handling is Handling.PUBLIC
        and document.kind is DocumentKind.REPORT
    ):
        told.append("an e-mail, taken as published: add it as private if it was not")
    return tuple(f"{document.id}: {what}" for what in told)
