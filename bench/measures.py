"""How well statements were read: our own form of the measure, for golds in the shared form.

A gold statement is *found* if a predicted one overlaps it (Jaccard index of the characters that are not white space
at least 0.5, or at least 0.8 of it covered by a prediction of at most twice its length) and has its speaker. Issue,
act and holder are counted among the found. *Precision* is the share of predictions that match a gold statement of any
tier. A *leak* is an article's own forecast, guess or opinion whose best match is anybody's but the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.words import AUTHOR, Reading, Statement

GUESSES = frozenset({"predicted", "speculative", "opinion", "hedged", "inferred"})


@dataclass
class Score:
    """Counts of one run. `missed` and `leaks` name gold statements, `false` predictions that match none."""

    core: int = 0
    found: int = 0
    issue: int = 0
    act: int = 0
    holder: int = 0
    predicted: int = 0
    matched: int = 0
    inexact: int = 0
    leaks: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def lines(self) -> Iterable[str]:
        """The figures as a person reads them."""

        def share(part: int, whole: int) -> str:
            return f"{part}/{whole} ({100 * part / max(1, whole):.0f} %)"

        yield f"core statements found   {share(self.found, self.core)}"
        yield f"  issue right           {share(self.issue, self.found)}"
        yield f"  act right             {share(self.act, self.found)}"
        yield f"  holder right          {share(self.holder, self.found)}"
        yield f"precision               {share(self.matched, self.predicted)}"
        yield f"quotes not exact        {self.inexact}"
        yield f"guesses given to others {len(self.leaks)} {' '.join(self.leaks)}".rstrip()


class Names:
    """Canonical ids of names, as the gold's entities and their aliases have them."""

    def __init__(self, entities: Sequence[Mapping[str, Any]]) -> None:
        self.ids: dict[str, str] = {}
        self.party = {e["id"]: e.get("party") or e["id"] for e in entities}
        for entity in entities:
            for name in (entity["id"], entity["name"], *entity["aliases"]):
                self.ids.setdefault(self._fold(name), entity["id"])
        for entity in entities:
            if entity.get("type") == "person":
                self.ids.setdefault(self._fold(entity["name"]).split()[-1], entity["id"])

    @staticmethod
    def _fold(name: str) -> str:
        plain = re.sub(r"[^a-z0-9 ]", "", name.lower().replace("_", " ").replace("-", " ")).strip()
        return re.sub(r"(yy|iy|ii)$", "y", plain.removeprefix("the ").strip())

    def canonical(self, name: str | None) -> str | None:
        """The id of `name`: as a whole, else by its last word; None if unknown."""
        if not name:
            return None
        folded = self._fold(name)
        if folded in (AUTHOR, "article"):
            return AUTHOR
        return self.ids.get(folded) or (self.ids.get(folded.split()[-1]) if folded else None)


def letters(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, min(end, len(text))) if not text[i].isspace()}


def overlaps(gold: set[int], other: set[int]) -> float:
    """The Jaccard index if the two match, else 0."""
    both = len(gold & other)
    if not both:
        return 0.0
    jaccard = both / len(gold | other)
    return jaccard if jaccard >= 0.5 or (both >= 0.8 * len(gold) and len(other) <= 2 * len(gold)) else 0.0


def speakers(g: Mapping[str, Any], names: Names) -> set[str]:
    """Who may be told as the speaker of a gold statement."""
    right = {g["source"], names.party.get(g["source"])}
    if g["mode"] == "reported_stance":
        right |= {AUTHOR, g["holder"]}
    return right - {None}


def holders(g: Mapping[str, Any], names: Names) -> set[str | None]:
    """Whose statement a gold statement may be told to be."""
    return {g["holder"], names.party.get(g["holder"]), *({None, AUTHOR} if g["holder"] is None else ())}


