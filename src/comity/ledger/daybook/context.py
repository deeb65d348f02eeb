"""What there is beside the statements: agenda, names, documents as people set them, decisions by document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.ledger.daybook.days import NEVER, day_of
from comity.ledger.daybook.sheets import by_document, corrected, document_of
from comity.ledger.daybook.source import Source
from comity.ledger.edits import same_names
from comity.ledger.names import Names
from comity.words import Agenda, Decision, DecisionKind, Document, DuplicateGroup


@dataclass(frozen=True)
class Context:
    """What there is beside the statements: the agenda, its names, documents as people set them, decisions on them."""

    agenda: Agenda
    names: Names
    documents: Mapping[str, Document]
    decisions: Mapping[str, Sequence[Decision]]
    read: Mapping[str, date | None]
    marks: Mapping[str, str]

    def published(self, name: str) -> date | None:
        """When a document was published, as far as anybody knows."""
        document = self.documents.get(name)
        return (document.published if document else None) or self.read.get(name)

    def touched(self, decisions: Iterable[Decision]) -> set[str] | None:
        """Documents whose statements decisions change; None if they change more than some documents' statements."""
        found = set()
        for decision in decisions:
            if decision.kind in (DecisionKind.SAME, DecisionKind.DIFFERENT):
                return None
            if (name := document_of(decision)) is not None:
                found.add(name)
        return found

    def after(self, source: Source, touched: Iterable[str]) -> Context:
        """The context after decisions on some documents."""
        decisions = by_document(source.decisions())
        documents = dict(self.documents)
        for name in touched:
            if name in documents:
                documents[name] = replace(corrected(source.document(name), decisions.get(name, ())), text="")
        return replace(self, documents=documents, decisions=decisions)

    def superseded(self, source: Source) -> dict[str, int]:
        """Document to the first day on which another one that supersedes it counts."""
        ends: dict[str, int] = {}
        by_identity: dict[str, str] | None = None
        for name in sorted(self.read):
            old = self.documents[name].supersedes if name in self.documents else None
            if old and old not in self.read:
                if by_identity is None:
                    by_identity = {
                        corrected(source.document(d), self.decisions.get(d, ())).identity: d
                        for d in sorted(self.documents)
                    }
                old = by_identity.get(old, old)
            if old and old in self.read:
                ends[old] = min(ends.get(old, NEVER), day_of(self.published(name)))
        return ends


def context(agenda: Agenda, source: Source) -> Context:
    """The context as the source has it now."""
    standing = tuple(source.decisions())
    decisions = by_document(standing)
    documents = {d.id: corrected(d, decisions.get(d.id, ())) for d in source.documents()}
    names = Names(agenda, same_names(standing, agenda))
    read = tuple(source.read())
    marks = {name: mark for name, _, mark in read}
    return Context(agenda, names, documents, decisions, {name: day for name, day, _ in read}, marks)


def printed(groups: Iterable[DuplicateGroup]) -> dict[str, str]:
    """Documents that carry nearly the text of others, with their original."""
    return {name: group.original for group in groups for name in group.members}
