"""Which names are of one and the same: spellings of a surname, short and full forms, letters and what they spell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from comity.reading.name_forms import Forms, Known, slug
from comity.reading.name_spans import Span
from comity.reading.name_view import View
from comity.reading.roles import HONORIFICS
from comity.words import Entity, Mention, fold, fold_name

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PREFIXES = frozenset({"al", "el", "von", "van", "de", "della", "da", "du", "di", "bin", "ibn", "ter", "den"})
"""What stands before a surname and is no first name: "Al Nour", "Von der Heide"."""
_ARTICLE = re.compile(r"^(?:[ae]l|ul|a[dnrstz]|ash|e[ds])-(?=\w)", re.I)
_KINDS = frozenset({"person", "group", "state", "body", "place", "outlet", "platform", "other"})


@dataclass
class Card:
    """What is gathered of one entity while reading."""

    id: str
    name: str
    type: str
    party: str | None = None
    role: str = ""
    given: str = ""
    fixed: bool = False
    first: int = -1
    count: int = 0
    forms: list[str] = field(default_factory=list)

    def entity(self) -> Entity:
        aliases = tuple(dict.fromkeys(f for f in self.forms if f != self.name))
        return Entity(self.id, self.name, self.type or "other", aliases, self.party, self.role)


class Register:
    """The entities of one text, in the order in which they are met."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.cards: dict[str, Card] = {}
        self.by_surname: dict[str, list[str]] = {}
        self.by_text: dict[str, str] = {}
        for key, known in forms.surnames.items():
            self.by_surname.setdefault(key, []).append(known.id)
        self._known = {known.id: known for known in forms.surnames.values()}

    def known(self, known: Known) -> Card:
        """The card of a known entity."""
        card = self.cards.get(known.id)
        if card is None:
            given = fold_name(known.name.split()[0]) if known.type == "person" and " " in known.name else ""
            card = Card(known.id, known.name, known.type, known.party, known.role, given, fixed=True)
            self.cards[known.id] = card
        return card

    def person(self, words: list[str], place: int = 0) -> Card:
        """The card of the person of this name: the same surname and no other first name.

        Of several with a bare surname, the one most spoken of before `place`; else whom the text first names in full.
        """
        words = [w for w in words if w.lower() not in _SUFFIXES] or words
        given = fold_name(words[0]) if len(words) > 1 and words[0].lower() not in _PREFIXES else ""
        surname = _surname(words[-1])
        for card in self._bearers(surname, place):
            if not given or not card.given or _same_given(given, card.given):
                if given and not card.given:
                    card.given = given
                if len(words) > len(card.name.split()) and not card.fixed:
                    card.name = " ".join(words)
                return card
        if not given:
            same = [c for c in self.cards.values() if c.type == "person" and c.given == surname]
            if len(same) == 1:
                return same[0]
        card = Card(self._new_id(" ".join(words)), " ".join(words), "person", given=given)
        self.cards[card.id] = card
        self.by_surname.setdefault(surname, []).append(card.id)
        if len(words) > 2:  # of two surnames the first is used alone
            self.by_surname.setdefault(fold_name(words[-2]), []).insert(0, card.id)
        return card

    def surname(self, word: str, place: int = 0) -> Card | None:
        """The card of a person whose surname this is, if there is one already."""
        return next(iter(self._bearers(_surname(word), place)), None)

    def _bearers(self, surname: str, place: int) -> list[Card]:
        found = [
            self.cards.get(id_) or self.known(self._known[id_])
            for id_ in self.by_surname.get(surname, [])
            if id_ in self.cards or id_ in self._known
        ]
        return sorted(found, key=lambda c: (not 0 <= c.first < place, -c.count, c.first))

    def other(self, name: str, type_: str, party: str | None = None) -> Card:
        """The card of anything that is no person, by its name."""
        key = f"{fold(name)}|{'place' if type_ == 'place' else ''}"
        id_ = self.by_text.get(key)
        if id_ is None:
            id_ = self._new_id(name if type_ != "place" or slug(name) not in self.cards else f"{name} place")
            self.by_text[key] = id_
            self.cards[id_] = Card(id_, name, type_, party)
        card = self.cards[id_]
        if card.type in ("", "other") and type_ in _KINDS:
            card.type = type_
        card.party = card.party or party
        return card

    def alias(self, name: str, card: Card) -> None:
        """`name` stands for `card` from here on."""
        self.by_text.setdefault(f"{fold(name)}|", card.id)
        card.forms.append(name)

    def spelt(self, letters: str) -> Card | None:
        """The only body or group met so far whose name has these initials."""
        found = [
            c for c in self.cards.values() if c.type in ("body", "group", "other") and _initials(c.name) == letters
        ]
        return found[0] if len(found) == 1 and len(letters) > 1 else None

    def named(self, name: str) -> Card | None:
        """The card of exactly this name, if there is one already."""
        id_ = self.by_text.get(f"{fold(name)}|") or self.by_text.get(f"{fold(name)}|place")
        return self.cards.get(id_) if id_ else None

    def _new_id(self, name: str) -> str:
        base = slug(name)
        id_, n = base, 2
        while id_ in self.cards or id_ in self._known:
            id_, n = f"{base}_{n}", n + 1
        return id_


