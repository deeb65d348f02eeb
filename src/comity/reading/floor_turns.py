"""Clauses of a sentence in which actors take turns: "A said …, while B and C preferred …, noting …; D opposed …".

Each turn is the reporter's, on a level with the one before. Parsers hang the second under the words of the first, the
first under the second where both are joined, and a participle that goes on telling under the noun beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.floor_names import of_people, tells, verb_form
from comity.reading.lexicon import lexicon
from comity.reading.rehang import Edits
from comity.reading.rolls import Roll
from comity.reading.surface import inverted
from comity.reading.wording import words as listed

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


def turns(doc: Doc, rolls: Sequence[Roll], mains: Sequence[int]) -> Iterator[Edits]:
    """The relations that put the turns of a text right, each to be taken or left by itself. `mains` are their verbs."""
    for k, roll in enumerate(rolls):
        verb = doc[mains[k]]
        before = doc[mains[k - 1]] if k and doc[mains[k - 1]].sent == verb.sent else None
        opens = doc[roll.opens] if roll.opens >= 0 else None
        level = opens is not None and (roll.next_turn or _level(doc, opens))
        if before is not None and level and tells(before) and tells(verb):
            yield {**_freed(before, verb), verb.i: (before.i, "conj")}
        yield from _series(verb, _next(doc, rolls, k))
        yield from _goes_on(verb)
        yield from _says_too(verb)
        yield from _among_others(verb)
        yield from _with_others(verb)
        following = mains[k + 1] if k + 1 < len(mains) else len(doc)
        end = min(following, verb.sent.end)
        yield from _participles(verb, end)
        for own in (verb, *series(verb, end)):
            yield from _complement(own)


def floor(doc: Doc, rolls: Sequence[Roll], mains: Sequence[int]) -> dict[int, int]:
    """The verbs whose subject the order of words tells, each with the token before which what it tells must end."""
    out: dict[int, int] = {}
    for k, roll in enumerate(rolls):
        verb = doc[mains[k]]
        follows = _next(doc, rolls, k)
        out.update(row(verb, follows, roll.verb))
        out.setdefault(verb.i, out[roll.verb])
    return out


def row(verb: Token, end: int, first: int | None = None) -> dict[int, int]:
    """`verb` (or its auxiliary `first`) and those by which its subject goes on, each with where its words must end."""
    verbs = [verb.i if first is None else first, *(t.i for t in series(verb, end))]
    return dict(zip(verbs, [*verbs[1:], end], strict=True))


def goes_on(verb: Token, end: int) -> Iterator[Edits]:
    """The relations that put right the verbs by which the subject of `verb` goes on before token `end`."""
    yield from _series(verb, end)
    yield from _goes_on(verb)
    yield from _participles(verb, end)


def _next(doc: Doc, rolls: Sequence[Roll], k: int) -> int:
    """Where the next speaker after roll `k` begins: its first token, or the end of the sentence."""
    end = doc[rolls[k].verb].sent.end
    for roll in rolls[k + 1 :]:
        if roll.opens >= 0 and doc[roll.opens].lower_ != "that" and tells(doc[roll.verb]):
            return min(end, roll.group.names[0].first)
    return end


def _level(doc: Doc, opens: Token) -> bool:
    """True if a turn that this word opens stands beside the one before: after ";", ", while", ", and"."""
    return opens.text == ";" or (opens.lower_ in _TURNS and opens.i > 0 and doc[opens.i - 1].text in (",", ";"))


def _freed(first: Token, second: Token) -> Edits:
    """`first` in the place of `second`, if it hangs under it."""
    if not any(a.i == second.i for a in first.ancestors):
        return {}
    place = (first.i, "ROOT") if second.head.i == second.i else (second.head.i, second.dep_)
    return {first.i: place}


def series(verb: Token, end: int) -> list[Token]:
    """The verbs before token `end` by which its subject goes on: "A noted this, urged that and asked for it".

    They have the form of `verb`, tell of words or of a stand, and stand right after a comma or a conjunction; after a
    comma alone only where the row is closed by "and" and another.
    """
    doc = verb.doc
    found: list[Token] = []
    waiting: list[Token] = []
    for token in doc[verb.i + 1 : end]:
        if not _same_form(token, verb) or not tells(token):
            continue
        before = token.i - 1
        while before > verb.i and (doc[before].tag_ == "RB" or doc[before].is_space):
            before -= 1
        after = doc[token.i + 1].text if token.i + 1 < len(doc) else "."
        if doc[before].lower_ in ("and", "but", ";") and after not in (",", "."):
            found += [*waiting, token]
            waiting = []
        elif doc[before].text == "," and after not in (",", "."):
            if not waiting and _resumed(doc, verb.i, before):
                found.append(token)
            else:
                waiting.append(token)
    return found


def _resumed(doc: Doc, first: int, comma: int) -> bool:
    """True of the comma that ends "… but, stressing the need for it," after the verb at `first`."""
    opens = next((i for i in range(comma - 1, first, -1) if doc[i].text == ","), None)
    if opens is None or doc[opens - 1].lower_ not in ("but", "and") or opens + 1 >= comma:
        return False
    return doc[opens + 1].tag_ in ("VBG", "VBN")


def _same_form(token: Token, verb: Token) -> bool:
    if verb.tag_ == "VBD":
        helped = any(c.dep_ in ("aux", "auxpass") for c in token.lefts)
        active = token.head.tag_ != "VBN" or any(c.dep_ == "dobj" for c in token.rights)
        taken = token.tag_ == "VBN" or (token.tag_ == "JJ" and _past_of_telling(token))
        return token.tag_ == "VBD" or (taken and not helped and active)
    return verb.tag_ in ("VBZ", "VBP") and token.tag_ == verb.tag_


def _past_of_telling(token: Token) -> bool:
    """True of "and underscored synergies", which is tagged as an adjective; "and proposed changes" may be one."""
    before = token.doc[token.i - 1] if token.i else token
    joined = before.lower_ in ("and", "but") and before.i > 0 and token.doc[before.i - 1].tag_ in (*_NOUNS, ",", ".")
    return joined and token.lower_ not in listed("before_nouns") and verb_form(token.lower_) is not None


def _series(verb: Token, end: int) -> Iterator[Edits]:
    """A later verb of a row is joined to the first where the parse has it in the words of the one before."""
    last = verb
    for token in series(verb, end):
        above = token.head
        lost = token.dep_ != "conj" or above.tag_ != verb.tag_ or _thing(syntax.subject(above))
        held = above.i != token.i or any(a.i == token.i for a in verb.ancestors)
        if (lost or token.tag_ != verb.tag_) and held and not any(c.dep_ in _SUBJECTS for c in token.lefts):
            told = {above.i: (token.i, "dobj")} if token.dep_ == "amod" and above.i > token.i else {}
            yield {**_freed(verb, token), token.i: (last.i, "conj"), **told}
        last = token


def _thing(subject: Token | None) -> bool:
    """True of a common noun for no people: "… that costs were high and stressed the need" is not said of the costs."""
    if subject is not None and subject.tag_ == "WDT":
        subject = subject.head.head  # "the storm that cost lives and called for"
    return subject is not None and subject.tag_ in ("NN", "NNS") and not of_people(subject)


_GERUND_PREPOSITIONS = frozenset({"including", "regarding", "concerning", "following", "considering"})


def _complement(verb: Token) -> Iterator[Edits]:
    """What completes a verb, where the parse takes its first word for something else."""
    doc = verb.doc
    if verb.i + 2 >= len(doc):
        return
    after = doc[verb.i + 1]
    if after.lower_ in _GERUND_PREPOSITIONS and after.head.i == verb.i and after.dep_ == "prep":
        if lexicon().verb(syntax.lemma(verb), "gerund"):  # "supported including it in the text"
            yield {after.i: (verb.i, "xcomp"), **{c.i: (after.i, "dobj") for c in after.rights if c.dep_ == "pobj"}}
    elif after.dep_ == "mark" and after.lower_ in ("for", "on") and after.head.head.i == verb.i:
        clause = after.head  # "called for a group to look into it"
        whom = next((c for c in clause.lefts if c.dep_ in _SUBJECTS and c.i > after.i), None)
        if whom is not None:
            yield {after.i: (verb.i, "prep"), whom.i: (after.i, "pobj"), clause.i: (whom.i, "acl")}
    for noun in verb.rights:
        inner = next((c for c in noun.lefts if c.dep_ in ("compound", "amod") and c.tag_ in ("VB", "VBP")), None)
        if noun.dep_ == "ccomp" and noun.tag_ in _NOUNS and inner is not None:  # "said the text must reference funding"
            own = {c.i: (inner.i, c.dep_) for c in noun.lefts if c.i < inner.i}
            yield {inner.i: (verb.i, "ccomp"), noun.i: (inner.i, "dobj"), **own}


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
            if tells(token):
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
    words, siding = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if not t.is_space], listed("siding")
    for k in range(2, len(words) - 3):
        sides = words[k].lower_ in siding and words[k + 1].lower_ == "by"
        if [t.lower_ for t in words[k - 2 : k]] != ["and", ","] or not (sides or words[k].lower_ == "with"):
            continue
        if sides:
            after = next((t for t in words[k + 2 : k + 2 + 2 * _MOST_BESIDE] if _same_form(t, verb)), None)
            if after is not None and tells(after) and after.nbor(-1).text == ",":
                yield {**_freed(verb, after), after.i: (verb.i, "conj"), words[k].i: (after.i, "advcl")}
            continue
        close = next((j for j in range(k + 2, min(k + _MOST_BESIDE, len(words) - 1)) if words[j].text == ","), None)
        if close is None or not _same_form(words[close + 1], verb) or not tells(words[close + 1]):
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
        if token.tag_ != "VBG" or token.doc[token.i - 1].text != ",":
            continue
        within = token.dep_ == "advcl" and token.head.i != verb.i and _thing(syntax.subject(token.head))
        if not (within or token.dep_ in ("acl", "conj", "amod", "dep") or token.head.dep_ in ("relcl", "acl")):
            continue
        if any(lexicon().verb(token.lemma_, kind) for kind in _TELLING) and token.dep_ != "conj":
            yield {token.i: (last.i, "advcl")}
