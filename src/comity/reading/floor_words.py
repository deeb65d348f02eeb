"""What an actor who takes the floor tells, read by the order of words where the parse does not show it.

The verb of a roll (`rolls`) and those by which its subject goes on are known, and so is where the next speaker begins:
what stands between is what the verb tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.lexicon import Cue, lexicon
from comity.reading.sources import source_of
from comity.reading.surface import of_relative
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OF_THE_VIEW = ("of", "the", "view"), ("of", "the", "opinion")
_HELD = frozenset({"be", "remain"})
_BESIDE = 10
"""The most words from a verb to the comma after the second speaker's: "A proposed, and B agreed, to …"."""
_OPEN_CLAUSES = frozenset({"that", "how", "why", "whether", "what"})
_OVER = frozenset({"as", "on", "over", "about", "regarding"})
_STOPS = frozenset({".", ";"})


def by_place(doc: Doc, verb: Token, made: Attribution | None) -> Attribution | None:
    """The attribution of a verb whose subject is known by word order; `made` if that has it right already."""
    floor: dict[int, int] = doc.user_data.get("floor") or {}
    if verb.i not in floor and made is not None and made.source is not None and doc[made.source].pos_ == "PROPN":
        floor = {verb.i: verb.sent.end} if syntax.lemma(verb) in words("presents") else floor
    if verb.i not in floor or not _outermost(verb):
        return made
    presents = syntax.lemma(verb) in words("presents") and (made is None or made.lexical.group in ("raise", "mind"))
    if made is not None and made.source is not None and made.content[0][0] > verb.idx and not presents:
        return made
    if made is not None and made.source is not None and made.complement == "clause" and made.source < verb.i:
        return made  # what is said stands before: ", the minister said."
    source = source_of(verb)
    if source.head is None or source.span is None or source.head > verb.i:
        return made
    told = _told(doc, verb, floor[verb.i])
    if told is None:
        return made
    cue, kind, cue_last, first, last = told
    span = syntax.tidy(syntax.text_of(doc), syntax.chars(doc, first, last))
    if span[1] - span[0] < 2:
        return made
    return Attribution(
        cue=verb.i,
        cue_span=syntax.chars(doc, verb.i, cue_last),
        source=source.head,
        source_span=source.span,
        content=(span,),
        head=_head(doc, first, last, kind) if first > verb.i else None,
        complement=kind,
        lexical=cue,
        via=source.via,
        negated=syntax.negated(verb),
    )


def _outermost(verb: Token) -> bool:
    """True of a verb that is not within what another one tells."""
    node = verb
    while node.head.i != node.i:
        marks = [c.lower_ for c in node.lefts if c.dep_ == "mark"]
        if node.dep_ not in ("conj", "parataxis", "aux", "auxpass") and marks[:1] not in (["while"], ["whereas"]):
            return False
        node = node.head
    return True


def _told(doc: Doc, verb: Token, end: int) -> tuple[Cue, str, int, int, int] | None:
    """Cue, kind of complement, last token of the cue, first and last token of what is told; None if nothing is."""
    lemma, known = syntax.lemma(verb), lexicon()
    after = [t.lower_ for t in doc[verb.i + 1 : min(end, verb.i + 5)]]
    if lemma in _HELD and tuple(after[:3]) in _OF_THE_VIEW:
        first, last = _trimmed(doc, verb.i + 4, end)
        cue = Cue("be of the view", None, "speech", "say")
        return (cue, "clause", verb.i + 3, first, last) if last - first > 1 else None
    if lemma in words("presents") and after[:1] not in (["that"], [","], ["."]):
        first, last = _trimmed(doc, verb.i + 1 + (after[0] == "on"), end)
        cue = Cue(lemma, Act.ASSESS, "speech", "present")
        return (cue, "object", first - 1 if after[0] == "on" else verb.i, first, last) if last > first else None
    if not after or after[0] in (",", ".", ";", "with"):
        shared = _shared(doc, verb)
        known_as = known.verb(lemma, "inf") or known.verb(lemma, "clause")
        if shared and known_as is not None:
            return known_as, "inf", verb.i, *shared
        act = Act.REJECT if lemma in words("dissents") else Act.ACCEPT if lemma in words("assents") else None
        return (Cue(lemma, act, "speech", "bare"), "object", verb.i, verb.i, verb.i) if act is not None else None
    rest = next((r for r in known.particles.get(lemma, ()) if after[: len(r.split())] == r.split()), "")
    word, last_of_cue = (f"{lemma} {rest}", verb.i + len(rest.split())) if rest else (lemma, verb.i)
    first, last = _trimmed(doc, last_of_cue + 1, end)
    if last < first:
        return None
    kind = next((k for k in _kinds(doc, first, last) if known.verb(word, k)), None)
    found = known.verb(word, kind) if kind else None
    if found is None and lemma in words("dissents") and doc[first].lower_ in _OVER:
        return Cue(lemma, Act.REJECT, "speech", "bare"), "object", verb.i, first, last  # "disagreed as to its scope"
    stand = found is not None and found.act in (Act.ACCEPT, Act.REJECT)
    if kind != "clause" and doc[first].pos_ == "PRON":
        if not stand or (first < last and not doc[first + 1].is_punct and doc[first + 1].tag_ != "IN"):
            return None
        last = first  # "supported it, noting …"
    if kind == "clause" and (found is None or found.group != "say" or last - first < 2):
        return None
    if kind == "clause" and lemma not in words("plain_speech") and not _is_clause(doc, first, last):
        return None
    return (found, kind, last_of_cue, first, last) if found is not None and kind is not None else None


