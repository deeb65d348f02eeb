"""Who a name is, by the agenda: parties and actors by id, name and alias, and where a text names a party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from comity.ledger.wording import content
from comity.words import Actor, Agenda, Authority, Party, Role, fold, fold_name

_ADJECTIVE = r"(?:n|an|ian|ish|ese|ic|i|ine|ite)?s?"
_REMEMBERED = 20_000
"""In so many quotes the parties named are remembered."""
_GO_BETWEEN = {Role.MEDIATOR, Role.GUARANTOR, Role.VERIFIER}
_AUTHORITY_WORDS = (
    (
        Authority.SPOKESPERSON,
        re.compile(r"\bspokes(?:man|woman|person|people)\b|\bpress (?:secretary|office|service)\b"),
    ),
    (
        Authority.OFFICIAL_UNNAMED,
        re.compile(r"\b(?:officials?|sources?|diplomats?|aides?|insiders?|persons?|people)\b"),
    ),
    (Authority.ENVOY, re.compile(r"\b(?:envoys?|negotiators?|delegat\w+|ambassadors?|representatives?)\b")),
    (
        Authority.PRINCIPAL,
        re.compile(
            r"\b(?:president|prime minister|premier|chancellor|king|queen|emir|secretary[- ]general|chairman)\b"
        ),
    ),
)


class Names:
    """Looks names up in an agenda. `same` maps a name to the one that a person judged to be the same actor.

    >>> from comity.words import Party
    >>> names = Names(Agenda(parties=(Party("n", "Northland", ("the Northerners",)),)))
    >>> names.party("northerners"), names.party("Nobody")
    ('n', None)
    >>> names.parties_in("Northland's fleet met Northlandish boats")
    {'n': [(0, 9, True), (22, 34, False)]}
    """

    def __init__(self, agenda: Agenda, same: Mapping[str, str] | None = None) -> None:
        self.agenda, self.same = agenda, dict(same or {})
        self._party: dict[str, Party] = {}
        self._actor: dict[str, Actor] = {}
        for party in agenda.parties:
            for key in _keys(party.id, party.name, *party.aliases):
                self._party.setdefault(key, party)
        for actor in agenda.actors:
            for key in _keys(actor.id, actor.name, *actor.aliases):
                self._actor.setdefault(key, actor)
        self._known: dict[str, str | None] = {}
        self._voices: dict[str, tuple[Authority, bool]] = {}
        self._said: dict[str, dict[str, list[tuple[int, int, bool]]]] = {}
        self._between = {party.id for party in agenda.parties if _GO_BETWEEN & set(party.roles)}

    def canonical(self, name: str) -> str:
        """`name`, or the name of the actor that a person judged it to be."""
        return self.same.get(name, name)

    def actor(self, name: str | None) -> Actor | None:
        """The agenda's actor of this name, id or alias."""
        return self._actor.get(_key(self.canonical(name))) if name else None

    def party(self, name: str | None) -> str | None:
        """Id of the party that a name is or speaks for, or None."""
        if not name:
            return None
        if name not in self._known:
            key = _key(self.canonical(name))
            party, actor = self._party.get(key), self._actor.get(key)
            self._known[name] = party.id if party else actor.party if actor else None
        return self._known[name]

    def shown(self, party_id: str) -> str:
        """The name under which a party is shown."""
        party = self._party.get(_key(party_id))
        return party.name if party else party_id

    def goes_between(self, party_id: str | None) -> bool:
        """True if a party has a role beside or above the sides (mediator, guarantor, verifier)."""
        return party_id in self._between

    def authority(self, speaker: str) -> Authority:
        """With what authority a name speaks: the agenda's word, else what the name itself says.

        >>> Names(Agenda()).authority("a senior official")
        <Authority.OFFICIAL_UNNAMED: 'official_unnamed'>
        """
        if actor := self.actor(speaker):
            return actor.authority
        if _key(speaker) in self._party:
            return Authority.SPOKESPERSON
        plain = fold(speaker)
        return next((kind for kind, words in _AUTHORITY_WORDS if words.search(plain)), Authority.OTHER)

    def voice(self, speaker: str) -> tuple[Authority, bool]:
        """`authority` and `is_outlet` of a name, remembered."""
        known = self._voices.get(speaker)
        if known is None:
            known = self._voices[speaker] = (self.authority(speaker), self.is_outlet(speaker))
        return known

    def is_outlet(self, speaker: str) -> bool:
        """True if the agenda knows the speaker as an outlet."""
        actor = self.actor(speaker)
        return bool(actor and actor.kind == "outlet")

    @cached_property
    def stems(self) -> frozenset[str]:
        """Content stems of all names: what two statements share by naming the same people is not their content."""
        rows: list[Party | Actor] = [*self.agenda.parties, *self.agenda.actors]
        found = {stem for row in rows for name in (row.name, *row.aliases) for stem in content(name)}
        return frozenset(found | {stem + "n" for stem in found} | {stem + "ian" for stem in found})

    @cached_property
    def subjects(self) -> dict[str, frozenset[str]]:
        """Meanings of the words by which the agenda knows each issue, by its id."""
        words = {i.id: (i.name, *(keyword.rstrip("*") for keyword in i.keywords)) for i in self.agenda.issues}
        return {issue: frozenset(stem for word in row for stem in content(word)) for issue, row in words.items()}

    @cached_property
    def _pattern(self) -> tuple[re.Pattern[str], dict[str, str]]:
        owner: dict[str, str] = {}
        for party in self.agenda.parties:
            for name in (party.name, *party.aliases):
                owner.setdefault(_bare(name), party.id)
        for actor in self.agenda.actors:
            if actor.party:
                for name in (actor.name, *actor.aliases):
                    owner.setdefault(_bare(name), actor.party)
        pieces = []
        for name in sorted(owner, key=lambda n: (-len(n), n)):
            root = re.escape(name) if len(name) < 5 else re.escape(name[:-1]) + re.escape(name[-1]) + "?"
            ending = _ADJECTIVE if len(name) >= 5 else ""
            pieces.append(root if len(name) < 4 else f"(?i:{root}{ending})")
        joined = "|".join(pieces) or "(?!)"
        return re.compile(rf"(?<![\w-])(?:{joined})(?P<of>['’]s?)?(?!\w)"), owner

    def parties_in(self, text: str) -> dict[str, list[tuple[int, int, bool]]]:
        """Where `text` names each party, itself or through its actors; the flag is True for a possessive.

        Adjectives of a name count as the name where they are built on it regularly.
        """
        known = self._said.get(text)
        if known is not None:
            return known
        pattern, owner = self._pattern
        found: dict[str, list[tuple[int, int, bool]]] = {}
        for match in pattern.finditer(text):
            word = match[0].removesuffix(match["of"] or "")
            if party := self._owner(word, owner):
                found.setdefault(party, []).append((match.start(), match.start() + len(word), match["of"] is not None))
        if len(self._said) >= _REMEMBERED:
            self._said.clear()
        self._said[text] = found
        return found

    def _owner(self, word: str, owner: Mapping[str, str]) -> str | None:
        plain = fold(word)
        best = [name for name in owner if fold(name) == plain]
        best = best or [name for name in owner if len(name) >= 5 and plain.startswith(fold(name[:-1]))]
        return owner[max(best, key=lambda name: (len(name), name))] if best else None


@lru_cache(maxsize=65536)
def _key(name: str) -> str:
    return fold_name(_bare(name).replace("_", " "))


def _keys(*names: str) -> Iterable[str]:
    return [_key(name) for name in names if name]


def _bare(name: str) -> str:
    """`name` without its article."""
    return name[4:] if name[:4].casefold() == "the " else name
