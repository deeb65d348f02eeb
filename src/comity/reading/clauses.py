"""Clauses as units of saying: a sentence cut where one proposition ends and the next begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_CONTRAST = frozenset({"because", "although", "though", "whereas", "while", "since"})
_COMPLETES = frozenset({"dobj", "prep", "ccomp", "xcomp", "attr", "acomp", "advcl", "oprd", "dative", "agent", "prt"})
_QUESTION = frozenset({"WP", "WDT", "WRB", "WP$"})
_BREAKS = frozenset({",", ";", ":", "-", "–", "—", "--"})


@dataclass(frozen=True)
class Unit:
    """One clause (or answer fragment): its head token, its tokens, and why it stands alone.

    `why` is "main", "content" (of a speech cue), "conj", "reason", "relative", "question", "parataxis" or "aside"
    (", calling it a first step").
    `mother` is the head of the unit that it hangs on.
    """

    head: int
    ids: frozenset[int]
    why: str
    mother: int | None = None

    @property
    def first(self) -> int:
        return min(self.ids)

    @property
    def last(self) -> int:
        return max(self.ids)


def units(
    sentence: Span,
    contents: Iterable[int],
    cues: Iterable[int] = (),
    asides: Iterable[int] = (),
    spoken: Callable[[int], bool] = lambda char: False,
) -> tuple[Unit, ...]:
    """The units of a sentence. `contents` are heads of reported clauses, `cues` the words that report them.

    `asides` are participles that tell what their subject did with words besides. `spoken` tells whether somebody other
    than the reporter speaks at a place: what a speaker gives as a reason is a
    part of the argument and stays with it.
    """
    heads: dict[int, str] = {}
    contents, cues, asides = set(contents), set(cues), set(asides)
    for token in sentence:
        why = "aside" if token.i in asides and token.i not in contents else _why(token, contents, cues, spoken)
        if why == "reason" and _mark(token) == "because" and spoken(token.idx):
            continue
        if why:
            heads[token.i] = why
    if not heads:
        return ()
    tokens: dict[int, set[int]] = {h: set() for h in heads}
    mothers: dict[int, int | None] = {}
    for token in sentence:
        owner = token
        while owner.i not in heads and owner.head.i != owner.i:
            owner = owner.head
        if owner.i in heads:
            tokens[owner.i].add(token.i)
    for h in [h for h in heads if heads[h] == "conj"]:
        _take_subject(sentence.doc[h], tokens)
    for h in heads:
        mother: int | None = None
        for a in syntax.ancestors(sentence.doc[h]):
            if a.i in heads:
                mother = a.i
                break
        mothers[h] = mother
    out = [Unit(h, frozenset(tokens[h]), heads[h], mothers[h]) for h in heads if tokens[h]]
    return tuple(sorted(out, key=lambda u: u.first))


def leave_marks(doc: Doc, own: set[int]) -> None:
    """Take from a clause the marks that stand behind the next one: those of "We did not sign it and will not,"."""
    last = max((i for i in own if not doc[i].is_punct), default=-1)
    if last >= 0 and any(not doc[i].is_punct and i not in own for i in range(last, max(own))):
        own -= {i for i in own if i > last}


def _why(token: Token, contents: set[int], cues: set[int], spoken: Callable[[int], bool]) -> str | None:
    if token.i in contents:
        return "content"
    if token.dep_ == "ROOT":
        return "main"
    if token.i in cues and token.dep_ == "parataxis":
        return "main"
    if token.pos_ not in ("VERB", "AUX"):
        return None
    if token.dep_ == "conj":
        return _conjunct(token, contents, cues)
    if token.dep_ in ("advcl", "relcl") and _aside(token):
        return "conj"
    if token.dep_ == "advcl":
        return _reason(token) or ("conj" if token.i in cues and not spoken(token.idx) and _beside(token) else None)
    if token.dep_ in ("pcomp", "ccomp", "relcl", "acl") and _given(token):
        return "reason"
    if token.dep_ == "relcl":
        return "relative" if _loose(token) else None
    if token.dep_ in ("parataxis", "ccomp") and token.i not in contents:
        return _paratactic(token, cues)
    return None


def _stray_subject(verb: Token) -> Token | None:
    """This clause's subject where the parse joined it to the noun before ("a fine and fees will …")."""
    first = min((c.i for c in verb.lefts if c.dep_ in ("aux", "auxpass")), default=verb.i)
    noun = verb.doc[first - 1] if first else verb
    if noun.dep_ != "conj" or noun.pos_ not in ("NOUN", "PROPN") or noun.left_edge.i < 2:
        return None
    before = verb.doc[noun.left_edge.i - 1]
    return noun if before.dep_ == "cc" and noun.head.i < noun.i < verb.i else None


