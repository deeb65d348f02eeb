"""What carries words that somebody else said: a letter that a paper published, a report that quotes a farmer.

"X published a letter in which Y demanded …", "minutes show Y arguing …", "a memo seen by X says …", "X relayed a
message from Y: …" tell through whom the words came, though X is no source of the cue that reports them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.lexicon import lexicon
from comity.reading.sources import owner_of, source_of
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = frozenset({"prep", "agent"})
_BY = frozenset({"by", "in", "on", "to", "through"})


def carriers_of(cue: Token) -> Iterator[Token]:
    """Who or what carries the clause or the noun that `cue` is, outermost first."""
    found: list[Token] = []
    node = cue
    for _ in range(6):
        head = node.head
        if head.i == node.i:
            break
        hangs = node.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN")
        noun = head if hangs else (node if node is cue and node.pos_ == "NOUN" else None)
        if noun is not None:
            verb = noun.head
            found += participles(noun, but=node)
            held = noun.dep_ in ("dobj", "nsubjpass", "oprd") and verb.pos_ == "VERB"
            shown = node.tag_ == "VBG" and verb.lemma_ in words("shows")
            if not held or verb.i == node.i or not (_carries(verb, noun) or shown):
                break
            found += _who(verb)
            node = verb
        elif node.dep_ in ("ccomp", "advcl") and (
            (_saying(node) and head.lemma_ in words("shows")) or (head.lemma_ in words("evidence") and _paper(head))
        ):
            found += _who(head)
            node = head
        elif node.dep_ == "xcomp" and node.tag_ in ("VBN", "VBG") and _says(head):
            found += _who(head)  # "recalled being told by …"
            node = head
        elif node.dep_ in ("conj", "xcomp", "pcomp") and head.pos_ in ("VERB", "AUX"):
            node = head
        else:
            break
    yield from reversed(found)


def _saying(verb: Token) -> bool:
    """True of "saying" and "having said"."""
    return verb.tag_ == "VBG" or any(c.lower_ == "having" and c.dep_ == "aux" for c in verb.lefts)


def _paper(verb: Token) -> bool:
    """True if papers show it: "documents seen by the Herald show that the ministry knew …"."""
    source = source_of(verb)
    return source.head is not None and piece(verb.doc[source.head])


def _says(verb: Token) -> bool:
    cue = lexicon().verb(syntax.lemma(verb), "clause")
    return cue is not None and cue.group == "say"


def _carries(verb: Token, noun: Token) -> bool:
    """True if the verb hands on what the noun is: a paper that is published, a person who is quoted."""
    if piece(noun) or noun.lemma_ in words("tellings"):
        return verb.lemma_ in words("carries")
    return verb.lemma_ in words("quotes")


def _who(verb: Token) -> Iterator[Token]:
    """Who does what `verb` tells; of a copy or recording, whoever made it public instead."""
    source = source_of(verb)
    if source.head is None:
        return
    noun = verb.doc[source.head]
    made = list(participles(noun)) if noun.lemma_ in words("copies") else []
    yield from made or [noun]
    if not made and piece(noun):
        yield from participles(noun)


def participles(noun: Token, but: Token | None = None) -> Iterator[Token]:
    """X of "a memo seen by X", "a letter published in X", "a recording that X aired"."""
    if not piece(noun):
        return
    for c in (c for first in noun.rights for c in (first, *first.conjuncts)):
        if c.dep_ not in ("acl", "relcl", "conj") or c == but or c.lemma_ not in words("carries") | words("sees"):
            continue
        subject = syntax.subject(c)
        if c.dep_ == "relcl" and subject is not None and subject.tag_ not in ("WDT", "WP"):
            if subject.pos_ == "PROPN":
                yield subject
            continue
        for prep in c.children:
            name = syntax.child(prep, "pobj") or _follows(prep) if prep.lower_ in _BY and prep.dep_ in _LINKS else None
            if name is not None and (name.pos_ == "PROPN" or (c.lemma_ in words("carries") and prep.lower_ == "by")):
                yield name


def _follows(prep: Token) -> Token | None:
    """The name after a preposition to which the parse gives no noun: "obtained by the Herald show that …"."""
    last: Token | None = None
    for token in prep.doc[prep.i + 1 : prep.i + 6]:
        if token.pos_ != "PROPN" and token.lower_ != "the":
            break
        last = token if token.pos_ == "PROPN" else last
    return last


def piece(noun: Token) -> bool:
    """True of what can be published or handed on: a letter, a recording, a report."""
    word = syntax.lemma(noun)
    return word in words("utterances") or word in words("papers") or word in words("copies")


def utterer(noun: Token) -> Token | None:
    """Whose words a statement, a letter or a message is, if that is named: "the king's statement", "a note from X"."""
    if syntax.lemma(noun) not in words("utterances"):
        return None
    for c in noun.rights:  # "a message attributed to X", "a letter signed by X"
        for prep in c.children if c.dep_ == "acl" and c.lemma_ in words("authored") else ():
            name = syntax.child(prep, "pobj") if prep.lower_ in ("to", "by") else None
            if name is not None:
                return name
    owner = owner_of(noun).head
    if owner is None:
        return None
    token = noun.doc[owner]
    direct = token.head.i == noun.i or token.head.head.i == noun.i
    return token if direct and token.dep_ in ("poss", "pobj") else None


def posted(cue: Token) -> Token | None:
    """Who wrote the note of "X posted a note. … it read": the subject of the sentence before that tells of it."""
    if cue.lemma_ not in ("read", "say", "state") or cue.sent.start == 0:
        return None
    before = cue.doc[cue.sent.start - 1].sent
    for verb in before:
        noun = syntax.child(verb, "dobj") if verb.lemma_ in words("issuing") else None
        if noun is not None and syntax.lemma(noun) in words("utterances"):
            source = source_of(verb).head
            return cue.doc[source] if source is not None else None
    return None


def handed_on(cue: Token) -> tuple[Token, Token] | None:
    """X and Y of "X relayed a message from Y: …", "X carried a statement by Y saying …": who hands on, and who says."""
    verb = cue.head if cue.tag_ == "VBG" and cue.dep_ in ("advcl", "acl", "ccomp") else cue
    if cue.tag_ == "VBG" and verb.pos_ in ("NOUN", "PROPN"):
        verb = verb.head if piece(verb) else verb.head.head
    if verb.lemma_ not in words("carries") or (cue.tag_ == "VBG" and syntax.subject(cue) is not None):
        return None
    noun = syntax.child(verb, "dobj")
    if noun is None or not piece(noun):
        return None
    who = utterer(noun) or next(
        (syntax.child(c, "pobj") for c in verb.rights if c.lower_ in ("from", "by") and noun.i < c.i < noun.i + 3), None
    )
    source = source_of(verb)
    if who is None or source.head is None or source.head == who.i:
        return None
    return verb.doc[source.head], who


def accused(cue: Token) -> Token | None:
    """Y of "X accused Y of saying …": not X but Y is told to have said it."""
    prep = cue.head
    if cue.dep_ != "pcomp" or prep.lower_ not in ("of", "for", "as") or prep.head.lemma_ not in words("accusing"):
        return None
    return syntax.child(prep.head, "dobj", "nsubjpass")
