"""Whose office a person holds, as the parse tells it: the state or body, or the person whom somebody serves.

"Belvara's foreign minister, Ada Holt", "Holt, who heads the union", "the union, led by Holt" name a state or body.
"Jan Ost, an aide to Holt", "Holt's spokeswoman, Ida Kern", "his finance minister, Jan Ost" name a person: whoever
serves somebody speaks for the same side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.gazetteer import gazetteer
from comity.reading.name_forms import community_name, slug
from comity.reading.roles import ROLES
from comity.words import Entity
from comity.words.offices import for_state

if TYPE_CHECKING:
    from spacy.tokens import Token

_HOME = frozenset({"of", "for", "at", "from"})
_PEOPLE = frozenset({"amod", "compound", "nmod"})
"""What the adjective of a people is to the office after it: "the Belvaran foreign minister, Jan Lund"."""
HEADS = frozenset({"head", "lead", "represent", "chair"})
_LED = HEADS | {"command", "run"}
_SERVING = frozenset(
    {"aide", "adviser", "advisor", "spokesman", "spokeswoman", "spokesperson", "envoy", "representative", "minister"}
    | {"negotiator", "deputy", "secretary"}
)


def owners(head: Token) -> Iterator[Token]:
    """Tokens of those whose president, envoy or head the person is."""
    held = offices(head)
    yield from (c for c in head.lefts if c.dep_ == "poss")
    for office in held:
        chain = [office, *(c for c in office.lefts if c.dep_ == "compound")]  # "the KLF's director general, Ada Holt"
        lefts = [c for noun in chain for c in noun.lefts]
        yield from (c for c in lefts if c.dep_ == "poss" or (c.dep_ in _PEOPLE and c.text[:1].isupper()))
        for prep in office.rights:
            noun = syntax.child(prep, "pobj") if prep.lower_ in _HOME else None
            if noun is not None:
                yield noun
                yield from _of_whom(noun)
            served = syntax.child(prep, "pobj") if prep.lower_ == "to" and office.lower_ in _SERVING else None
            if served is not None and served.lower_ in ROLES:  # "an adviser to the Belvaran president"
                yield from _of_whom(served)
    for verb in head.rights:
        if verb.dep_ == "relcl" and verb.lemma_ in HEADS and verb.left_edge.lower_ == "who":
            led = syntax.child(verb, "dobj")
            if led is not None:
                yield led
                yield from (c for c in led.lefts if c.dep_ in ("poss", "amod", "compound"))
    by = head.head
    if head.dep_ == "pobj" and by.lower_ == "by" and by.head.lemma_ in _LED and by.head.dep_ in ("acl", "relcl"):
        yield by.head.head  # "the union, led by Ada Holt"


def offices(head: Token) -> list[Token]:
    """Nouns for what the person is."""
    held = [c for c in head.children if c.lower_ in ROLES and c.dep_ in ("appos", "compound", "nmod")]
    if head.dep_ == "appos" and head.head.lower_ in ROLES:
        held.append(head.head)
    if head.dep_ == "appos" and head.head.dep_ == "pobj" and head.head.head.head.lower_ in ROLES:
        held.append(head.head.head.head)  # "the Belvaran ambassador to Vostria, Ann Poe"
    if head.lower_ in ROLES:  # "its foreign minister Ada Holt", as one name
        held.append(head)
    held += [c for c in head.head.lefts if c.lower_ in ROLES and c.dep_ == "nsubj" and _next(head, c)]
    return held


def _next(name: Token, office: Token) -> bool:
    """True if a phrase follows the name, set off by a comma, that the parse has as another subject."""
    return office.left_edge.i == name.i + 2 and name.nbor().text == ","


def _of_whom(noun: Token) -> Iterator[Token]:
    """Whose body a noun is, if it is one of a state: Belvara of "Belvara's delegation", "the Belvaran president"."""
    lefts = [c for c in noun.lefts if c.dep_ == "poss" or (c.dep_ in _PEOPLE and c.text[:1].isupper())]
    if for_state([t.lower_ for t in (*lefts, noun)]):
        yield from lefts


def community(token: Token) -> str | None:
    """The people that two adjectives name together: "the Icelandic Norwegian leader" speaks for neither state."""
    people, doc = gazetteer().people, token.doc
    if token.text not in people:
        return None
    first = token.i - 1 if token.i and doc[token.i - 1].text in people else token.i
    if first + 1 >= len(doc) or doc[first + 1].text not in people:
        return None
    return community_name(f"{doc[first].text} {doc[first + 1].text}")


def listed(owner: Token) -> Entity | None:
    """The state or body of general lists that a title names where it is no mention of its own: "the UN envoy"."""
    if name := community(owner):
        return Entity(slug(name), name, "group", party=name)
    words = [*(c.text for c in owner.lefts if c.dep_ == "compound" and c.text[:1].isupper()), owner.text]
    lists = gazetteer()
    place = lists.forms.get(" ".join(words)) or lists.forms.get(owner.text)
    if place is not None and place.kind in ("state", "seat", "body"):
        return Entity(slug(place.stands_for), place.stands_for, "body" if place.kind == "body" else "state")
    state = lists.people.get(owner.text)
    if state is None or (state in lists.forms and lists.forms[state].kind == "bloc"):
        return None  # "a Western diplomat" speaks for nobody in particular
    return Entity(slug(state), state, "state")


def masters(head: Token) -> Iterator[Token]:
    """Tokens of the people whom the person serves: Holt of "an aide to Holt", "Holt's spokeswoman, Ida Kern"."""
    held = offices(head)
    if any(c.lower_ in _SERVING for c in head.lefts):
        yield from (c for c in head.lefts if c.dep_ == "poss")
    for office in held:
        staff = office.lower_ == "chief" and any(c.lower_ == "of" for c in office.rights)
        if office.lower_ not in _SERVING and not staff:
            continue
        yield from (c for c in office.lefts if c.dep_ == "poss")
        for prep in office.rights:
            served = syntax.child(prep, "pobj") if prep.lower_ in ("to", "of", "for") else None
            if served is not None:
                yield served
                yield from (c for c in served.rights if c.dep_ == "appos")
