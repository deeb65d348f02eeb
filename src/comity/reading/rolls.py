"""Who takes the floor together: lists of actors before a verb, as the order of words tells them.

"On finance, A, for the B, C and D, supported by E and opposed by F, proposed …": parsers trained on newspapers lose the
subject of such a verb among its commas. Actors, what is told beside them, a verb: that order can be read without a
parse. `regroup` then puts the parse right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from comity.reading.dates_in_words import MONTHS, WEEKDAYS
from comity.reading.lexicon import lexicon
from comity.reading.name_forms import known_forms
from comity.reading.roles import GROUPS, PLURAL_ROLES, ROLES
from comity.reading.truecase import common, truecase
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_QUANTITY = frozenset({"DT", "PDT", "JJ", "JJS", "JJR", "CD", "PRP$"})
_NEVER_NAMES = frozenset(
    {"IN", "TO", "RB", "CC", "PRP", "PRP$", "DT", "WDT", "WP", "WRB", "EX", "MD", "VBG", "VBN", "UH", "VB", "CD"}
)
"""Tags of capitalised words that open a sentence and are no names."""
_FRONTED = frozenset({"IN", "TO", "VBG", "VBN", "RB", "RBR", "WRB"})
_LINKS = frozenset({"of", "de", "for", "on", "du", "and", "the"})
_INNER = frozenset({"-", "/", "&", "'s", "’s", "."})
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
_BRACKETED = 12
"""The most words between brackets beside a name."""


@dataclass(frozen=True)
class Name:
    """A noun phrase that may be an actor: tokens ``[first, last]``; `head` carries it, `end` is past its brackets."""

    first: int
    last: int
    head: int
    end: int
    named: bool


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


def verb_form(word: str) -> str | None:
    """The verb of the lexicon that `word` is the past of, or None.

    >>> verb_form("underscored"), verb_form("preferred"), verb_form("red")
    ('underscore', 'prefer', None)
    """
    if not word.endswith("ed"):
        return None
    stem = word[:-2]
    forms = (
        stem,
        word[:-1],
        stem[:-1] + "y" if stem.endswith("i") else stem,
        stem[:-1] if stem[-2:-1] == stem[-1:] else stem,
    )
    return next((f for f in forms if any((f, kind) in lexicon().verbs for kind in ("clause", "object"))), None)


def tells(verb: Token) -> bool:
    """True of a verb that the lexicon knows to tell of words or of a stand, by itself or with the particle after it.

    >>> from comity.reading.parse import parse
    >>> doc = parse("They called for it, called off the vote and noted that.")
    >>> [tells(t) for t in doc if t.text in ("called", "noted")]
    [True, False, True]
    """
    known = lexicon()
    word = verb.lemma_ if verb.pos_ in ("VERB", "AUX") else verb_form(verb.lower_) or verb.lower_
    if any((word, kind) in known.verbs for kind in ("clause", "object", "inf", "person_inf", "gerund")):
        return True
    rests = known.particles.get(word, ())
    after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 4]]
    return any(after[: len(rest.split())] == rest.split() for rest in rests)


def of_people(noun: Token) -> bool:
    """True of a common noun for people or a body: "delegates", "the group"."""
    if noun.lower_ in GROUPS or noun.lower_ in ROLES or noun.lower_ in PLURAL_ROLES:
        return True
    return noun.lower_ in words("floor") or noun.lemma_ in words("floor")


class _Reader:
    """Reads rolls in one sentence. Places are positions in `at`, the sentence's tokens without white space."""

    def __init__(self, doc: Doc, sentence: Sentence) -> None:
        self.doc = doc
        self.at: list[Token] = [t for t in sentence if not t.is_space]
        self.lower = [t.lower_ for t in self.at]
        self.text = truecase(doc.text)
        self.words = [self.text[t.idx : t.idx + len(t)] for t in self.at]
        self.forms = known_forms(None)

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
        plain = self.lower[p - 1] == "and" and not self._capital(p - 2)
        first = next((k for k in range(last, p) if self.at[k].tag_ in _FINITE), p)
        return plain and not any(self.at[k].tag_ in (*_FINITE, "MD") for k in range(first + 1, p))

    def _takes_turn(self, roll: Roll, p: int, before: Token) -> bool:
        """True of a named actor with a verb of telling that goes on: not of ", A noted, "."""
        if self.doc[roll.verb].tag_ != before.tag_ and self.lower[p - 1] == ",":
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
        return before == "," and self.at[start].tag_ in _FRONTED and verbs == 0

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
        if (asides or group.stands) and p < len(self.at) and self.lower[p] == ",":
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
        if alone and doubtful and any(t.tag_ in _FINITE for t in self.at):
            return None  # "roads blocked by snow were opened"
        return Roll(group, tuple(asides), tuple(between), self.at[p].i, opens)

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
        plain = follows not in ("by", ",", ".") or (follows == "," and token.dep_ == "ROOT")
        return token.tag_ == "VBN" and plain and token.lower_.endswith("ed")

    def _group(self, p: int, stands: bool) -> tuple[int, Group] | None:
        first = self._name(p)
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
            nxt = self._name(q) if join else None
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
        named = self._name(q + len(opener))
        if named is None:
            return None
        tokens = tuple(t.i for t in self.at[q : q + len(opener)])
        return named.end, Aside("for", tokens, Group((named,)), tuple(joins))

    def _aside(self, p: int) -> tuple[int, Aside] | None:
        q = p
        joins: list[int] = []
        while q < len(self.at) and self.lower[q] in (",", "and", "but", "also") and len(joins) < 3:
            joins.append(self.at[q].i)
            q += 1
        if not joins or q >= len(self.at):
            return None
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

    def _name(self, p: int) -> Name | None:
        """A name, or a noun for a group, with the words before it and what stands beside it between brackets."""
        first, n = p, len(self.at)
        if self.lower[p : p + 3] in (["a", "number", "of"], ["a", "group", "of"]):
            p += 3
        while p < n and p - first < 4 and self.at[p].tag_ in _QUANTITY and not self._capital(p):
            p += 1
        if p < n and p == first and self.lower[p] in ("the", "a", "an", "several", "many", "some", "most", "other"):
            p += 1  # at the start of a sentence
        end = self._capitals(p) if p < n else p
        named = end > p
        if named and end < n and self.at[end].tag_ in ("NN", "NNS") and of_people(self.at[end]):
            end += 1  # "the Nordic group", "Annex I parties"
        if not named:
            while end < n and self.at[end].tag_ in ("NN", "NNS", "JJ") and end - p < 4:
                end += 1
            while end > p and self.at[end - 1].tag_ == "JJ" and self.lower[end - 1] != "others":
                end -= 1
            if end == p or not of_people(self.at[end - 1]):
                return None
        last = end - 1
        if end < n and self.lower[end] == "(":
            close = next((k for k in range(end, min(n, end + _BRACKETED)) if self.lower[k] == ")"), None)
            if close is None:
                return None
            end = close + 1
        return Name(self.at[first].i, self.at[last].i, self.at[last].i, end, named)

    def _capital(self, p: int) -> bool:
        return self.words[p][:1].isupper()

    def _capitals(self, p: int) -> int:
        """The end of the name that begins at `p`; `p` if none does."""
        known = self.forms.at(self.text, self.at[p].idx)
        end = p
        if known is not None:
            while end < len(self.at) and self.at[end].idx < known[0]:
                end += 1
        elif self._begins(p):
            end = p + 1
        else:
            return p
        while end < len(self.at):
            if self._capital(end) and self.lower[end] not in ("i",):
                end += 1
            elif self.lower[end] in _INNER and end + 1 < len(self.at) and self._tight(end):
                end += 2
            elif self.lower[end] in _LINKS - {"and", "the"} and self._linked(end):
                end += 2 + (self.lower[end + 1] == "the")
            else:
                break
        return end

    def _begins(self, p: int) -> bool:
        """True if a name may begin at `p`: a capital that neither calendar nor sentence start explains."""
        word, token = self.words[p], self.at[p]
        if not word[:1].isupper() or token.lower_ in MONTHS or token.lower_ in WEEKDAYS:
            return False
        if len(word) > 1 and word.isupper():
            return True
        plain = p == 0 and token.tag_ not in ("NNP", "NNPS", "NNS") and common(token.lower_)
        return token.tag_ not in _NEVER_NAMES and not plain

    def _tight(self, p: int) -> bool:
        return self.at[p].text != "." and self.at[p - 1].idx + len(self.at[p - 1]) == self.at[p].idx

    def _linked(self, p: int) -> bool:
        """True if a name goes on after "of": "Group of Eastern States", "Republic of the North"."""
        q = p + 1 + (self.lower[p + 1 : p + 2] == ["the"])
        return self.lower[p] == "of" and q < len(self.at) and self._capital(q)


def find_rolls(doc: Doc) -> Iterator[Roll]:
    """The rolls of a parse, in order."""
    for sentence in doc.sents:
        yield from _Reader(doc, sentence).rolls()
