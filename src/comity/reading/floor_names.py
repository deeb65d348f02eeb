"""Names of actors by the order of words: who may take the floor in a sentence, and the verbs that tell what they said.

"The Group of Eastern States (GES)", "Annex I parties", "a number of delegations", "Vice-Chair Ada Holt": a noun phrase
is read from its first word on, without a parse.
"""

from __future__ import annotations

from dataclasses import dataclass
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

_QUANTITY = frozenset({"DT", "PDT", "JJ", "JJS", "JJR", "CD", "PRP$"})
_NEVER_NAMES = frozenset(
    {"IN", "TO", "RB", "CC", "PRP", "PRP$", "DT", "WDT", "WP", "WRB", "EX", "MD", "VBG", "VBN", "UH", "VB", "CD"}
)
"""Tags of capitalised words that open a sentence and are no names."""
_LINKS = frozenset({"of", "de", "for", "on", "du", "and", "the"})
_INNER = frozenset({"-", "/", "&", "'s", "’s", "."})
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


_TAKEN = ("clause", "object", "gerund", "inf", "person_inf")


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
    return next((f for f in forms if any((f, kind) in lexicon().verbs for kind in _TAKEN)), None)


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
    if word in words("presents"):
        return True
    rests = known.particles.get(word, ())
    after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 4]]
    return any(after[: len(rest.split())] == rest.split() for rest in rests)


def of_people(noun: Token) -> bool:
    """True of a common noun for people or a body: "delegates", "the group"."""
    if noun.lower_ in GROUPS or noun.lower_ in ROLES or noun.lower_ in PLURAL_ROLES:
        return True
    return noun.lower_ in words("floor") or noun.lemma_ in words("floor")


class Line:
    """One sentence. Places are positions in `at`, its tokens without white space."""

    def __init__(self, doc: Doc, sentence: Sentence) -> None:
        self.doc = doc
        self.at: list[Token] = [t for t in sentence if not t.is_space]
        self.lower = [t.lower_ for t in self.at]
        self.text = truecase(doc.text)
        self.words = [self.text[t.idx : t.idx + len(t)] for t in self.at]
        self.forms = known_forms(None)

    def name(self, p: int) -> Name | None:
        """A name, or a noun for a group, with the words before it and what stands beside it between brackets."""
        first, n = p, len(self.at)
        if self.lower[p : p + 3] in (["a", "number", "of"], ["a", "group", "of"]):
            p += 3
        while p < n and p - first < 4 and self.at[p].tag_ in _QUANTITY and not self.capital(p):
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
            if named and end < n and self.at[end].tag_ in ("NN", "NNS") and of_people(self.at[end]):
                last, end = end, end + 1  # "a World Bank (WB) representative"
        return Name(self.at[first].i, self.at[last].i, self.at[last].i, end, named)

    def capital(self, p: int) -> bool:
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
            if self.capital(end) and self.lower[end] not in ("i",):
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
        if p == 0 and self.lower[1:2] == ["-"] and len(self.at) > 2:  # "Vice-Chair Ada Holt", "Co-chair Ada Holt"
            plain = plain and not self.capital(2) and not of_people(self.at[2])
        return token.tag_ not in _NEVER_NAMES and not plain

    def _tight(self, p: int) -> bool:
        return self.at[p].text != "." and self.at[p - 1].idx + len(self.at[p - 1]) == self.at[p].idx

    def _linked(self, p: int) -> bool:
        """True if a name goes on after "of": "Group of Eastern States", "Republic of the North"."""
        q = p + 1 + (self.lower[p + 1 : p + 2] == ["the"])
        if q >= len(self.at) or not self.capital(q):
            return False
        return self.lower[p] == "of" or (self.lower[p] in ("on", "for") and self._abbreviated(q))

    def _abbreviated(self, p: int) -> bool:
        """True if the capitals from `p` on end before an abbreviation in brackets: "… on Climate Change (IPCC)"."""
        while p < len(self.at) and (self.capital(p) or self.lower[p] in ("and", "of")):
            p += 1
        return self.lower[p : p + 1] == ["("] and self.lower[p + 2 : p + 3] == [")"] and self.at[p + 1].text.isupper()
