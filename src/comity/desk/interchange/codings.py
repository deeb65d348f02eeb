"""A coding on its way out or in: a statement, who coded it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.words import Coder, Document, Handling, InputError, Passage, Review, Statement


@dataclass(frozen=True)
class Coding:
    """A statement with its coder. The coder's kind ("person" or "reader") keeps machine and people apart everywhere."""

    statement: Statement
    coder: Coder
    review: Review = Review.UNREVIEWED
    handling: Handling = Handling.PUBLIC
    note: str = ""


def ordered(codings: Iterable[Coding]) -> tuple[Coding, ...]:
    """By document, place and coder: an order that does not depend on how they came in."""
    return tuple(
        sorted(codings, key=lambda c: (c.statement.document, c.statement.passage.span, c.statement.id, c.coder.id))
    )


def checked(passage: Passage, documents: Mapping[str, Document], file: str | None, line: int | None = None) -> None:
    """Raises InputError unless the quote stands where it says. A quote is never looked for elsewhere."""
    document = documents.get(passage.document)
    if document is None:
        raise InputError(
            f"no document {passage.document!r} is there for this coding",
            file=file,
            line=line,
            hint="bring in the documents first",
        )
    if not passage.holds_in(document):
        found = document.text[passage.start : passage.end]
        raise InputError(
            f"{passage.quote[:40]!r} does not stand at [{passage.start}, {passage.end}) of {passage.document}, "
            f"but {found[:40]!r}",
            file=file,
            line=line,
            hint="check what offsets count",
        )


def by_id(documents: Sequence[Document]) -> dict[str, Document]:
    return {document.id: document for document in documents}
