"""One document of a case with all that bears on it, as it stands: without the rest of the case.

What a person does to one document (read it, code it, review a statement of it) needs no more than this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from comity.case import Case, effective
from comity.case.paging import decisions_on
from comity.desk.flow import Material
from comity.desk.register import Register
from comity.ledger.edits import edit, in_force
from comity.reading import READER
from comity.words import Agenda, Document, Ledger, Reading, Review, Statement


@dataclass(frozen=True, eq=False)
class Part:
    """A document with its statements as decided, in the order of the text.

    `material` and `ledger` hold this document alone: its reading, the decisions on it and those on names; its
    statements and marks of review. They stand where the whole would be asked about one statement.
    """

    document: Document
    material: Material
    ledger: Ledger

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.ledger.statements

    @cached_property
    def reviews(self) -> dict[str, Review]:
        return dict(self.ledger.reviews)

    def as_of(self, day: date | None) -> Part:
        """The same as a ledger of a date has it: without statements, if the document was not published by then."""
        published = self.document.published
        if day is None or (published is not None and published <= day):
            return self
        return replace(self, ledger=replace(self.ledger, as_of=day, statements=(), reviews=()))

    def find(self, id_: str) -> Statement | None:
        """The statement with this id as it stands, or, where a person rejected it, as the reader proposed it."""
        found = next((s for s in self.statements if s.id == id_), None)
        return found or next((s for r in self.material.readings for s in r.statements if s.id == id_), None)


def in_order(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Statements by their place in the text."""
    return tuple(sorted(statements, key=lambda s: (s.passage.start, s.passage.end, s.id)))


def part_of_case(case: Case, document: Document, agenda: Agenda, agenda_hash: str, register: Register) -> Part:
    """The part of a case that is on one document, from the case file. Which utterances are the same is left out: that
    takes other documents."""
    found = case.readings(READER, agenda_hash, of=[document])
    readings: tuple[Reading, ...] = tuple(found.values())
    decisions = effective(decisions_on(case, document.id))
    edited = edit(readings, agenda, {document.id: document}, in_force(decisions))
    gone = readings and (document.id in register.superseded or document.identity in register.superseded)
    statements = () if gone else in_order(edited.statements)
    reviews = tuple((s.id, edited.reviews[s.id]) for s in statements if s.id in edited.reviews)
    material = Material((document,), readings, agenda, decisions)
    return Part(document, material, Ledger(agenda, None, statements, reviews=reviews))


def part_of_material(material: Material, made: Ledger, document: Document, statements: tuple[Statement, ...]) -> Part:
    """The part of a case that is at hand as a whole. `statements` are those of the document in `made`."""
    return Part(document, material, Ledger(material.agenda, made.as_of, in_order(statements), reviews=made.reviews))


def document_of_statement(id_: str, register: Register) -> str | None:
    """The id of the document that a statement's id begins with, or None.

    An id is that of its document, ``#`` and its number; one that a person wrote may have more after it.
    """
    end = id_.rfind("#")
    while end > 0:
        if id_[:end] in register.places:
            return id_[:end]
        end = id_.rfind("#", 0, end)
    return None