def _take_subject(verb: Token, tokens: dict[int, set[int]]) -> None:
    noun = _stray_subject(verb) if syntax.subject(verb) is None else None
    if noun is None:
        return
    ids = set(range(noun.left_edge.i, noun.i + 1))
    for own in tokens.values():
        own -= ids
    tokens[verb.i] |= ids


def _conjunct(token: Token, contents: set[int], cues: set[int]) -> str | None:
    first = token.head
    while first.dep_ == "conj":
        first = first.head
    if not _verbal(first):
        return None
    if not syntax.finite(token):
        return None
    if _asks(token) and _asks(first):
        return "question"
    if any(c.lower_ == "neither" for c in first.lefts) and syntax.subject(token) is None:
        return None  # "neither confirmed nor denied it"
    if any(t.lower_ == "either" for t in token.doc[first.left_edge.i : first.i]) or _bids(first):
        return None  # "either they leave or we go", "take it out and I am out": one thought in two clauses
    if syntax.subject(token) is not None or any(c.dep_ == "expl" for c in token.children):
        return "conj"
    if _stray_subject(token) is not None:
        return "conj"
    own = any(c.dep_ in _COMPLETES and c.i > token.i for c in token.children)
    theirs = any(c.dep_ in _COMPLETES and first.i < c.i < token.i for c in first.children)
    theirs = theirs or (first.i in cues and any(c.dep_ == "ccomp" and c.i < first.i for c in first.lefts))
    passive = any(c.dep_ == "auxpass" for c in first.lefts) and not any(c.dep_ == "auxpass" for c in token.lefts)
    theirs = theirs or (passive and token.tag_ in ("VBD", "VBZ", "VBP"))  # "had not been asked and reserved its rights"
    shared = token.i in cues and first.i not in cues  # "tabled and explained its draft"
    return "conj" if own and (theirs or shared) and syntax.finite(first) else None


def _bids(verb: Token) -> bool:
    """True of an imperative that opens its sentence: "bring me a map and I will sign" tells what will do."""
    bare = verb.tag_ == "VB" and not syntax.auxiliaries(verb) and syntax.subject(verb) is None
    first = next((t for t in verb.sent if t.is_alpha), verb)
    return bare and first.i == verb.i


def _verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or syntax.finite(token)


def _asks(token: Token) -> bool:
    left = token.left_edge
    return left.tag_ in _QUESTION or left.lower_ == "whether" or (left.dep_ == "cc" and left.nbor().tag_ in _QUESTION)


def _mark(token: Token) -> str:
    for c in token.lefts:
        if c.dep_ == "mark" or (c.dep_ == "advmod" and c.tag_ in ("IN", "WRB")):
            return c.lower_
    return ""


def _reason(token: Token) -> str | None:
    """Whether an adverbial clause asserts something of its own: a reason or a contrast, not a time or a condition."""
    mark = _mark(token)
    if mark not in _CONTRAST or not syntax.finite(token) or syntax.subject(token) is None:
        return None
    after = token.i > token.head.i and token.doc[token.left_edge.i - 1].text not in _BREAKS
    if after and mark == "since" and (token.tag_ == "VBD" or _perfect(token.head)):
        return None  # "have talked since they met": a time
    if after and mark == "while" and (syntax.modal(token.head) or not syntax.finite(token.head)):
        return None  # "to suspend the strike while talks go on": a time
    if mark == "while" and token.tag_ == "VBG":
        return None
    return None if mark == "because" and _unnamed(token) else "reason"