def _initials(name: str) -> str:
    """ABC of "Aldous Betterment Council"; "" for a name of one word."""
    words = [w for w in re.split(r"[\s-]+", name) if w[:1].isupper()]
    return "".join(w[0] for w in words) if len(words) > 1 else ""


def _surname(word: str) -> str:
    """A surname for comparison: without an Arabic article.

    >>> _surname("al-Haddad") == _surname("Haddad"), _surname("Lund-Berg")
    (True, 'lund berg')
    """
    return fold_name(_ARTICLE.sub("", word))


def _same_given(a: str, b: str) -> bool:
    return a == b or (a[0] == b[0] and (len(a) == 1 or len(b) == 1 or a.startswith(b[:3]) or b.startswith(a[:3])))


def settled(v: View, spans: list[Span], register: Register) -> list[Span]:
    """`spans` without adjectives, and with what one place tells of a word taken to all: a person here is one there."""
    told: dict[str, str] = {}
    surnames = set(register.by_surname)
    for span in spans:
        if span.type == "person":
            surnames.add(fold_name(v.words[span.end - 1]))
            if span.end - span.core > 2:
                surnames.add(fold_name(v.words[span.end - 2]))
        if span.end - span.core == 1 and span.type not in ("", "other", "modifier"):
            told.setdefault(v.lower[span.core], span.type)
    out = []
    for span in spans:
        if span.type in ("", "other", "modifier") and span.end - span.core == 1 and span.known is None:
            word = v.lower[span.core]
            if fold_name(word) in surnames:
                span = replace(span, type="person", start=span.core)
            elif word in told:
                span = replace(span, type=told[word])
            elif span.type == "modifier":
                continue
        out.append(span)
    return out


def link(v: View, spans: list[Span], register: Register) -> list[Mention]:
    """Mentions of all `spans`, full names of people before short ones so that these find them."""
    cards: dict[int, Card] = {}
    for n, span in enumerate(spans):
        if span.known is not None:
            cards[n] = register.known(span.known)
        elif span.type == "person" and span.end - span.core > 1:
            cards[n] = register.person(v.name(span.core, span.end), n)
        if n in cards and cards[n].first < 0:
            cards[n].first = n
    for n, span in enumerate(spans):
        if n not in cards:
            cards[n] = _beside(v, spans, cards, n, register) or _card(v, span, register, n)
        card = cards[n]
        card.count += 1
        card.party = card.party or span.party
        if span.role.rstrip(".") in HONORIFICS:
            card.forms.append(v.source[v.starts[span.start] : v.end(span.end - 1)])
        else:
            card.role = card.role or span.role
    for card in register.cards.values():
        full = register.named(card.party) or register.spelt(card.party) if card.party else None
        if full is not None and full.type in ("body", "group"):
            card.party = full.party or full.name
    out = []
    for n, span in enumerate(spans):
        start, end = v.starts[span.start], v.end(span.end - 1)
        surface = v.source[v.starts[span.core] : end]
        if surface not in cards[n].forms:
            cards[n].forms.append(surface)
        out.append(Mention(start, end, cards[n].id, "name"))
    return out


