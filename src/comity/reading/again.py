"""Bodies spoken of again by what they are: "the ministry" after "the Belvaran defence ministry".

The noun is the last word of a name or a description met before, the first of one with "of", or what the text says
that somebody is (`told`). Of two to which it fits, the one met last counts if no other stands near; else nobody does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.reading.name_cast import head_of
from comity.reading.syntax import text_of
from comity.reading.told import KINDS, UNNAMED_KINDS, kinds_of, plain
from comity.words import Entity, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 2
"""Within how many sentences one of several bodies of a kind must stand alone."""
_BODIES = frozenset({"body", "group", "state", "other"})

_ALIKE = (
    frozenset({"union", "association", "federation"}),
    frozenset({"company", "firm", "corporation", "group"}),
    frozenset({"bank", "lender"}),
)
"""Of these one stands for another where no body is called so itself."""


@dataclass(frozen=True)
class _Met:
    entity: str
    sentence: int
    kinds: frozenset[str]


def again(
    doc: Doc, entities: tuple[Entity, ...], mentions: tuple[Mention, ...], fixed: Collection[str] = ()
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """`entities` and `mentions` where "the ministry" stands for the ministry named before; `fixed` are left alone.

    A bare noun that was taken for a body of its own is given up for the one that it stands for.
    """
    known = {e.id: e for e in entities}
    mentions = tuple(_with_kind(doc, m, known.get(m.entity)) for m in mentions)
    at: dict[int, list[int]] = {}
    for n, mention in enumerate(mentions):
        head = head_of(doc, mention)
        if head is not None and mention.entity in known:
            at.setdefault(head.i, []).append(n)
    out = list(mentions)
    met: list[_Met] = []
    bodies: set[str] = set()
    last: str | None = None
    text = text_of(doc)
    for s, sentence in enumerate(doc.sents):
        subject, last = last, None
        if "\n\n" in text[max(0, sentence.start_char - 2) : sentence.start_char + 1]:
            subject = None
        for token in sentence:
            here = at.get(token.i, [])
            own = [n for n in here if _bare(known[mentions[n].entity], token)]
            if (own or not here) and mentions_again(token):
                kind = plain(token.lower_)
                whom = _whom(kind, met, s)
                near = any(m.entity == whom and s - m.sentence <= 1 for m in met if kind in m.kinds)
                if not near and subject is not None and _may_be(known[subject], kind, met):
                    whom = subject
                    bodies.add(whom)
                if whom is not None and token.dep_ == "nsubj":
                    last = last or whom
                if whom is not None and not any(mentions[n].entity in fixed for n in own):
                    for n in own:
                        out[n] = replace(mentions[n], entity=whom, kind="description")
                    if not own:
                        start = doc[token.i - 1].idx
                        out.append(Mention(start, token.idx + len(token), whom, "description"))
                    met.append(_Met(whom, s, frozenset({kind})))
                    continue
            for n in here:
                entity = known[mentions[n].entity]
                if token.dep_ == "nsubj" and _leads(token.head):
                    last = entity.id
                if entity.type in _BODIES:
                    met.append(_Met(entity.id, s, kinds_of(doc, mentions[n], token, entity)))
    left = {m.entity for m in out}
    gone = {m.entity for m in mentions} - left
    kept = tuple(replace(e, type="body") if e.id in bodies else e for e in entities if e.id not in gone)
    return kept, tuple(sorted(set(out), key=lambda m: (m.start, -m.end, m.entity)))


def mentions_again(token: Token) -> bool:
    """True of a noun for a body with nothing but "the" before it, and nothing behind that says which."""
    if token.tag_ not in ("NN", "NNP") or plain(token.lower_) not in KINDS or token.i == 0:
        return False
    if token.nbor(-1).lower_ != "the" or token.dep_ in ("compound", "nmod", "amod", "attr", "appos"):
        return False
    if token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN":
        return False
    return not any(
        c.dep_ == "appos"
        or (c.i == token.i + 1 and (c.dep_ in ("acl", "relcl") or (c.dep_ == "prep" and c.lower_ in ("of", "for"))))
        or (c.dep_ == "relcl" and c.left_edge.i == token.i + 1)
        for c in token.rights
    )


def _with_kind(doc: Doc, mention: Mention, entity: Entity | None) -> Mention:
    """The mention of "the Lindal Pilots union" with its last word, which may stand in small letters."""
    head = head_of(doc, mention) if entity is not None and mention.kind == "name" else None
    if head is None or entity is None or head.dep_ not in ("compound", "nmod") or head.head.i != head.i + 1:
        return mention
    noun = head.head
    if plain(noun.lower_) not in UNNAMED_KINDS or entity.type not in ("body", "group", "other"):
        return mention
    return replace(mention, end=noun.idx + len(noun))


def _may_be(entity: Entity, kind: str, met: list[_Met]) -> bool:
    """True if nothing tells that the entity, which the sentence before is about, is something else than `kind`."""
    if kind not in UNNAMED_KINDS or entity.role or entity.type not in ("body", "group", "other", "person"):
        return False
    if entity.type == "person" and (" " in entity.name or any(" " in alias for alias in entity.aliases)):
        return False
    return not any(m.kinds for m in met if m.entity == entity.id)


def _bare(entity: Entity, token: Token) -> bool:
    """True of an entity that is only known by the noun."""
    return entity.name.lower() == token.lower_


def _leads(verb: Token) -> bool:
    return verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")


def _whom(kind: str, met: list[_Met], sentence: int) -> str | None:
    alike = next((c for c in _ALIKE if kind in c), frozenset({kind}))
    fit = [m for m in met if kind in m.kinds] or [m for m in met if not alike.isdisjoint(m.kinds)]
    if len({m.entity for m in fit}) == 1:
        return fit[0].entity
    near = {m.entity for m in fit if sentence - m.sentence <= _NEAR}
    return near.pop() if len(near) == 1 else None
