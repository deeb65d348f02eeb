"""What definite descriptions stand for: "the Norwegian president", "the official", "the country", "the station"."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from comity.reading.name_cast import Cast
from comity.reading.name_owners import home as home_of
from comity.reading.roles import FACILITIES, ROLES
from comity.reading.told import OFFICIAL
from comity.reading.wording import words
from comity.words import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

_COUNTRY = frozenset({"country", "nation"})
_BODY = frozenset({"organization", "organisation", "group", "bloc", "alliance", "movement", "party", "agency"}) | {
    "body",
    "council",
}
_LOOSE = frozenset({"group", "movement", "party", "bloc", "alliance"})
_OUTLET = frozenset({"newspaper", "paper", "outlet", "broadcaster", "magazine", "website", "daily", "channel"}) | {
    "network"
}
_CITY = frozenset({"city", "capital", "town"})
_REGION = frozenset({"region", "province", "territory", "island", "peninsula", "district"})
_REACH = 4
"""How many sentences back a description may lean."""

_OF_ONE = ("an", "ian", "i", "ard", "er")
"""How nouns for one of a people end; "the French", "the Chinese" are many."""
_UNNAMED = frozenset({"official", "source", "diplomat", "aide", "adviser", "advisor", "lawmaker", "insider", "person"})


def describes(token: Token) -> bool:
    """True if `token` may head a definite description of somebody or something named before."""
    if token.tag_ not in ("NN", "NNP"):
        return False
    word = token.lower_
    return word in ROLES or word in FACILITIES or word in _COUNTRY | _BODY | _OUTLET | _CITY | _REGION


def refer(token: Token, cast: Cast, sentence: int, sentences: list[int]) -> tuple[int, int, str] | None:
    """Start, end and entity of the description headed by `token`; None if it is indefinite or nobody fits.

    `sentences` gives the sentence of each placed mention, in order.
    """
    doc = token.doc
    left = token.left_edge
    owned = left.tag_ == "PRP$" and token.lower_ in ROLES
    longest = 8 if any(map(aged, token.lefts)) else 4  # "the 62-year-old former minister"
    if (left.lower_ not in ("the", "that", "this") and not owned) or token.i - left.i > longest:
        return None
    if not owned and any(c.dep_ == "poss" for c in token.lefts):
        return None  # "the creditors' group" says itself whose it is
    accused = token.dep_ == "dobj" and token.head.lemma_ in words("accusing")
    for child in token.rights:
        of_state = any(c.lower_ in ("state", "staff") for c in child.rights)  # "the secretary of state"
        if child.lower_ == "of" and (accused or of_state):
            continue  # "accused the president of lying"
        if child.i == token.i + 1 and child.dep_ in ("prep", "relcl", "acl") and child.lower_ in _SAYS_WHOM:
            return None  # "the president of Norway" says itself whom it means
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if after is not None and (after.ent_type_ or after.pos_ == "PROPN" or after.lower_ in ROLES):
        return None
    modifiers = list(doc[left.i + 1 : token.i])
    body = token.lower_ in _BODY
    free = body or token.lower_ in ROLES
    if any(t.dep_ == "compound" and t.lower_ not in _ALLOWED and not (free and t.text.islower()) for t in modifiers):
        return None
    known = tuple(cast.entities.values())
    if token.lower_ in _BODY and any(t.text[:1].isupper() and home_of(_cased(t), known) is None for t in modifiers):
        return None  # "the Left party" is no party named before
    if owned:
        owner = next((p.entity for p in reversed(cast.placed) if p.head.i == left.i and p.entity), None)
        party = cast.entities[owner].party if owner is not None else None
    elif body:  # "the Belvaran group" is from there, whomever it speaks for
        party = None
    else:
        party = next((whose for t in modifiers if (whose := home_of(_cased(t), cast.entities.values()))), None)
    word = token.lower_
    offices = {t.lower_ for t in modifiers if t.lower_ in _ALLOWED or (t.dep_ == "compound" and t.text.islower())}
    if word in _OUTLET and modifiers:
        return None
    best: str | None = None
    weight = 0.0
    for n in range(len(cast.placed) - 1, -1, -1):
        placed = cast.placed[n]
        distance = sentence - sentences[n]
        if distance > (_REACH if word not in _COUNTRY else 3):
            break
        if not placed.entity:
            continue
        entity = cast.entities[placed.entity]
        told = cast.told.get(placed.entity, set())
        if word in ROLES and told and not told.issuperset(offices):
            continue  # "the finance minister" is not who was called foreign minister
        fit = _fit(word, party, entity, told)
        if not fit:
            continue
        score = fit * 0.75**distance * (1.2 if placed.head.dep_ in ("nsubj", "nsubjpass") else 1.0)
        if score > weight:
            best, weight = (_state_of(word, entity, cast) or placed.entity), score
    if best is None and word in ROLES and not owned and party is None:
        once = any(t.lower_ == "former" for t in modifiers)  # what somebody was is not what they are told to be
        best = of_before(token, cast, sentence, sentences, untold=not once)
    if best is None and word in ROLES - _UNNAMED:  # named only later: "the prime minister said ... Ms Lund"
        later = [e.id for e in cast.entities.values() if party in (e.party, None) and word in e.role.split()]
        best = later[0] if len(later) == 1 or (later and party is not None) else None
    if best is None:
        return None
    start = left.idx
    return start, token.idx + len(token), best


def of_before(token: Token, cast: Cast, sentence: int, sentences: list[int], untold: bool = False) -> str | None:
    """The person whom the sentence before is about, in the same paragraph: "the 62-year-old", "the Belvaran".

    With `untold` only somebody of whom the text has not said yet what they are.
    """
    if token.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return None
    for n in range(len(cast.placed) - 1, -1, -1):
        placed, distance = cast.placed[n], sentence - sentences[n]
        if distance > 1:
            return None
        head = placed.head
        entity = cast.entities.get(placed.entity)
        if distance == 0 or entity is None or head.dep_ not in ("nsubj", "nsubjpass"):
            continue
        main = head.head.dep_ == "ROOT" or (head.head.dep_ == "conj" and head.head.head.dep_ == "ROOT")
        if not main or "\n\n" in token.doc.text[head.idx : token.idx]:
            continue
        told = cast.told.get(entity.id, set()) | set(entity.role.split())
        return entity.id if entity.type == "person" and not (untold and told) else None
    return None


def of_there(token: Token, cast: Cast, sentence: int, sentences: list[int]) -> str | None:
    """The person meant by "the Belvaran", with nothing behind: one of that people whom the sentence before is about."""
    verb, left = token.head, token.left_edge
    if token.tag_ not in ("NNP", "NN", "JJ") or token.dep_ != "nsubj" or left.lower_ != "the" or left.i == token.i:
        return None
    if not token.lower_.endswith(_OF_ONE) or verb.tag_ not in ("VBD", "VBZ", "VBN") or list(token.rights):
        return None
    people = token.doc.text[token.doc[left.i + 1].idx : token.idx + len(token)]
    home = home_of(people, cast.entities.values())
    if home is None or any(e.name == people for e in cast.entities.values()):
        return None
    whom = of_before(token, cast, sentence, sentences)
    party = cast.entities[whom].party if whom is not None else None
    bodies = {e.name for e in cast.entities.values() if e.type == "body"}
    return whom if party is None or party == home or party in bodies else None  # of a union, but not of another state


def aged(token: Token) -> bool:
    """True of "year-old" in "the 62-year-old", with or without a noun behind."""
    return token.lower_ == "old" and token.i > 3 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "year"


_SAYS_WHOM = frozenset({"of", "for", "who", "that", "which"})
_ALLOWED = frozenset({"prime", "vice", "foreign", "defense", "defence", "interior", "finance", "party", "press"}) | {
    "power",
    "nuclear",
}


def _cased(token: Token) -> str:
    return token.text if not token.text.isupper() else token.text.title()


def _state_of(word: str, entity: Entity, cast: Cast) -> str | None:
    """For "the country": the state that a person or body speaks for."""
    if word not in _COUNTRY or entity.type == "state":
        return None
    return next((e.id for e in cast.entities.values() if e.type == "state" and e.name == entity.party), None)


def _fit(word: str, party: str | None, entity: Entity, told: Collection[str]) -> float:
    """How well `entity` is described by the noun `word`, with the adjective of a people before it or without.

    `told` is what the text says that it is.
    """
    if party is not None and entity.party not in (party, None):
        return 0.0
    if word in ROLES:
        if entity.type != "person":
            return 0.0
        role = entity.role.lower().split()
        if word in role or word in told:
            return 1.5 if party is None or entity.party == party else 0.6
        if word in _UNNAMED and role and role[-1] in _UNNAMED and entity.name.lower().split()[-1] in ROLES:
            return 1.0
        if word in _UNNAMED or party is None:
            return 0.0
        return 0.0
    if word in _COUNTRY:
        if entity.type == "state":
            return 1.0
        return 0.9 if entity.type == "person" and entity.party else 0.0
    name = entity.name.lower().split()
    if word in FACILITIES:
        return 1.0 if entity.type == "place" and name[-1] in FACILITIES else 0.0
    if word in _REGION:
        return 1.0 if entity.type == "place" and name[-1] in _REGION else 0.0
    if word in _CITY:
        return 0.7 if entity.type == "place" and name[-1] not in FACILITIES and name[-1] not in _REGION else 0.0
    if word in _OUTLET:
        return 1.0 if entity.type == "outlet" else 0.0
    if word in _LOOSE and not OFFICIAL.isdisjoint(told):
        return 0.0
    return 0.8 if entity.type in ("body", "group") and entity.name.split()[-1][0].isupper() else 0.0
