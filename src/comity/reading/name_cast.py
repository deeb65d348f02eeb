"""The mentions of a text by token, with what their entities can be referred to as: gender, number, kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.reading.gazetteer import first_names
from comity.reading.roles import FEMALE_TITLES, MALE_TITLES
from comity.words import Entity, Mention, fold_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass
class Placed:
    """A mention in the parse: its head token, and the entity it is of ("" for a noun that stands for no entity)."""

    head: Token
    entity: str
    plural: bool = False
    start: int = 0


@dataclass
class Cast:
    """Entities and where they have been met so far, in order of the text."""

    entities: dict[str, Entity]
    placed: list[Placed] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    genders: dict[str, str] = field(default_factory=dict)
    likely: dict[str, str] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    """What the text so far says that each is: "minister", "union"."""

    def gender(self, id_: str) -> str:
        """ "m", "f" or "" (unknown, or no person): from titles, and from pronouns resolved before."""
        if id_ not in self.genders:
            self.genders[id_] = _by_title(self.entities[id_])
        return self.genders[id_]

    def likely_gender(self, id_: str) -> str:
        """The same from the first name, which can mislead: one name is a man's here and a woman's there."""
        if id_ not in self.likely:
            self.likely[id_] = _by_name(self.entities[id_])
        return self.likely[id_]


def _by_title(entity: Entity) -> str:
    if entity.type != "person":
        return ""
    for form in (entity.role, *entity.aliases, entity.name):
        for word in form.lower().replace(".", "").split():
            if word in MALE_TITLES:
                return "m"
            if word in FEMALE_TITLES:
                return "f"
    return ""


def _by_name(entity: Entity) -> str:
    words = entity.name.split()
    if entity.type != "person" or len(words) < 2:
        return ""
    found = first_names().get(fold_name(words[0]), "")
    return "" if found == "u" else found


def head_of(doc: Doc, mention: Mention) -> Token | None:
    """The token of `mention` that the rest of it hangs on."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    if span.root.pos_ == "DET":  # "the Lindal union", of which the name is "the Lindal": both hang on the noun behind
        return next((t for t in reversed(list(span)) if t.head.i not in range(span.start, span.end)), span.root)
    return span.root
