"""Clauses of a sentence in which actors take turns: "A said …, while B and C preferred …, noting …; D opposed …".

Each turn is the reporter's, on a level with the one before. Parsers hang the second under the words of the first, the
first under the second where both are joined, and a participle that goes on telling under the noun beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.lexicon import lexicon
from comity.reading.rolls import Roll
from comity.reading.surface import inverted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TURNS = frozenset({"while", "whereas", "but", "and"})
_LOOSE = frozenset({"advcl", "ccomp", "dep", "csubj", "parataxis", "nsubj", "amod", "npadvmod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_ASIDES = (("inter", "alia"), ("among", "other", "things"), ("in", "particular"), ("for", "example"))
_MOST_BESIDE = 12
"""The most words that may stand after "and, with" before the comma that closes it."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_TELLING = ("clause", "object")

Edits = dict[int, tuple[int, str]]


def turns(doc: Doc, rolls: Sequence[Roll], mains: Sequence[int]) -> Iterator[Edits]:
    """The relations that put the turns of a text right, each to be taken or left by itself. `mains` are their verbs."""
    for k, roll in enumerate(rolls):
        verb = doc[mains[k]]
        before = doc[mains[k - 1]] if k and doc[mains[k - 1]].sent == verb.sent else None
        opens = doc[roll.opens] if roll.opens >= 0 else None
        if before is not None and opens is not None and _level(doc, opens) and _tells(before) and _tells(verb):
            yield {**_freed(before, verb), verb.i: (before.i, "conj")}
        yield from _goes_on(verb)
        yield from _says_too(verb)
        yield from _among_others(verb)
        yield from _with_others(verb)
        following = mains[k + 1] if k + 1 < len(mains) else len(doc)
        yield from _participles(verb, min(following, verb.sent.end))


def _level(doc: Doc, opens: Token) -> bool:
    """True if a turn that this word opens stands beside the one before: after ";", ", while", ", and"."""
    return opens.text == ";" or (opens.lower_ in _TURNS and opens.i > 0 and doc[opens.i - 1].text in (",", ";"))


def _tells(verb: Token) -> bool:
    """True of a verb that the lexicon knows to tell of words or of a stand."""
    return any((syntax.lemma(verb), kind) in lexicon().verbs for kind in (*_TELLING, "inf", "person_inf", "gerund"))


def _tells_much(verb: Token) -> bool:
    """True also of a verb that tells only with a particle ("called for")."""
    return _tells(verb) or syntax.lemma(verb) in lexicon().particles


def _freed(first: Token, second: Token) -> Edits:
    """`first` in the place of `second`, if it hangs under it."""
    if not any(a.i == second.i for a in first.ancestors):
        return {}
    place = (first.i, "ROOT") if second.head.i == second.i else (second.head.i, second.dep_)
    return {first.i: place}


def _goes_on(verb: Token) -> Iterator[Edits]:
    """ "A recommended this, suggested that and proposed …": a later verb without a subject is joined to the first."""
    above = verb.head
    if above.i <= verb.i or above.tag_ not in _FINITE or verb.dep_ not in _LOOSE:
        return
    if any(c.dep_ in _SUBJECTS for c in above.lefts) or inverted(above):
        return
    place = (verb.i, "ROOT") if above.head.i == above.i else (above.head.i, above.dep_)
    own = {c.i: (verb.i, c.dep_) for c in above.lefts if c.i < verb.i}
    yield {**own, verb.i: place, above.i: (verb.i, "conj")}


def _says_too(verb: Token) -> Iterator[Edits]:
    """ "A notes that it did not finish and agrees to go on": a verb of the same tense, in what is said by the parse."""
    for content in verb.rights:
        if content.dep_ != "ccomp" or content.tag_ == verb.tag_ or not any(c.lower_ == "that" for c in content.lefts):
            continue
        for token in content.rights:
            if token.dep_ != "conj" or token.tag_ != verb.tag_ or any(c.dep_ in _SUBJECTS for c in token.lefts):
                continue
            if _tells_much(token):
                yield {token.i: (verb.i, "conj")}


def _among_others(verb: Token) -> Iterator[Edits]:
    """ "highlighted, inter alia, the cost": what stands after the words set off is still the verb's."""
    doc, i = verb.doc, verb.i + 1
    phrase = next((p for p in _ASIDES if [t.lower_ for t in doc[i + 1 : i + 1 + len(p)]] == list(p)), None)
    if phrase is None or doc[i].text != ",":
        return
    close = i + 1 + len(phrase)
    while close < verb.sent.end and doc[close].is_space:
        close += 1
    if close + 1 >= verb.sent.end or doc[close].text != ",":
        return
    inside = range(i, close + 1)
    own = {k: (verb.i, "punct" if doc[k].is_punct else "advmod") for k in inside if not doc[k].is_space}
    for token in doc[close + 1 : verb.sent.end]:
        hangs = token.head.i in inside or (
            token.head.i == verb.i and token.dep_ in ("conj", "appos", "npadvmod", "dep")
        )
        if hangs and token.tag_ in _NOUNS:
            own[token.i] = (verb.i, "dobj")
            break
    yield own


def _with_others(verb: Token) -> Iterator[Edits]:
    """ "A noted this and, with B and C, stressed that": the second verb is A's, B and C stand beside it."""
    words = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if not t.is_space]
    for k in range(2, len(words) - 3):
        if [t.lower_ for t in words[k - 2 : k + 1]] != ["and", ",", "with"]:
            continue
        close = next((j for j in range(k + 2, min(k + _MOST_BESIDE, len(words) - 1)) if words[j].text == ","), None)
        if close is None or words[close + 1].tag_ != verb.tag_ or not _tells_much(words[close + 1]):
            continue
        second = words[close + 1]
        own = {**_freed(verb, second), second.i: (verb.i, "conj"), words[k].i: (second.i, "prep")}
        yield {**own, words[k - 2].i: (verb.i, "cc"), words[k - 1].i: (second.i, "punct")}


def _participles(verb: Token, end: int) -> Iterator[Edits]:
    """ ", noting the cost": the same speaker goes on."""
    last = verb
    for token in verb.doc[verb.i + 1 : end]:
        if token.dep_ == "conj" and token.head.i in (verb.i, last.i) and token.tag_ in _FINITE:
            last = token
        if (
            token.tag_ != "VBG"
            or token.doc[token.i - 1].text != ","
            or token.dep_ not in ("acl", "conj", "amod", "dep")
        ):
            continue
        if any(lexicon().verb(token.lemma_, kind) for kind in _TELLING) and token.dep_ != "conj":
            yield {token.i: (last.i, "advcl")}
