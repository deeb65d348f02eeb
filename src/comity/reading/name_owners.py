"""For whom people speak, where only this text tells it: peoples of states that no list has, and whose president it is.

"Belvara" and "the Belvaran delegation" in one text show a state and its people. "Its president, Ada Holt", "Holt, who
heads the Belvaran team" and "the union's negotiator, Jan Ost" give a person the party of whom they stand for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading.gazetteer import first_names, gazetteer
from comity.reading.name_forms import Forms, Known, slug
from comity.reading.name_masters import HEADS, community, listed, masters, offices, owners
from comity.reading.name_view import View
from comity.reading.roles import ROLES
from comity.reading.truecase import common
from comity.words import Entity, Mention, fold_name
from comity.words.offices import holds_office

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ENDINGS = (
    ("ian", ("", "a", "ia", "y")),
    ("ean", ("", "a", "e")),
    ("an", ("", "a")),
    ("n", ("",)),
    ("ish", ("", "e", "and", "land")),
    ("ese", ("", "a")),
    ("i", ("",)),
)
"""How words for a people end, and what their country's name has instead."""
_OFFICES = frozenset(
    {"executive", "ceo", "chairman", "chairwoman", "chair", "president", "minister", "ambassador", "premier"}
)
_BODIES = frozenset({"state", "body", "group", "other"})


def with_peoples(forms: Forms, v: View) -> Forms:
    """`forms` with the states of this text that no list has, shown by a word for their people."""
    seen = Counter(w for i, w in enumerate(v.words) if v.capital[i] and v.loose[i] and w.isalpha() and len(w) > 3)
    added: dict[str, list[tuple[str, Known]]] = {}
    for word in seen:
        name = next((n for n in countries(word) if n in seen and n != word and len(n) > 3), None)
        if name is None or _form(forms, word) is not None or common(word.lower()):
            continue
        state = _form(forms, name)
        if state is None and (common(name.lower()) or _persons(name, v)):
            continue
        known = state or Known(slug(name), name, "state", name, "state")
        if known.type not in ("state", "group"):
            continue
        added.setdefault(word, []).append((word, replace(known, kind="people")))
        if state is None:
            added.setdefault(name, []).append((name, known))
    leads = {word: tuple(new) + forms.by_lead.get(word, ()) for word, new in added.items()}
    return replace(forms, by_lead=forms.by_lead | leads) if added else forms


def countries(word: str) -> Iterator[str]:
    """What the country of a people may be called.

    >>> list(countries("Belvarans"))[:3]
    ['Belvar', 'Belvara', 'Belvara']
    """
    bare = word[:-1] if word.endswith("ns") else word
    for ending, others in _ENDINGS:
        if bare.endswith(ending):
            yield from (bare[: -len(ending)] + other for other in others)


def home(word: str, entities: Iterable[Entity]) -> str | None:
    """The party that an adjective names: of a people that lists have, or of a state that this text alone has.

    >>> home("Norwegian", ()), home("Belvaran", (Entity("belvara", "Belvara", "state", (), "Belvara", ""),))
    ('Norway', 'Belvara')
    """
    known = gazetteer().people.get(word)
    if known is None and word[:1].isupper():
        names = set(countries(word))
        return next((e.party for e in entities if e.type == "state" and e.name in names), None)
    return known


def _form(forms: Forms, word: str) -> Known | None:
    return next((known for form, known in forms.by_lead.get(word, ()) if form == word), None)


def _persons(name: str, v: View) -> bool:
    """True if the name is somebody's: after a title or a first name."""
    before = (v.lower[i - 1] for i, w in enumerate(v.words) if w == name and i and v.capital[i - 1])
    return name in first_names() or any(b in ROLES or fold_name(b) in first_names() for b in before)


