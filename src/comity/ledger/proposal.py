"""An agenda proposed from readings alone, for a person to edit: the parties, who speaks for them, about what."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from comity.ledger.evidence import STANCES
from comity.ledger.matters import names_of, word_stem
from comity.ledger.polities import polities, spoken_for
from comity.ledger.sides import TITLE, Named, short_names, sides, top
from comity.ledger.topics import propose_issues
from comity.ledger.wording import STOP
from comity.words import (
    AUTHOR,
    Act,
    Actor,
    Agenda,
    Authority,
    Document,
    Entity,
    Mode,
    Party,
    Reading,
    Statement,
    fold,
    fold_name,
)
from comity.words.offices import for_state

_KIND = {"person": "person", "group": "group", "body": "body", "state": "body", "outlet": "outlet", "place": "place"}
_ROLE_WORDS = (
    (Authority.SPOKESPERSON, re.compile(r"spokes|press secretary", re.I)),
    (
        Authority.ENVOY,  # and who speaks for a government on what they hold an office for
        re.compile(
            r"envoy|negotiator|delegat|ambassador|representative|(?<!prime )\bminister\b(?!-president)|commissioner"
            r"|secretary of (?:state|defen[cs]e|the treasury|commerce|war)"
            r"|(?:foreign|home|treasury|defen[cs]e) secretary",
            re.I,
        ),
    ),
    (
        Authority.PRINCIPAL,
        re.compile(
            r"\b(?:president|prime minister|premier|chancellor|king|queen|head of (?:state|government)|leader"
            r"|secretary[- ]general)\b",
            re.I,
        ),
    ),
    (Authority.OFFICIAL_UNNAMED, re.compile(r"\b(?:unnamed|anonymous|official|source|diplomat|aide)s?\b", re.I)),
)
_NO_LONGER = re.compile(r"\b(?:former|ex|onetime|shadow|opposition)\b", re.I)


def propose_agenda(readings: Mapping[str, Reading] | Iterable[Reading], documents: Mapping[str, Document]) -> Agenda:
    """An agenda that fits these readings, with ``proposed=True``.

    Parties are states and bodies in whose name stances are told; actors are who speaks or is named in a role, with the
    party that the texts give them; issues are clusters of what stances are about, then process and prospects. The same
    readings give the same agenda in any order. What only a person can say (interests, BATNA, options) is left empty.
    """
    rows = sorted(readings.values() if isinstance(readings, Mapping) else readings, key=lambda r: r.document)
    statements = [s for r in rows for s in r.statements]
    figures = _figures(rows, statements)
    texts = [documents[name].text for name in sorted(documents)]
    found = polities(sorted({name for f in figures.values() for name in f.names}), texts)
    for key, counts in spoken_for(found, texts).items():
        if home := _home(key, figures):
            figures[home].parties.update(counts)
    owner = {form: name for name, forms in found.items() for form in forms}
    owner.update((name, figure.name) for figure in figures.values() if figure.type == "state" for name in figure.names)
    for figure in figures.values():
        words = [word.removesuffix("'s").removesuffix("’s") for word in figure.name.split()]
        if len(words) > 1 and for_state([word.lower() for word in words]):
            figure.parties.update(owner[word] for word in words if word in owner)
    homes = {key: _key(name) for key, figure in figures.items() if (name := top(figure.parties))}
    chosen = sides(figures, homes, {_key(name) for name in found}, texts)
    ids = {key: _slug(figures[key].name) for key in chosen}
    parties = _apart(
        sorted((_party(figures[key], ids[key], found) for key in chosen), key=lambda p: (fold_name(p.name), p.name))
    )
    actors = [
        _actor(figure, _party_of(figure, ids))
        for key, figure in figures.items()
        if key not in chosen and _worth_listing(figure)
    ]
    actors += [_outlet(name) for name in sorted({d.source for d in documents.values() if d.source})]
    agenda = Agenda(parties=tuple(parties), actors=tuple(_distinct(parties, actors)), proposed=True)
    offices = frozenset(word_stem(e.role.split()[-1]) for r in rows for e in r.entities if e.role)
    told = [s for s in statements if s.act is not Act.DECLINE_TO_SAY]
    issues = propose_issues(told, names_of(agenda) | offices, [documents[name] for name in sorted(documents)])
    return Agenda("", agenda.parties, agenda.actors, issues, (), True)


def _figures(rows: Iterable[Reading], statements: Iterable[Statement]) -> dict[str, Named]:
    """Figures by folded name; a lone last name joins the one longer name that ends in it, a name that another figure
    alone has as alias (an abbreviation) joins that figure."""
    found: dict[str, Named] = defaultdict(Named)
    for reading in rows:
        for entity in reading.entities:
            _note(found[_key(entity.name)], entity)
    for statement in statements:
        if statement.speaker != AUTHOR and statement.mode is not Mode.AUTHOR:
            figure = found[_key(statement.speaker)]
            figure.names[statement.speaker] += 1
            figure.spoken += 1
        if statement.holder and statement.mode is not Mode.AUTHOR and statement.act in STANCES:
            figure = found[_key(statement.holder)]
            figure.names[statement.holder] += 1
            figure.held += 1
    found.pop("", None)
    longer: dict[str, list[str]] = defaultdict(list)
    for key in found:
        if " " in key and found[key].type == "person":
            longer[key.rpartition(" ")[2]].append(key)
    for key in [k for k in sorted(found) if len(longer.get(k, ())) == 1]:
        _join(found[longer[key][0]], found.pop(key))
    called: dict[str, set[str]] = defaultdict(set)
    for key, figure in found.items():
        for alias in figure.aliases:
            called[_key(alias)].add(key)
    for key in [k for k in sorted(found) if len(called[k] - {k}) == 1]:
        (home,) = called[key] - {key}
        if home in found and key in found:
            _join(found[home], found.pop(key))
    for key, home in short_names(found).items():
        _join(found[home], found.pop(key))
    return dict(sorted(found.items()))


def _note(figure: Named, entity: Entity) -> None:
    figure.names[entity.name] += 1
    figure.aliases.update(entity.aliases)
    figure.types[entity.type] += 1
    if entity.party:
        figure.parties[entity.party] += 1
    if entity.role:
        figure.roles[entity.role] += 1


def _join(figure: Named, short: Named) -> None:
    figure.aliases.update(short.names + short.aliases)
    figure.types.update(short.types)
    figure.parties.update(short.parties)
    figure.roles.update(short.roles)
    figure.spoken += short.spoken
    figure.held += short.held


def _home(key: str, figures: Mapping[str, Named]) -> str | None:
    """The figure that a folded personal name belongs to: itself, or the only one that ends in its last word."""
    if key in figures:
        return key
    last = key.rpartition(" ")[2]
    ending = [k for k in figures if k.rpartition(" ")[2] == last]
    return ending[0] if len(ending) == 1 else None


def _party_of(figure: Named, ids: Mapping[str, str]) -> str | None:
    return ids.get(_key(top(figure.parties) or ""))


def _party(figure: Named, identity: str, found: Mapping[str, set[str]]) -> Party:
    adjectives = {form for name in figure.names for form in found.get(name, ())}
    return Party(identity, figure.name, tuple(dict.fromkeys((*_aliases(figure), *sorted(adjectives)))))


def _apart(parties: Iterable[Party]) -> list[Party]:
    """Parties with only those aliases that no other party has, each name and id once."""
    rows = list(parties)
    owners: Counter[str] = Counter()
    for row in rows:
        owners.update({fold_name(n) for n in (row.name, *row.aliases)})
    found: dict[str, Party] = {}
    for row in rows:
        if row.id not in found and fold_name(row.name) not in {fold_name(p.name) for p in found.values()}:
            kept = tuple(a for a in row.aliases if owners[fold_name(a)] == 1)
            found[row.id] = Party(row.id, row.name, kept)
    return list(found.values())


def _worth_listing(figure: Named) -> bool:
    """True for who speaks under a name or a role, and for persons whom a text gives a party and a role."""
    if all(word in STOP for word in fold(figure.name).split()):
        return False
    if figure.type not in _KIND or figure.type in ("place", "outlet"):
        return figure.spoken > 0 and figure.type != "place"
    return figure.spoken > 0 or bool(figure.type == "person" and figure.parties and figure.roles)


def _actor(figure: Named, party: str | None) -> Actor:
    words = f"{figure.name} {' '.join(figure.roles)}"
    authority = next((kind for kind, pattern in _ROLE_WORDS if pattern.search(words)), Authority.OTHER)
    if _NO_LONGER.search(words):
        authority = Authority.OTHER
    kind = _KIND.get(figure.type, "person")
    return Actor(_slug(figure.name), figure.name, _aliases(figure), party, authority, (), kind)


def _outlet(name: str) -> Actor:
    return Actor(_slug(name), name, kind="outlet")


def _aliases(figure: Named) -> tuple[str, ...]:
    """Other spellings that are names: with a capital letter, more than one letter, not only a title."""
    own = _key(figure.name)
    spellings = {a for a in (*figure.names, *figure.aliases) if a != figure.name and re.search(r"[^\W\d_a-zß-ÿ]", a)}
    kept = {a for a in spellings if len(a) > 1 and (_key(a) != own or fold_name(a) == fold_name(figure.name))}
    return tuple(sorted(kept | {a for a in spellings if len(a) > 1}, key=lambda a: (fold_name(a), a)))


def _distinct(parties: Iterable[Party], actors: Iterable[Actor]) -> list[Actor]:
    """Actors by name, each id and alias with one owner only: an alias that two share is left out of both."""
    rows = sorted(actors, key=lambda a: (fold_name(a.name), a.name, a.kind))
    owners: Counter[str] = Counter()
    for row in rows:
        owners.update({fold_name(n) for n in (row.name, *row.aliases)})
    taken = {p.id for p in parties}
    party_names = {fold_name(n) for p in parties for n in (p.name, *p.aliases)}
    found: list[Actor] = []
    listed: set[str] = set()
    for row in rows:
        key = fold_name(row.name)
        if key in listed or key in party_names:
            continue
        listed.add(key)
        identity, number = row.id, 2
        while identity in taken:
            identity, number = f"{row.id}_{number}", number + 1
        taken.add(identity)
        aliases = tuple(
            a
            for a in row.aliases
            if fold_name(a) != key and owners[fold_name(a)] == 1 and fold_name(a) not in party_names
        )
        found.append(Actor(identity, row.name, aliases, row.party, row.authority, row.roles, row.kind))
    return found


def _key(name: str) -> str:
    """A name folded, without its article and what stands before a comma ("special envoy, Ana Holt")."""
    bare = name[4:] if name[:4].casefold() == "the " else name
    _, comma, rest = bare.rpartition(", ")
    return fold_name(TITLE.sub("", rest if comma and rest[:1].isupper() else bare) or bare)


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", fold(name[4:] if name[:4].casefold() == "the " else name)).strip("_") or "unnamed"
