"""Who takes the floor together: lists of actors before a verb, as the order of words tells them.

"On finance, A, for the B, C and D, supported by E and opposed by F, proposed …": parsers trained on newspapers lose the
subject of such a verb among its commas. Actors, what is told beside them, a verb: that order can be read without a
parse. `regroup` then puts the parse right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from comity.reading.floor_names import Line, Name, tells, verb_form
from comity.reading.roles import ROLES
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_FRONTED = frozenset({"IN", "TO", "VBG", "VBN", "RB", "RBR", "WRB"})
_OPENING = frozenset({"and", "but", "while", "whereas", "although", "though", "that", "as", "because", "since", "or"})
_WITH = (("with",), ("along", "with"), ("together", "with"), ("joined", "by"), ("alongside",), ("as", "well", "as"))
_FOR = (
    ("on", "behalf", "of"),
    ("speaking", "on", "behalf", "of"),
    ("speaking", "for"),
    ("for",),
    ("representing",),
)
_AMONG = (("including",), ("such", "as"), ("notably",))
_TITLE = 25
"""Within how many words after a name its office ends."""
_TAIL = 6
"""The most words from "in" or "from" after a name for a group to the comma that closes it."""


@dataclass(frozen=True)
class Aside:
    """What is told beside an actor: `kind` "for", "with", "by" or "among", the words that open it, and who is named."""

    kind: str
    opener: tuple[int, ...]
    group: Group
    joins: tuple[int, ...] = ()
    """Commas and conjunctions before it."""


@dataclass(frozen=True)
class Group:
    """Actors in a row, each with whom it speaks for, and the commas and conjunctions between them."""

    names: tuple[Name, ...]
    stands: dict[int, Aside] = field(default_factory=dict)
    """By position in `names`: "for the B"."""
    joins: tuple[tuple[int, ...], ...] = ()
    """Before each name but the first."""


@dataclass(frozen=True)
class Roll:
    """Actors, asides and the verb that is theirs. `between` are commas, auxiliaries and adverbs before the verb."""

    group: Group
    asides: tuple[Aside, ...]
    between: tuple[int, ...]
    verb: int
    opens: int
    """The word before the roll (a conjunction, a comma), -1 if it opens the sentence."""
    next_turn: bool = False
    """True if it follows another roll with no more than a comma or "and" between."""

    def names(self) -> Iterator[Name]:
        """Those in it who have a name, each once, as they come."""
        for group in (self.group, *(a.group for a in self.asides)):
            yield from (n for n in group.names if n.named)


class _Reader(Line):
    """Reads rolls in one sentence."""

    def rolls(self) -> Iterator[Roll]:
        start, verbs = 0, 0
        p = 0
        last: int | None = None  # where the last roll began
        before: Token | None = None  # its verb
        while p < len(self.at):
            if self._may_open(p, start, verbs):
                found = self._roll(p)
                if found is not None:
                    yield found
                    p, last, before = self._place(found.verb), p, self.doc[found.verb]
            elif last is not None and before is not None and self._next_turn(p, last):
                found = self._roll(p)
                if found is not None and self._takes_turn(found, p, before):
                    yield replace(found, next_turn=True)
                    p, last, before = self._place(found.verb), p, self.doc[found.verb]
            if self.lower[p] in (";", "—", "–") or self.lower[p].endswith(":"):
                start = p + 1
            verbs += self.at[p].tag_ in _FINITE
            p += 1

    def _place(self, i: int) -> int:
        return next(k for k, t in enumerate(self.at) if t.i == i)

    def _next_turn(self, p: int, last: int) -> bool:
        """True if the next speaker may begin at `p` without a sign of it: "A said …, B noted … and C called for …"."""
        if self.lower[p - 1] == ",":
            return self.lower[p] not in _OPENING and not self.at[p].tag_.startswith("V")
        plain = self.lower[p - 1] == "and" and not self.capital(p - 2)
        first = next((k for k in range(last, p) if self.at[k].tag_ in _FINITE), p)
        return plain and not any(self.at[k].tag_ in (*_FINITE, "MD") for k in range(first + 1, p))

    def _takes_turn(self, roll: Roll, p: int, before: Token) -> bool:
        """True of a named actor with a verb of telling that goes on: not of ", A noted, "."""
        tense = "VBD" if self.doc[roll.verb].tag_ == "VBN" else self.doc[roll.verb].tag_
        if tense != before.tag_ and self.lower[p - 1] == ",":
            return False  # "A thinks it unwise, B told the agency"
        after = self.doc[roll.verb + 1].text if roll.verb + 1 < len(self.doc) else "."
        return roll.group.names[0].named and tells(self.doc[roll.verb]) and after not in (",", ".", ";", ":")

    def _may_open(self, p: int, start: int, verbs: int) -> bool:
        """True if a clause may begin at `p`: after a conjunction, or after words set off before it."""
        if p == start:
            return True
        before = self.lower[p - 1]
        if before in _OPENING:
            joined = p > 1 and (self.lower[p - 2] == "," or self.at[p - 2].tag_.startswith("V"))
            return joined or before not in ("and", "or", "but", "as", "that") or (before == "that" and verbs > 0)
        sides = self.lower[start] in words("siding") and self.lower[start + 1 : start + 2] == ["by"]
        fronted = self.at[start].tag_ in _FRONTED and verbs == 0
        return before == "," and (fronted or (sides and verbs <= (self.at[start].tag_ in _FINITE)))

    def _roll(self, p: int) -> Roll | None:
        opens = self.at[p - 1].i if p else -1
        while p < len(self.at) and (self.lower[p] in ("however", "both", "also")):
            p += 1
        found = self._group(p, stands=True)
        if found is None:
            return None
        p, group = found
        asides: list[Aside] = []
        while (aside := self._aside(p)) is not None:
            p = aside[0]
            asides.append(aside[1])
        between: list[int] = []
        described = False
        if len(group.names) == 1 and not asides and not group.stands and group.names[0].named:
            office = self._described(p)
            p, described = office, office > p
        closed = self.lower[p : p + 1] == [","] and self._row_of_names(group) and self._told(p + 1)
        if (asides or group.stands or closed or described) and p < len(self.at) and self.lower[p] == ",":
            between.append(self.at[p].i)
            p += 1
        for words_apart in ([",", "inter", "alia", ":"], [",", "inter", "alia", ","], ["inter", "alia", ":"]):
            if self.lower[p : p + len(words_apart)] == words_apart:
                between += [t.i for t in self.at[p : p + len(words_apart)]]
                p += len(words_apart)
        while p < len(self.at) and (
            self.at[p].tag_ in ("RB", "MD") or self.lower[p] in ("had", "has", "have", "both", "all", "each")
        ):
            between.append(self.at[p].i)
            p += 1
        if p >= len(self.at) or not self._verb(p, between) or not (group.names[0].named or asides):
            return None
        alone = len(group.names) == 1 and not asides and not group.stands
        doubtful = self.at[p].tag_ == "VBN" and not between and self.at[p].dep_ != "ROOT"
        first = group.names[0].first
        proper = self.doc[group.names[0].last].text[:1].isupper()
        if proper and opens >= 0 and self.doc[opens].text == "," and first - 1 == opens:
            doubtful = doubtful and not tells(self.at[p])  # "While A sought a decision, the EU preferred rules"
        if alone and doubtful and any(t.tag_ in _FINITE for t in self.at):
            return None  # "roads blocked by snow were opened"
        return Roll(group, tuple(asides), tuple(between), self.at[p].i, opens)

    def _described(self, p: int) -> int:
        """Past the office of "Ada Holt, former head of the Harbour Board and its envoy, called …"; else `p`."""
        title = (
            p + 1 < len(self.at)
            and self.lower[p] == ","
            and (self.lower[p + 1] in ROLES or self.lower[p + 1] in ("former", "acting", "deputy"))
        )
        for k in range(p + 2, min(len(self.at) - 1, p + _TITLE) if title else 0):
            if self.at[k].tag_ in (*_FINITE, "MD") or self.lower[k] in (";", ":"):
                return p
            if self.lower[k] == "," and self._told(k + 1):
                return k
        return p

    def _row_of_names(self, group: Group) -> bool:
        """True of "A, B and C" before a comma and a verb; not of "Ada Holt, Minister of Trade and Industry, said"."""
        office = any(self.doc[n.first].lower_ in ROLES for n in group.names[1:])
        return len(group.names) > 2 and not office and all(n.named for n in group.names)

    def _told(self, p: int) -> bool:
        return p < len(self.at) and self.at[p].tag_ in _FINITE and tells(self.at[p])

    def _verb(self, p: int, between: list[int]) -> bool:
        token = self.at[p]
        if token.tag_ in _FINITE:
            return True
        helped = any(self.doc[i].lower_ in ("had", "has", "have") or self.doc[i].tag_ == "MD" for i in between)
        if token.tag_ in ("VBN", "VB") and helped:
            return True
        follows = self.lower[p + 1] if p + 1 < len(self.at) else "."
        if token.tag_ == "JJ" and between and self.doc[between[0]].text == ",":
            return verb_form(token.lower_) is not None  # ", for the B, underscored compliance"
        if token.tag_ == "JJ" and not between and p + 1 < len(self.at) and self.at[p + 1].tag_ in ("VBG", "DT", "IN"):
            return verb_form(token.lower_) is not None and tells(token)  # "JAPAN preferred removing it"
        plain = follows not in ("by", ",", ".") or (follows == "," and token.dep_ == "ROOT")
        return token.tag_ == "VBN" and plain and token.lower_.endswith("ed")

    def _group(self, p: int, stands: bool) -> tuple[int, Group] | None:
        first = self.name(p)
        if first is None:
            return None
        names, closed = [first], True
        own: dict[int, Aside] = {}
        joins: list[tuple[int, ...]] = []
        p = first.end
        while True:
            if stands and (aside := self._stand(p)) is not None:
                own[len(names) - 1] = aside[1]
                p = aside[0]
            q, join, last = p, [], False
            if q < len(self.at) and self.lower[q] == ",":
                join.append(self.at[q].i)
                q += 1
            if q < len(self.at) and self.lower[q] in ("and", "&"):
                join.append(self.at[q].i)
                q, last = q + 1, True
            nxt = self.name(q) if join else None
            if nxt is None:
                break
            names.append(nxt)
            joins.append(tuple(join))
            closed, p = last, nxt.end
            if last:
                if stands and (aside := self._stand(p)) is not None:
                    own[len(names) - 1] = aside[1]
                    p = aside[0]
                break
        if not closed:
            return None
        return p, Group(tuple(names), own, tuple(joins))

    def _stand(self, p: int) -> tuple[int, Aside] | None:
        """ ", for the B," right after a name."""
        q, joins = p, []
        if q < len(self.at) and self.lower[q] == ",":
            joins.append(self.at[q].i)
            q += 1
        opener = next((o for o in _FOR if tuple(self.lower[q : q + len(o)]) == o), None)
        if opener is None or not (joins or len(opener) > 1):
            return None
        named = self.name(q + len(opener))
        if named is None:
            return None
        tokens = tuple(t.i for t in self.at[q : q + len(opener)])
        group, end = Group((named,)), named.end
        if len(opener) > 1 and self.lower[end : end + 1] == ["and"]:
            both = self._group(q + len(opener), stands=False)
            if both is not None and len(both[1].names) == 2 and self.lower[both[0] : both[0] + 1] == [","]:
                end, group = both  # "on behalf of B and C,"
        return self._within(end), Aside("for", tokens, group, tuple(joins))

    def _within(self, p: int) -> int:
        """Past "in the region" between a name for a group and a comma; `p` if that does not stand there."""
        if self.lower[p : p + 1] not in (["in"], ["from"]):
            return p
        close = next((k for k in range(p, min(len(self.at), p + _TAIL)) if self.lower[k] == ","), p)
        return p if any(self.at[k].tag_.startswith(("V", "MD")) for k in range(p, close)) else close

    def _aside(self, p: int) -> tuple[int, Aside] | None:
        q = p
        joins: list[int] = []
        while q < len(self.at) and self.lower[q] in (",", "and", "but", "also") and len(joins) < 3:
            joins.append(self.at[q].i)
            q += 1
        if q >= len(self.at):
            return None
        if not joins:
            beside = self.lower[q] == "with" and q + 1 < len(self.at) and self.name(q + 1)
            return self._named_beside(q, 1, "with", joins) if beside and beside.named else None
        for kind, openers in (("with", _WITH), ("among", _AMONG)):
            for opener in openers:
                if tuple(self.lower[q : q + len(opener)]) == opener:
                    return self._named_beside(q, len(opener), kind, joins)
        if self.at[q].tag_ == "RB":
            q += 1
        sides = self.lower[q] in words("siding") and self.lower[q + 1 : q + 2] == ["by"]
        return self._named_beside(q, 2, "by", joins) if sides else None

    def _named_beside(self, q: int, length: int, kind: str, joins: list[int]) -> tuple[int, Aside] | None:
        found = self._group(q + length, stands=True)
        if found is None:
            return None
        end, group = found
        return end, Aside(kind, tuple(t.i for t in self.at[q : q + length]), group, tuple(joins))


def find_rolls(doc: Doc) -> Iterator[Roll]:
    """The rolls of a parse, in order."""
    for sentence in doc.sents:
        yield from _Reader(doc, sentence).rolls()