def with_parties(doc: Doc, entities: tuple[Entity, ...], mentions: tuple[Mention, ...]) -> tuple[Entity, ...]:
    """`entities` where people without a party have that of the state, body or person whose office they hold."""
    known = {e.id: e for e in entities}
    at: dict[int, str] = {}
    people: list[tuple[Token, str]] = []
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or not len(span) or mention.entity not in known:
            continue
        at.setdefault(span.root.i, mention.entity)
        entity = known[mention.entity]
        named = mention.kind in ("name", "description") and entity.type == "person"
        if named and (not entity.party or _by_nation(span.root)):
            people.append((span.root, mention.entity))
    states = {e.name: e for e in entities if e.type == "state"}
    bare: dict[str, Entity | None] = {}
    for e in entities:  # "the government's envoy", where one government has been named
        if e.type == "group" and e.party:
            word = e.name.split()[-1].lower()
            bare[word] = e if word not in bare or (bare[word] or e).party == e.party else None
    found: dict[str, str] = {}
    for head, id_ in people:
        foreign = _by_nation(head)
        for owner in owners(head):
            if foreign and owner.i >= head.left_edge.i:
                continue
            by_people = (states[n] for n in countries(owner.text) if n in states and community(owner) is None)
            whose = known.get(at.get(owner.i, "")) or next(by_people, None) or listed(owner)
            if whose is None and [c.lower_ for c in owner.lefts] == ["the"]:
                whose = bare.get(owner.lower_)
            if whose is None or whose.id == id_ or _past(owner):
                continue
            if whose.type == "state" and not _in_office(head):
                continue  # a farmer from there does not speak for it
            if owner.dep_ == "poss" and (
                (
                    whose.type == "state"
                    and owner.head == head
                    and not any(c.lower_ in ROLES for c in (head, *head.lefts))
                )
                or (whose.type == "other" and owner.head.lower_ not in ROLES and owner.head != head)
            ):
                continue  # "Belvara's Ada Holt" may be anybody; "Holt's government" is nobody's by that name
            company = whose.type == "person" and " " not in whose.name and not whose.role and _runs(head)
            if whose.type in _BODIES or company:
                found.setdefault(id_, whose.party or whose.name)
        for person in masters(head):
            whose = known.get(at.get(person.i, ""))
            if whose is not None and whose.id != id_ and whose.type == "person":
                party = whose.party or found.get(whose.id)
                if party:
                    found.setdefault(id_, party)
    gone = {id_ for head, id_ in people if id_ not in found and known[id_].party}  # from there, and of no known side
    told = {id_: role for head, id_ in reversed(people) if id_ in found and (role := _role(head))}
    return tuple(
        replace(e, party=found.get(e.id), role=e.role or told.get(e.id, "")) if e.id in found or e.id in gone else e
        for e in entities
    )


def _role(head: Token) -> str:
    """What the person is told to be beside the name, in small letters: "fisheries minister"; "" if nothing."""
    for office in offices(head):
        before = [c for c in office.lefts if c.dep_ in ("amod", "compound", "nmod") and c.text.islower()]
        if office.i != head.i:
            return " ".join(t.lower_ for t in (*before, office))
    return ""


def _past(owner: Token) -> bool:
    """True of the body in "former KLF leader Ada Holt"."""
    office = owner.head
    return any(t.lower_ in ("former", "ex", "late", "onetime", "ousted") for t in (*office.lefts, *owner.lefts))


def _by_nation(head: Token) -> bool:
    """True of "the Union's envoy, Belvaran diplomat Ada Holt": whose envoy she is counts, not where she is from."""
    office = head.head if head.dep_ == "appos" else None
    if office is not None and office.dep_ == "pobj":
        office = office.head.head
    ranks = [c for c in head.lefts if c.lower_ in ("diplomat", "general", "admiral", "politician", "colonel")]
    told = [c for c in (*head.lefts, *(t for r in ranks for t in r.lefts)) if c.text[:1].isupper()]
    return office is not None and office.lower_ in ROLES and bool(ranks) and any(c not in ranks for c in told)


def _in_office(head: Token) -> bool:
    """True if what the person is told to be speaks for a state."""
    titles = [t for t in (*head.children, head.head, head) if t.lower_ in ROLES]
    words = [t.lower_ for title in titles for t in (*title.lefts, title)]
    if head.dep_ == "pobj" and head.head.lower_ == "by":
        return True  # "Belvara, led by Ada Holt"
    leads = any(c.dep_ == "relcl" and c.lemma_ in HEADS for c in head.rights)
    return leads or not titles or holds_office(words)


def _runs(head: Token) -> bool:
    """True of a chief executive, a president or a minister: whose they are is no person, whatever it seems to be."""
    near = (*head.children, head.head) if head.dep_ == "appos" else tuple(head.children)
    return any(t.lower_ in _OFFICES for t in near)