def _card(v: View, span: Span, register: Register, n: int) -> Card:
    words = v.name(span.core, span.end)
    name = v.source[v.starts[span.core] : v.end(span.end - 1)]
    shown = (
        " ".join(v.text[v.starts[span.core] : v.end(span.end - 1)].split())
        if v.text != v.source
        else " ".join(name.split())
    )
    if len(words) == 1 and span.type in ("", "person", "other", "place"):
        person = register.surname(words[0], n)
        if person is not None and (span.type != "place" or person.type == "person"):
            return person
    if span.type == "person":
        return register.person(words, n)
    known = register.named(shown)
    if known is not None and span.type in ("", "other"):
        return known
    if known is None and shown.isupper() and (spelt := register.spelt(shown)) is not None:
        register.alias(shown, spelt)
        return spelt
    card = register.other(shown, span.type, span.party)
    letters = _letters_after(v, span.end)
    if letters:
        register.alias(letters, card)
    return card


def _beside(v: View, spans: list[Span], cards: dict[int, Card], n: int, register: Register) -> Card | None:
    """The card of the name before, if this one spells its letters out: "ABC [Aldous Betterment Council]"."""
    span, before = spans[n], spans[n - 1] if n else None
    if before is not None and n - 1 in cards and _alias_of(v, before, span):
        return _called(v, span, cards[n - 1], register)
    if before is None or span.start != before.end + 1 or v.words[before.end] not in "([" or n - 1 not in cards:
        return None
    letters = v.words[before.end - 1]
    if before.end - before.core != 1 or not letters.isupper() or len(letters) < 2:
        return None
    if v.words[span.core][:1] != letters[0] or span.end - span.core < 2:
        return None
    register.alias(v.text[v.starts[span.core] : v.end(span.end - 1)], cards[n - 1])
    return cards[n - 1]


def _alias_of(v: View, before: Span, span: Span) -> bool:
    """True of the second name in "General Omar Said, widely known as Tiger", "the KLF (also called the Front)"."""
    if (
        span.known is not None
        or span.role
        or before.type in ("state", "place", "outlet")
        or not 0 < span.start - before.end <= _NEAR_ALIAS
    ):
        return False
    between = v.lower[before.end : span.start]
    return not _CALLED.isdisjoint(between) and {*between} <= _CALLED | _CALLING


def _called(v: View, span: Span, card: Card, register: Register) -> Card:
    name = v.text[v.starts[span.core] : v.end(span.end - 1)]
    register.alias(name, card)
    if card.type == "person" and span.end - span.core == 1:
        register.by_surname.setdefault(_surname(name), []).append(card.id)
    return card


_CALLED = frozenset({"known", "alias", "nicknamed", "aka", "guerre", "called"})
_CALLING_WORDS = """
    , ( - – as widely better also commonly popularly often universally more simply by his her its the who is was
    nom de acronym nickname
"""
_CALLING = frozenset(_CALLING_WORDS.split())
_NEAR_ALIAS = 8


def _letters_after(v: View, end: int) -> str:
    """ABC of "Long Name (ABC)"."""
    if end + 2 < len(v.words) and v.words[end] in "([" and v.words[end + 2] in ")]":
        word = v.words[end + 1]
        if re.fullmatch(r"[A-Z][A-Za-z\-]{1,9}", word) and sum(c.isupper() for c in word) > 1:
            return word
    return ""