def _beside(verb: Token) -> bool:
    """ "Talks resumed after Averia called for a pullback": what somebody did with words, told as a time."""
    if _mark(verb) not in ("after", "as") or not syntax.finite(verb) or syntax.modal(verb):
        return False
    subject = syntax.subject(verb)
    return subject is not None and subject.pos_ != "PRON"


def _unnamed(reason: Token) -> bool:
    """True of "on condition of anonymity because the talks are confidential": why a source is not named."""
    verb = reason.head
    before = verb.doc[verb.left_edge.i : reason.left_edge.i]
    return any(t.lower_ in ("anonymity", "anonymously", "identified", "named") for t in before[-8:])


def _aside(token: Token) -> bool:
    """ ", when the minister left", ", where a majority is needed": after a comma, a statement of its own."""
    left = token.left_edge
    if left.lower_ not in ("when", "where", "whereupon") or left.i == 0 or not syntax.finite(token):
        return False
    subject = syntax.subject(token)
    if subject is None or (left.lower_ == "when" and (token.tag_ != "VBD" or subject.lower_ in ("i", "we"))):
        return False  # ", when the second round is due": the time of what was said before it
    return token.doc[left.i - 1].text == "," and token.i > token.head.i


def _perfect(token: Token) -> bool:
    return any(a.lemma_ == "have" for a in syntax.auxiliaries(token))


def _given(token: Token) -> bool:
    """ "given that …", "seeing that …": what follows is asserted."""
    head = token.head
    return head.lower_ in ("given", "considering", "seeing") and any(c.lower_ == "that" for c in token.lefts)


def _loose(token: Token) -> bool:
    """A relative clause set off by a comma, which adds a statement of its own."""
    left = token.left_edge
    if left.tag_ not in ("WDT", "WP") or left.i == 0 or not syntax.finite(token):
        return False
    return token.doc[left.i - 1].text in (",", "—", "–")


def _paratactic(token: Token, cues: set[int]) -> str | None:
    """A second main clause that the parse hung under another: "…, so it is hard to see …"."""
    head = token.head
    if not syntax.finite(token) or syntax.subject(token) is None:
        return None
    if not _verbal(head) or any(c.dep_ == "mark" for c in token.lefts):
        return None
    if token.i < head.i:
        border = token.right_edge.i + 1
        return "parataxis" if border < head.i and token.doc[border].text in _BREAKS else None
    before = token.doc[token.left_edge.i - 1]
    if head.i in cues:  # "said a way had been found: trains could …"
        first = any(c.dep_ == "ccomp" and c.i < token.i for c in head.children)
        return "parataxis" if first and before.text in (":", ";") else None
    return "parataxis" if before.text in _BREAKS and before.text != "," else None


_PHRASES = (
    ("of", "course"), ("in", "addition"), ("at", "the", "same", "time"), ("on", "the", "other", "hand"),
    ("as", "a", "result"), ("in", "fact"), ("after", "all"), ("for", "example"), ("for", "instance"),
    ("apart", "from", "that"), ("and", "so"), ("even", "though"), ("given", "that"), ("that", "said"),
)  # fmt: skip


def passage_tokens(doc: Doc, unit: Unit, ids: frozenset[int] | None = None) -> tuple[int, int] | None:
    """The first and last token of what a unit says, without connectives before it; None if nothing is left.

    Topic phrases before a comma that only lead over ("As for the quota,") are left out as well.
    """
    rest = sorted(ids if ids is not None else unit.ids)
    rest = [i for i in rest if not doc[i].is_space]
    moved = True
    while rest and moved:
        moved = False
        first = doc[rest[0]]
        alone = len(rest) > 1 and rest[1] > rest[0] + 1  # the mark opens what another clause says
        if first.is_punct and (alone or first.text not in "\"“‘'([$"):
            rest, moved = rest[1:], True
            continue
        lowers = tuple(doc[i].lower_ for i in rest[:5])
        phrase = next((p for p in _PHRASES if lowers[: len(p)] == p), None)
        if phrase and len(rest) > len(phrase) + 1:
            rest, moved = rest[len(phrase) :], True
        elif first.lower_ in words("markers") and len(rest) > 2 and _is_marker(first, unit):
            rest, moved = rest[1:], True
        elif lowers[:2] in (("as", "for"), ("as", "regards"), ("as", "to")) or first.lower_ in (
            "regarding",
            "concerning",
        ):
            comma = next((k for k, i in enumerate(rest) if doc[i].text == ","), None)
            if comma is not None and comma + 2 < len(rest):
                rest, moved = rest[comma + 1 :], True
    rest = _after_that(doc, unit, rest)
    while rest and (doc[rest[-1]].is_punct or _leads_on(doc[rest[-1]])):
        if doc[rest[-1]].text in "\"”’')]?!%" and doc[rest[-1]].text != "":
            break
        if doc[rest[-1]].text == "." and _inside_quotes(doc, rest[-1]):
            break
        rest = rest[:-1]
    return (rest[0], rest[-1]) if rest else None


