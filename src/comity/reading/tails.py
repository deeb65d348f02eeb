"""What stands beside somebody's words at the end of a sentence: ", a charge that Averia denies", ", a plan Y opposed".

The noun sums up what was said before it; the clause on it tells what another makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.agents import is_agent
from comity.reading.lexicon import lexicon
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_COMMAS = frozenset({",", "–", "—", "--"})
_STANDS = (Act.REJECT, Act.ACCEPT, Act.ASSERT)


@dataclass(frozen=True)
class Tail:
    """Tokens `first` to `last`; whose stand it is, the verb that tells it, and its act."""

    first: int
    last: int
    subject: Token
    verb: Token
    act: Act

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(range(self.first, self.last + 1))


def tail_of(sentence: Span) -> Tail | None:
    """The tail of a sentence, or None.

    >>> from comity.reading.parse import parse
    >>> text = "Averia accused Belvara of cutting the cable, a charge that Belvara denies."
    >>> tail = tail_of(next(iter(parse(text).sents)))
    >>> tail.subject.text, tail.act.value
    ('Belvara', 'assert')
    """
    doc = sentence.doc
    for comma in doc[sentence.start : sentence.end]:
        if comma.text not in _COMMAS or comma.i + 3 >= sentence.end:
            continue
        first = doc[comma.i + 1]
        if first.lower_ not in ("a", "an", "something"):
            continue
        noun = first if first.lower_ == "something" else _noun(first)
        found = _judged(noun) if noun is not None else None
        if found is not None and noun is not None:
            subject, verb = found
            act = _act(noun, verb)
            last = _last(verb)
            if act is not None and subject.i > noun.i:
                return Tail(first.i, last, subject, verb, act)
    return None


def _noun(article: Token) -> Token | None:
    near = article.doc[article.i + 1 : article.i + 4]
    noun = next((t for t in near if t.pos_ == "NOUN" and t.dep_ != "compound"), None)
    summed = words("tellings") | words("put_up") | words("positions") | {"move", "step", "idea", "suggestion", "figure"}
    return noun if noun is not None and syntax.lemma(noun) in summed | set(lexicon().nouns) else None


def _judged(noun: Token) -> tuple[Token, Token] | None:
    """Who judges the noun, and by which verb: "that Y denies", "Y denies", "rejected by Y"."""
    for c in noun.rights:
        subject = syntax.subject(c)
        if subject is None and c.dep_ == "relcl" and c.tag_ == "NNS":  # "a charge the ministry rejects"
            subject = syntax.child(c, "nmod", "compound")
        if c.dep_ in ("relcl", "ccomp") and subject is not None and subject.tag_ not in ("WDT", "WP"):
            return subject, c
        agent = syntax.child(c, "agent", "prep") if c.dep_ == "acl" and c.tag_ in ("VBN", "VBD") else None
        by = syntax.child(agent, "pobj") if agent is not None and agent.lower_ == "by" else None
        if by is not None:
            return by, c
    return None


def _act(noun: Token, verb: Token) -> Act | None:
    """What the clause does: to deny a charge tells that it is not so, to turn down a plan refuses it."""
    if syntax.child(verb, "xcomp") is not None or syntax.negated(verb):
        return None
    word = verb.lower_.removesuffix("s") if verb.tag_ == "NNS" else syntax.lemma(verb)
    particle = next((f"{word} {c.lower_}" for c in verb.rights if c.dep_ in ("prt", "prep")), word)
    cue = lexicon().verb(particle, "object") or lexicon().verb(word, "object")
    if word == "welcome":
        return Act.ACCEPT
    if cue is None or cue.act not in _STANDS:
        return None
    charged = syntax.lemma(noun) in words("tellings") and cue.act is Act.REJECT
    return Act.ASSERT if charged else cue.act


def _last(verb: Token) -> int:
    """Where the clause ends, without ", saying that …" behind it."""
    beside = [c for c in verb.rights if c.dep_ == "advcl" and c.tag_ == "VBG" and c.left_edge.nbor(-1).text == ","]
    last = min((c.left_edge.i - 2 for c in beside), default=verb.right_edge.i)
    while verb.doc[last].is_punct and last > verb.i:
        last -= 1
    return last


def accused(sentence: Span, tail: Tail) -> Token | None:
    """Whom "it" stands for in "X accused Y of lying, a charge it denies": Y."""
    if tail.subject.pos_ != "PRON":
        return None
    for verb in sentence:
        if verb.i < tail.first and syntax.lemma(verb) in words("accusing") and verb.pos_ == "VERB":
            whom = syntax.child(verb, "dobj")
            return whom if whom is not None and (is_agent(whom) or whom.pos_ == "PROPN") else None
    return None
