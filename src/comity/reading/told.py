"""What a text says that those it names are: ministers, unions, companies.

"Ada Holt, the fisheries minister", "the dockers' union", "Lindal, which represents the pilots": later "the minister"
and "the union" may stand for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading.roles import BODIES, GROUPS, ROLES
from comity.words import Entity, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPELLED = {"organization": "organisation", "defense": "defence", "center": "centre"}
_SEVERAL = frozenset(w for w in GROUPS if w.endswith("s")) | {"police", "people", "military"}
_FIRM_WORDS = """
    company firm automaker carmaker shipbuilder airline lender operator developer utility producer manufacturer
    retailer refiner miner steelmaker club charity corporation bank conglomerate
"""
FIRMS = frozenset(_FIRM_WORDS.split())
"""Singular nouns for firms and the like, whose names mostly do not say what they are."""
_ACTIVE = frozenset(
    {"militia", "union", "federation", "association", "faction", "agency", "ngo", "watchdog", "syndicate"}
)
KINDS = (BODIES | GROUPS | FIRMS | _ACTIVE) - _SEVERAL - {"side", "inc", "ltd", "llc", "corp", "people"}
"""Singular nouns for a body."""
UNNAMED_KINDS = FIRMS | _ACTIVE | {"group", "organisation", "movement", "party", "bloc", "alliance"}
"""What a body may be called though neither its name nor anything before has said that it is one."""
_OFFICIAL_WORDS = """
    committee council commission ministry fund bank government parliament agency department court senate congress office
    assembly house secretariat tribunal embassy board
"""
OFFICIAL = frozenset(_OFFICIAL_WORDS.split())
"""Bodies that nobody calls a group, a movement or a party."""
_REPRESENTS = frozenset({"union", "association", "federation", "group", "organisation", "body"})
"""What may be meant by somebody "which represents" people."""
_OF = frozenset({"of", "for"})
_LEADS = {"lead": "leader", "head": "head", "chair": "chair"}


def plain(word: str) -> str:
    """A noun for a body in one spelling.

    >>> plain("Organization")
    'organisation'
    """
    return _SPELLED.get(word.lower(), word.lower())


def kinds_of(doc: Doc, mention: Mention, head: Token, entity: Entity) -> frozenset[str]:
    """What a mention says that its entity is, as nouns in small letters."""
    words = doc.user_data["text"][mention.start : mention.end].replace("’", "'").split()
    if len(words) == 1 and words[0].isupper():  # "the IMF" is a fund
        words = entity.name.split()
    found: set[str] = set()
    if entity.type == "person":
        found |= set(entity.role.lower().split())
    elif len(words) > 1:
        last = plain(words[-1].strip("'"))
        found |= {last} & KINDS
        for n, word in enumerate(words[1:], 1):
            if word.lower() in _OF:
                found |= {plain(words[n - 1])} & KINDS
                break
    for noun in _beside(head, entity):
        if plain(noun.lower_) in (ROLES if _human(entity) else KINDS):
            found |= {plain(noun.lower_)}
            if _human(entity):  # of the fisheries minister that she is for fisheries
                found |= {c.lower_ for c in noun.lefts if c.dep_ in ("compound", "amod") and c.text.islower()}
    if {"prime", "minister"} <= found:
        found.add("premier")
    for clause in head.rights:
        if clause.dep_ == "relcl" and clause.lemma_ == "represent" and not _human(entity):
            found |= _REPRESENTS
        elif clause.dep_ == "relcl" and clause.lemma_ in _LEADS and _human(entity):
            found.add(_LEADS[clause.lemma_])
    return frozenset(found)


def _human(entity: Entity) -> bool:
    return entity.type == "person"


def _beside(head: Token, entity: Entity) -> Iterator[Token]:
    """Nouns that say in the same sentence what `head` is: in apposition, before the name, or after "is"."""
    yield from (c for c in head.children if c.dep_ == "appos" or (c.dep_ == "compound" and not _human(entity)))
    if head.dep_ in ("appos", "compound"):
        yield head.head
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        yield from (c for c in head.head.rights if c.dep_ == "attr")
