"""What pronouns and descriptions stand for, by salience."""

from __future__ import annotations

from typing import Any

from comity.words import Entity, Mention

Doc = Any


def resolve(doc: Doc, entities: tuple[Entity, ...], mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """`mentions` and those of pronouns, in order of the text. A pronoun without a likely antecedent is left out."""
    people = {e.id for e in entities if e.type == "person"}
    out = list(mentions)
    for token in doc:
        if token.lower_ in ("he", "she", "his", "her", "him"):
            before = [m for m in mentions if m.end <= token.idx and m.entity in people]
            if before:
                out.append(Mention(token.idx, token.idx + len(token), before[-1].entity, "pronoun"))
    return tuple(sorted(out, key=lambda m: (m.start, m.end)))
