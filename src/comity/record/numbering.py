"""Ids for documents: unique, and the same in any order of import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from comity.words import Document


def number(documents: Iterable[Document], *, for_case: bool = False) -> tuple[Document, ...]:
    """`documents` with unique ids, sorted by id.

    In a batch the id stays the stem where no other document has it; all that share one become
    ``<stem>-<8 hex of identity>``. With `for_case` all do, as what else will be in the case file is not known; a
    document that has such an id already, as in an export of a case, keeps it.

    One publication loaded twice under one stem (same text and provenance) is one document, with the stricter handling.

    >>> [d.id for d in number([Document("a", "Yes."), Document("a", "No."), Document("b", "No.")])]
    ['a-1208f70f', 'a-9dcb09a6', 'b']
    """
    distinct: dict[tuple[str, str], Document] = {}
    for document in documents:
        stem, identity = document.id, document.identity
        if for_case:
            stem = stem.removesuffix(f"-{identity[:8]}")  # an export of a case comes back under the id it had
        first = distinct.get((stem, identity))
        if first is not None:
            kept = min(first, document, key=lambda d: (d.name, d.found))
            document = replace(kept, handling=first.handling | document.handling)
        distinct[stem, identity] = document
    stems = Counter(stem for stem, _ in distinct)
    wanted = [
        (
            f"{stem.removesuffix(f'-{identity[:8]}')}-{identity[:8]}" if for_case or stems[stem] > 1 else stem,
            identity,
            document,
        )
        for (stem, identity), document in distinct.items()
    ]
    taken = Counter(new for new, _, _ in wanted)
    numbered = [
        document.renamed(new if taken[new] == 1 else f"{document.id}-{identity}") for new, identity, document in wanted
    ]
    return tuple(sorted(numbered, key=lambda d: d.id))
