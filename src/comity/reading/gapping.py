"""Two stands under one verb: "Averia wants forty a year and Belvara no more than thirty"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading.voices import REPORTER, Cast
from comity.words import AUTHOR, Mode, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_JOINTS = frozenset({",", "and", "but", "while", ";"})
_WHEN = frozenset({"before", "after", "later", "earlier", "sooner", "afterwards", "beforehand", "less", "more"})
_COUNTS = frozenset({"no", "only", "at", "just", "about", "nearer", "$", "€", "£"})
_LONGEST = 9
_KINDS = ("person", "group", "state", "body")


def parted(doc: Doc, cast: Cast, s: Statement) -> Iterator[Statement]:
    """`s`, or its part and that of the actor beside, who is told with the same verb.

    So of numbers and of what comes first ("Averia says on signing, Belvara before"): elsewhere a name after a comma
    may be anything.
    """
    found = _second(doc, cast, s)
    if found is None:
        yield s
        return
    first, name, last = found
    before = doc[first.i - 1] if doc[first.i - 1].text != "," else doc[first.i - 2]
    while before.lower_ in _JOINTS:
        before = before.nbor(-1)
    text = s.passage.quote
    at = s.passage.start
    cut, start, end = before.idx + len(before), first.idx, last.idx + len(last)
    yield replace(s, passage=replace(s.passage, end=cut, quote=text[: cut - at]))
    who = cast.resolve(name)
    passage = replace(s.passage, start=start, end=end, quote=text[start - at : end - at])
    told = s.mode in (Mode.REPORTED_STANCE, Mode.AUTHOR)
    yield replace(
        s, passage=passage, holder=who.stand, speaker=REPORTER.name if told else who.name, content=(), condition=(),
        chain=s.chain if told else (AUTHOR, who.name), mode=s.mode if told else Mode.INDIRECT,
        source=((start, name.idx + len(name)),), quantities=(), option=None,
    )  # fmt: skip


def _second(doc: Doc, cast: Cast, s: Statement) -> tuple[Token, Token, Token] | None:
    """The first and the main word of the second actor, and the last word of what that one is told to want."""
    found = doc.char_span(s.passage.start, s.passage.end, alignment_mode="contract")
    if found is None or s.mode is Mode.DIRECT or len(found) < 6 or '"' in s.passage.quote or "“" in s.passage.quote:
        return None
    for mention in cast.within(s.passage.start, s.passage.end):
        entity = cast.entities.get(mention.entity)
        near = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if entity is None or entity.type not in _KINDS or near is None or near.start - found.start < 3:
            continue
        first = near[0].nbor(-1) if near[0].nbor(-1).lower_ == "the" else near[0]
        rest = doc[near.end : found.end]
        if first.nbor(-1).lower_ not in _JOINTS or not 0 < len(rest) <= _LONGEST or any(_verb(t) for t in rest):
            continue
        if rest[0].text in ("'s", "’s") or entity.name in (s.holder, s.speaker):
            continue
        if any(t.text in (",", "and", "or", "(", ";", ":") for t in rest):
            continue
        counted = any(t.like_num for t in rest) and any(t.like_num for t in doc[found.start : first.i])
        opens = rest[0].like_num or rest[0].lower_ in _COUNTS
        if (counted and opens) or (len(rest) <= 2 and rest[0].lower_ in _WHEN):
            return first, near[-1], found[-1]
    return None


def _verb(token: Token) -> bool:
    return token.tag_.startswith("VB") or token.tag_ == "MD"
