"""Who and what a text names: people, bodies, states, places, outlets, and the parties they stand for."""

from __future__ import annotations

import re
from typing import Any

from comity.reading.gazetteer import gazetteer
from comity.reading.truecase import truecase
from comity.words import Agenda, Entity, Mention, Segment, fold, fold_name

Doc = Any

__all__ = ["find_entities", "slug", "truecase"]

_TYPES = {
    "state": "state",
    "capital": "place",
    "region": "place",
    "city": "place",
    "seat": "body",
    "body": "body",
    "bloc": "group",
    "outlet": "outlet",
    "platform": "platform",
}


def slug(name: str) -> str:
    """The id of an entity that no agenda knows: its name, lower-case, ASCII where it can be, "_" between words."""
    return re.sub(r"\W+", "_", fold(name)).strip("_") or "unnamed"


def find_entities(
    doc: Doc, agenda: Agenda | None, segments: tuple[Segment, ...] = (), document_source: str | None = None
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities of `doc` and every place that names one, in order of the text."""
    gaz = gazetteer()
    known: dict[str, tuple[str, str, str, str | None]] = {}
    if agenda:
        for party in agenda.parties:
            for form in (party.name, *party.aliases):
                known[form] = (party.id, party.name, "state", party.name)
        by_id = {party.id: party.name for party in agenda.parties}
        for actor in agenda.actors:
            for form in (actor.name, *actor.aliases):
                known[form] = (actor.id, actor.name, actor.kind, by_id.get(actor.party or ""))
    entities: dict[str, Entity] = {}
    mentions: list[Mention] = []
    taken: set[int] = set()

    def add(start: int, end: int, id_: str, name: str, type_: str, party: str | None) -> None:
        entities.setdefault(id_, Entity(id_, name, type_, party=party))
        mentions.append(Mention(start, end, id_))
        taken.update(range(start, end))

    forms: dict[str, tuple[str, str, str, str | None]] = {
        form: (
            slug(p.stands_for if p.kind in ("state", "capital", "seat") else p.name),
            p.stands_for if p.kind in ("state", "capital", "seat") else p.name,
            "state" if p.kind in ("capital", "seat") else _TYPES[p.kind],
            p.stands_for if p.kind in ("state", "capital", "seat", "body") else None,
        )
        for form, p in gaz.forms.items()
    }
    forms.update(known)
    words = [t for t in doc if not t.is_space]
    i = 0
    while i < len(words):
        token = words[i]
        step = 1
        if token.text[:1].isupper() or token.text in forms:
            for size in (6, 5, 4, 3, 2, 1):
                if i + size > len(words):
                    continue
                last = words[i + size - 1]
                text = doc.text[token.idx : last.idx + len(last)]
                if text in forms:
                    add(token.idx, last.idx + len(last), *forms[text])
                    step = size
                    break
        i += step
    people: dict[str, tuple[str, str]] = {}
    for ent in doc.ents:
        if ent.label_ != "PERSON" or ent.start_char in taken:
            continue
        name = re.sub(r"['’]s$", "", ent.text)
        key = fold_name(name.split()[-1])
        id_, canonical = people.setdefault(key, (slug(name), name))
        add(ent.start_char, ent.start_char + len(name), id_, canonical, "person", None)
    return tuple(entities.values()), tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
