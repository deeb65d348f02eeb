"""Small questions asked of the parse: who is the subject, where does a clause begin, is it negated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from comity.words import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING = frozenset(" \t\n\r\f\v,;:–—-.…)]}»")
_CLOSING = frozenset(" \t\n\r\f\v,;:–—-([{«")


_LEMMAS = {
    **dict.fromkeys(("hoped", "hoping", "hopes"), "hope"), **dict.fromkeys(("hated", "hating", "hates"), "hate"),
    **dict.fromkeys(("rated", "rating", "rates"), "rate"), **dict.fromkeys(("griped", "griping", "gripes"), "gripe"),
    **dict.fromkeys(("retweeted", "retweeting"), "retweet"), **dict.fromkeys(("texted", "texting"), "text"),
    "petitioned": "petition", "decreed": "decree",
}  # fmt: skip
"""Verb forms that the lemmatiser gets wrong."""


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return _LEMMAS.get(token.lower_) or token.lemma_.lower()


def text_of(doc: Doc) -> str:
    """The text of `doc`, kept at parsing: ``Doc.text`` puts it together anew at every call."""
    kept: str | None = doc.user_data.get("text")
    return kept if kept is not None else doc.text


def child(token: Token, *deps: str) -> Token | None:
    """The first child of `token` with one of these relations."""
    for c in token.children:
        if c.dep_ in deps:
            return c
    return None


def subject(token: Token) -> Token | None:
    """The grammatical subject of a clause's head; an expletive ("there", "it") counts as none."""
    return child(token, "nsubj", "nsubjpass", "csubj", "csubjpass") or _misread_name(token)


def _misread_name(verb: Token) -> Token | None:
    """A name that the parse takes for an adverb: a capitalised word right before a finite verb, not at the start of the
    sentence ("…; Lowtown says the pier stays")."""
    if verb.tag_ not in ("VBZ", "VBD") or verb.i == 0:
        return None
    word = verb.nbor(-1)
    odd = word.head.i == verb.i and word.dep_ in ("advmod", "npadvmod", "dep", "intj")
    return word if odd and word.is_title and word.is_alpha and not word.is_sent_start else None


def auxiliaries(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ in ("aux", "auxpass")]


def finite(token: Token) -> bool:
    """True if the clause that `token` heads has a finite verb."""
    return token.tag_ in FINITE_TAGS or any(a.tag_ in FINITE_TAGS for a in auxiliaries(token))


def negated(token: Token) -> bool:
    """True if the verb itself is negated ("did not say", "no longer insists", "never offered")."""
    for c in token.children:
        if c.dep_ == "neg" or (c.dep_ == "advmod" and c.lower_ in {"never", "nowhere", "hardly", "scarcely", "barely"}):
            return True
        if c.dep_ == "advmod" and c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children):
            return True
        if c.dep_ in ("nsubj", "nsubjpass") and nobody(c):
            return True
    return False


def nobody(noun: Token) -> bool:
    """True of "nobody", "no minister", "neither side", "not one of them".

    Such a subject negates its clause.
    """
    if noun.lower_ in ("nobody", "none", "neither", "nothing", "no-one"):
        return True
    if noun.lower_ == "one" and any(c.lower_ in ("no", "not") for c in noun.lefts):
        return True
    return any(
        (c.dep_ == "det" and c.lower_ in ("no", "neither"))
        or (c.lower_ == "one" and c.i > 0 and c.nbor(-1).lower_ == "not")
        for c in noun.lefts
    )


def clause_subject(verb: Token) -> Token | None:
    """The subject of a clause, its own or the one that it shares with the clause it hangs on."""
    node = verb
    for _ in range(5):
        found = subject(node)
        if found is not None:
            if found.tag_ in ("WP", "WDT") and node.dep_ == "relcl":
                return node.head
            return found
        if node.dep_ not in ("conj", "xcomp", "advcl", "acl"):
            return None
        node = node.head
    return None


def modal(token: Token) -> str | None:
    """The modal verb of a clause, lower-case lemma ("will", "would", "might"), or None."""
    for a in auxiliaries(token):
        if a.tag_ == "MD":
            word = a.lower_.replace("’", "'")
            return {"wo": "will", "'ll": "will", "'d": "would", "ca": "can", "sha": "shall"}.get(word, word)
    return None


def subtree_ids(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


def ancestors(token: Token) -> Iterator[Token]:
    while token.head.i != token.i:
        token = token.head
        yield token


def trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Token indices ``[first, last]`` without white space and punctuation that belongs to no clause at either end."""
    while first < last and (
        doc[first].is_space or doc[first].text in {",", ";", ":", "–", "—", "-", "--", ".", "...", ")"}
    ):
        first += 1
    while last > first and (doc[last].is_space or doc[last].text in {",", ";", ":", "–", "—", "-", "--", "("}):
        last -= 1
    return first, last


def chars(doc: Doc, first: int, last: int) -> Span:
    """The characters of tokens ``first`` to ``last``, both included."""
    return doc[first].idx, doc[last].idx + len(doc[last])


def tidy(text: str, span: Span) -> Span:
    """`span` without white space and separating punctuation at its ends (final stops and quotation marks stay)."""
    start, end = span
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return start, end


def runs(ids: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted token indices as runs ``(first, last)``.

    >>> runs([3, 1, 2, 7])
    [(1, 3), (7, 7)]
    """
    out: list[tuple[int, int]] = []
    for i in sorted(ids):
        if out and out[-1][1] == i - 1:
            out[-1] = (out[-1][0], i)
        else:
            out.append((i, i))
    return out


def beside(verb: Token) -> bool:
    """True of the participle of ", with Norway noting the cost": what somebody else does beside the main clause."""
    first = verb
    while first.dep_ == "conj" and first.head.tag_ == "VBG":
        first = first.head
    prep = first.head
    if verb.tag_ != "VBG" or first.dep_ != "pcomp" or prep.lower_ != "with" or prep.i == 0:
        return False
    return prep.nbor(-1).text == "," and any(c.dep_ in SUBJECTS for c in verb.lefts)