def _leads_on(last: Token) -> bool:
    """True of a connective left at the end of a clause; "denies doing so" and "has not decided yet" end there."""
    if last.lower_ in ("so", "yet"):
        return last.dep_ in ("cc", "mark", "dep")
    if last.lower_ == "that" and last.dep_ in ("dobj", "pobj", "attr"):
        return False  # "has rejected that"
    return last.lower_ in ("and", "but", "or", "that", "given", "with")


def _after_that(doc: Doc, unit: Unit, rest: list[int]) -> list[int]:
    """`rest` without what goes with the cue before "that": "(has said) more than once that he cannot …"."""
    at = next((k for k, i in enumerate(rest[:8]) if doc[i].lower_ == "that" and doc[i].dep_ == "mark"), 0)
    own = at and doc[rest[at]].head.i == unit.head and len(rest) > at + 2
    lead = all(doc[i].pos_ in ("ADV", "ADJ", "SCONJ", "ADP", "NUM", "PUNCT") for i in rest[:at])
    return rest[at + 1 :] if own and lead else rest


def _is_marker(token: Token, unit: Unit) -> bool:
    """True if the word connects or opens the clause, rather than being a part of what it says."""
    if token.lower_ in ("that", "which"):
        leads = token.lower_ == "that" and unit.why == "content" and token.doc[token.i + 1].tag_ in ("PRP", "EX")
        return token.dep_ == "mark" or leads
    if token.lower_ in ("so", "still", "then", "also", "since", "while"):
        nxt = token.nbor() if token.i + 1 < len(token.doc) else None
        return token.dep_ in ("mark", "cc", "advmod") and (
            token.dep_ == "mark" or token.lower_ == "so" or (nxt is not None and nxt.text == ",")
        )
    return token.dep_ in ("cc", "mark", "advmod", "prep", "dep", "preconj", "det") or token.tag_ in ("CC", "IN", "RB")


def _inside_quotes(doc: Doc, i: int) -> bool:
    return i + 1 < len(doc) and not doc[i].whitespace_ and doc[i + 1].text in "\"”’'»"


def broken(doc: Doc, unit: Unit) -> str | None:
    """Why a unit cannot be read: a clause that stops at its auxiliary or never reaches its verb. None if it can be."""
    words = [doc[i] for i in sorted(unit.ids) if not doc[i].is_punct and not doc[i].is_space]
    if not words or unit.why == "relative":
        return None
    last = words[-1]
    if last.i and last.nbor(-1).text in "\"“‘'":
        return None  # supported the use of "shall"
    text = last.lower_.replace("’", "'")
    stranded = text in ("n't", "not", "nt") and len(words) > 1 and words[-2].tag_ in ("MD", "VBZ", "VBP", "VBD")
    if stranded and unit.why == "content" and len(words) > 2:
        return None  # "Averia says he is there; Belvara says he is not": whoever says so contradicts
    if (last.tag_ == "MD" or stranded) and not _ellipsis(doc, unit, negative=stranded):
        return "the clause breaks off after its auxiliary"
    return None


def _ellipsis(doc: Doc, unit: Unit, negative: bool) -> bool:
    """True if the clause before supplies the missing verb with the same polarity, or "but" turns it round."""
    if unit.mother is None:
        return False
    mother = doc[unit.mother]
    joined = {doc[i].lower_ for i in range(max(0, unit.first - 2), min(len(doc), unit.first + 2))}
    if "but" in joined or "though" in joined or "although" in joined:
        return syntax.negated(mother) != negative
    return syntax.negated(mother) == negative