def _shared(doc: Doc, verb: Token) -> tuple[int, int] | None:
    """ "A proposed, and B agreed, to add it": the first and last token of what both verbs tell."""
    end = verb.sent.end
    for at in (verb.i, *(t.i for t in doc[verb.i + 1 : min(end, verb.i + _BESIDE)] if t.tag_ in _FINITE)):
        follows = [t.lower_ for t in doc[at + 1 : min(end, at + 3)]]
        beside = at == verb.i or [t.lower_ for t in doc[verb.i + 1 : verb.i + 3]] in ([",", "and"], [",", "with"])
        if follows == [",", "to"] and beside:
            first, last = _trimmed(doc, at + 2, end)
            return (first, last) if last > first else None
    return None


def _kinds(doc: Doc, first: int, last: int) -> tuple[str, ...]:
    """The kinds of complement that the words may be, most likely first."""
    opening = doc[first]
    inside = doc[first : last + 1]
    finite = any(t.tag_ in _FINITE and not of_relative(t) for t in inside)
    if opening.lower_ == "to":
        return ("inf", "object")
    if opening.tag_ == "VBG":
        return ("gerund", "object", "clause")
    if opening.lower_ in _OPEN_CLAUSES or (finite and opening.lower_ not in ("the", "a")):
        return ("clause", "object", "person_inf")
    to = any(t.lower_ == "to" and t.i + 1 <= last and doc[t.i + 1].tag_ == "VB" for t in inside)
    return ("person_inf", "object", "clause") if to else ("object", "clause") if not finite else ("clause", "object")


def _is_clause(doc: Doc, first: int, last: int) -> bool:
    """True if the words are a clause from the first on: "that it was late", "parties should agree"; not "a note"."""
    head = _head(doc, first, last, "clause")
    if head is None:
        return False
    if doc[first].lower_ == "that" and doc[first].tag_ == "IN":
        return True
    if not syntax.finite(doc[head]):
        return False
    return doc[first].lower_ in _OPEN_CLAUSES or doc[head].left_edge.i <= first


def _head(doc: Doc, first: int, last: int, kind: str) -> int | None:
    """The word that leads what is told: its first finite verb, the infinitive, or the first noun outside a phrase."""
    region = range(first, last + 1)
    tops = [i for i in region if doc[i].head.i not in region or doc[i].head.i == i]
    wanted = {"clause": ("VERB", "AUX"), "inf": ("VERB", "AUX"), "gerund": ("VERB",)}.get(kind, ("NOUN", "PROPN"))
    found = next((i for i in tops if doc[i].pos_ in wanted), None)
    return found if found is not None else next((i for i in region if doc[i].pos_ in wanted), None)


def _trimmed(doc: Doc, first: int, end: int) -> tuple[int, int]:
    """The tokens from `first` to before `end` without colon, marks and conjunctions around them."""
    last = end - 1
    while first <= last and (doc[first].is_space or doc[first].text == ":"):
        first += 1
    stop = next((k for k in range(first, last + 1) if doc[k].text in _STOPS), None)
    last = stop - 1 if stop is not None else last
    while last >= first and (doc[last].is_punct or doc[last].is_space or doc[last].tag_ == "CC" or doc[last].lower_ in
                             ("while", "whereas")):  # fmt: skip
        if doc[last].text in ")”\"'’":
            break
        last -= 1
    return first, last