def score(gold: Mapping[str, Any], texts: Mapping[str, str], readings: Iterable[Reading]) -> Score:
    """The score of `readings` against `gold` over `texts` (by document id)."""
    names, out = Names(gold["entities"]), Score()
    predicted: dict[str, Sequence[Statement]] = {r.document: r.statements for r in readings}
    matched: set[str] = set()
    for document, text in texts.items():
        for s in predicted.get(document, ()):
            out.predicted += 1
            out.inexact += text[s.passage.start : s.passage.end] != s.passage.quote
    for g in gold["statements"]:
        if g["doc"] not in texts:
            continue
        text, wanted = texts[g["doc"]], letters(texts[g["doc"]], g["start"], g["end"])
        near = [
            (overlaps(wanted, letters(text, s.passage.start, s.passage.end)), s) for s in predicted.get(g["doc"], ())
        ]
        best = sorted(((x, s) for x, s in near if x), key=lambda pair: -pair[0])
        right = speakers(g, names)
        same = [s for _, s in best if names.canonical(s.speaker) in right]
        if same:
            matched.add(same[0].id)
        guess = g["mode"] == "author" and g["certainty"] in GUESSES
        if guess and best and (best[0][1].mode.value != "author" or best[0][1].speaker != AUTHOR):
            out.leaks.append(g["id"])
        if g["tier"] != "core":
            continue
        out.core += 1
        if not same:
            was = f" (speaker read as {best[0][1].speaker})" if best else ""
            out.missed.append(f"{g['id']} {g['source']}: {g['quote'][:80]}{was}")
            continue
        s = same[0]
        right_holders = holders(g, names)
        out.found += 1
        out.issue += s.issue == g["issue"]
        out.act += s.act.value == g["act"]
        out.holder += names.canonical(s.holder) in right_holders
        for name, ours, theirs, ok in (
            ("issue", s.issue, g["issue"], s.issue == g["issue"]),
            ("act", s.act.value, g["act"], s.act.value == g["act"]),
            ("holder", s.holder, g["holder"], names.canonical(s.holder) in right_holders),
        ):
            if not ok:
                out.wrong.append(f"{g['id']} {name} {ours} for {theirs}: {g['quote'][:80]}")
    out.matched = len(matched)
    for document in texts:
        for s in predicted.get(document, ()):
            if s.id not in matched:
                out.false.append(f"{s.id} {s.mode.value} {s.speaker}: {s.passage.quote[:80]}")
    return out


Spans = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Counted:
    """Hits, gold and predictions of one count."""

    hits: int
    gold: int
    predicted: int

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.hits + other.hits, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def f1(self) -> float:
        """F1 in per cent."""
        return 200 * self.hits / max(1, self.gold + self.predicted)

    def __str__(self) -> str:
        precision, recall = self.hits / max(1, self.predicted), self.hits / max(1, self.gold)
        return f"P {100 * precision:.1f}  R {100 * recall:.1f}  F1 {self.f1:.1f}"


def attributions(
    gold: Sequence[Mapping[str, Spans]], predicted: Sequence[Mapping[str, Spans]], text: str
) -> dict[str, Counted]:
    """Attribution counts of one document: matched by content, and with the source as well; exact spans per role.

    Gold and predicted attributions are matched one to one, best overlap first, where the Jaccard index of the content's
    characters (no white space) is at least 0.5; a source is right if it overlaps or both have none (the measure of
    PolNeAR, Newell et al. 2018).
    """

    def characters(spans: Spans) -> set[int]:
        return {i for s, e in spans for i in range(s, min(e, len(text))) if not text[i].isspace()}

    ours = [(characters(a["content"]), characters(a.get("source") or ())) for a in predicted if a.get("content")]
    theirs = [(characters(a["content"]), characters(a.get("source") or ())) for a in gold if a.get("content")]
    pairs = sorted(
        (
            (len(c & d) / len(c | d), i, j)
            for i, (c, _) in enumerate(theirs)
            for j, (d, _) in enumerate(ours)
            if c & d and len(c & d) >= 0.5 * len(c | d)
        ),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    content = sourced = 0
    for _, i, j in pairs:
        if i in taken[0] or j in taken[1]:
            continue
        taken[0].add(i)
        taken[1].add(j)
        content += 1
        sourced += bool(theirs[i][1] & ours[j][1]) or not (theirs[i][1] or ours[j][1])
    out = {
        "attribution": Counted(content, len(theirs), len(ours)),
        "attribution + source": Counted(sourced, len(theirs), len(ours)),
    }
    for role in ("source", "cue", "content"):
        g, p = ({_trimmed(span, text) for a in side for span in a.get(role) or ()} for side in (gold, predicted))
        out[f"exact {role}"] = Counted(len(g & p), len(g), len(p))
    return out


def _trimmed(span: Sequence[int], text: str) -> tuple[int, int]:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
