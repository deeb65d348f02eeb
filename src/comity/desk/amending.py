"""Edits of an agenda: rename, merge, split, add, remove, change a field. Pure functions; nothing is written here.

An edited agenda becomes a new version in the case, so that every edit can be undone by going back to an earlier one.
That two actors' names are one person is not an edit of the agenda but a judgement (`judge_names`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from comity.case import Case
from comity.ledger import agenda_toml, parse_agenda
from comity.words import (
    Actor,
    Agenda,
    Authority,
    Decision,
    DecisionKind,
    InputError,
    Issue,
    Option,
    Party,
    Role,
    fold,
)

Entry = Party | Actor | Issue | Option
KINDS = ("party", "actor", "issue", "option")
"""What an agenda lists. An option is named ``issue/option``."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "party": ("name", "aliases", "roles", "interests", "batna"),
    "actor": ("name", "aliases", "party", "authority", "roles", "kind"),
    "issue": ("name", "description", "keywords", "kind"),
    "option": ("name", "keywords", "value", "unit"),
}
LISTS = ("aliases", "roles", "keywords")
_NAMES_OF = {"party": "aliases", "actor": "aliases", "issue": "keywords", "option": "keywords"}


def entries(agenda: Agenda, kind: str) -> tuple[tuple[str, Entry], ...]:
    """Everything of a kind with its id, in the agenda's order. Raises InputError for a kind that there is not."""
    if kind == "option":
        return tuple((f"{i.id}/{o.id}", o) for i in agenda.issues for o in i.options)
    rows: Mapping[str, tuple[Entry, ...]] = {"party": agenda.parties, "actor": agenda.actors, "issue": agenda.issues}
    if kind not in rows:
        raise InputError(f"an agenda lists no {kind!r}", field="kind", hint=f"it lists {', '.join(KINDS)}")
    return tuple((each.id, each) for each in rows[kind])


def entry(agenda: Agenda, kind: str, id_: str) -> Entry:
    """The one with this id. Raises InputError, naming those that there are."""
    found = dict(entries(agenda, kind))
    if id_ not in found:
        known = ", ".join(found) or "none"
        raise InputError(f"no {kind} is called {id_!r}", field=kind, hint=f"there are {known}")
    return found[id_]


def rename(agenda: Agenda, kind: str, id_: str, name: str) -> Agenda:
    """Another name; the id stays. What a party or an actor was called becomes an alias, so that reports still find it.

    >>> made = rename(Agenda(parties=(Party("a", "Aldermark"),), issues=(Issue("i", "I"),)), "party", "a", "Aldmark")
    >>> made.parties[0].name, made.parties[0].aliases
    ('Aldmark', ('Aldermark',))
    """
    return change(agenda, kind, id_, {"name": name})


def change(agenda: Agenda, kind: str, id_: str, fields: Mapping[str, Any]) -> Agenda:
    """Fields of one entry as given: texts, and for aliases, roles and keywords lists of texts."""
    old = entry(agenda, kind, id_)
    new: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in FIELDS[kind]:
            raise InputError(f"no field {name!r} of a {kind}", field=name, hint=f"there are {', '.join(FIELDS[kind])}")
        new[name] = _value(kind, name, value)
    if "name" in new and kind in ("party", "actor") and fold(new["name"]) != fold(old.name):
        aliases = new.get("aliases", getattr(old, "aliases", ()))
        new["aliases"] = _unique([*aliases, old.name], without=new["name"])
    return _checked(_put(agenda, kind, id_, (replace(old, **new),)))


def add(agenda: Agenda, kind: str, name: str, *, under: str = "") -> Agenda:
    """A new entry at the end; `under` is the issue of an option, or the party of an actor."""
    given = name.strip()
    taken = {id_.rpartition("/")[2] for id_, _ in entries(agenda, kind)} | _other_ids(agenda, kind)
    id_ = _slug(given, taken)
    if kind == "party":
        return _checked(replace(agenda, parties=(*agenda.parties, Party(id_, given))))
    if kind == "actor":
        return _checked(replace(agenda, actors=(*agenda.actors, Actor(id_, given, party=under or None))))
    if kind == "issue":
        return _checked(replace(agenda, issues=(*agenda.issues, Issue(id_, given, keywords=(given.lower(),)))))
    if kind == "option":
        issue = entry(agenda, "issue", under)
        assert isinstance(issue, Issue)
        taken_here = {o.id for o in issue.options}
        option = Option(_slug(given, taken_here), given, keywords=(given.lower(),))
        return _checked(_put(agenda, "issue", under, (replace(issue, options=(*issue.options, option)),)))
    raise InputError(f"an agenda lists no {kind!r}", field="kind", hint=f"it lists {', '.join(KINDS)}")


def remove(agenda: Agenda, kind: str, id_: str) -> Agenda:
    """Without one entry. Actors of a party that goes speak for nobody."""
    entry(agenda, kind, id_)
    without = _put(agenda, kind, id_, ())
    if kind == "party":
        actors = tuple(replace(a, party=None) if a.party == id_ else a for a in without.actors)
        without = replace(without, actors=actors)
    return _checked(without)


def merge(agenda: Agenda, kind: str, keep: str, gone: str) -> Agenda:
    """Two entries as one: `keep` takes the names, keywords and options of `gone`; its own fields stay."""
    if keep == gone:
        raise InputError(f"{keep!r} cannot be merged with itself", field=kind)
    one, other = entry(agenda, kind, keep), entry(agenda, kind, gone)
    if isinstance(one, Party) and isinstance(other, Party):
        joined: Entry = replace(
            one,
            aliases=_unique([*one.aliases, other.name, *other.aliases], without=one.name),
            roles=tuple(r for r in Role if r in {*one.roles, *other.roles}),
        )
    elif isinstance(one, Actor) and isinstance(other, Actor):
        joined = replace(
            one,
            aliases=_unique([*one.aliases, other.name, *other.aliases], without=one.name),
            roles=tuple(r for r in Role if r in {*one.roles, *other.roles}),
            party=one.party or other.party,
        )
    elif isinstance(one, Issue) and isinstance(other, Issue):
        known = {o.id for o in one.options}
        more = []
        for option in other.options:
            more.append(option if option.id not in known else replace(option, id=_slug(option.name, known)))
            known.add(more[-1].id)
        joined = replace(one, keywords=_unique([*one.keywords, *other.keywords]), options=(*one.options, *more))
    elif isinstance(one, Option) and isinstance(other, Option):
        if keep.partition("/")[0] != gone.partition("/")[0]:
            raise InputError("options of two issues cannot be merged", field="option", hint="merge the issues first")
        joined = replace(one, keywords=_unique([*one.keywords, other.name.lower(), *other.keywords]))
    else:  # pragma: no cover - both were looked up by one kind
        raise InputError("two kinds cannot be merged")
    merged = _put(_put(agenda, kind, gone, ()), kind, keep, (joined,))
    if kind == "party":
        actors = tuple(replace(a, party=keep) if a.party == gone else a for a in merged.actors)
        merged = replace(merged, actors=actors)
    return _checked(merged)


def split(agenda: Agenda, kind: str, id_: str, name: str, taking: Sequence[str]) -> Agenda:
    """One entry as two: a new one called `name`, right after the old, takes the aliases or keywords named; of an issue
    also options, by their ids."""
    old = entry(agenda, kind, id_)
    field = _NAMES_OF[kind]
    has: tuple[str, ...] = getattr(old, field)
    options = old.options if isinstance(old, Issue) else ()
    wanted = set(taking)
    unknown = wanted - set(has) - {o.id for o in options}
    if unknown:
        known = ", ".join([*has, *(o.id for o in options)]) or "none"
        raise InputError(f"{old.name} has no {sorted(unknown)[0]!r}", field=field, hint=f"there are {known}")
    if not wanted:
        raise InputError("nothing is taken", field=field, hint=f"say which {field} the new one takes")
    taken = tuple(each for each in has if each in wanted)
    new_id = _slug(name, {i.rpartition("/")[2] for i, _ in entries(agenda, kind)} | _other_ids(agenda, kind))
    changes: dict[str, Any] = {field: tuple(each for each in has if each not in wanted)}
    fresh: dict[str, Any] = {
        "id": new_id,
        "name": name.strip(),
        field: tuple(t for t in taken if fold(t) != fold(name)),
    }
    if isinstance(old, Issue):
        changes["options"] = tuple(o for o in options if o.id not in wanted)
        fresh["options"] = tuple(o for o in options if o.id in wanted)
        fresh[field] = taken or (name.strip().lower(),)
        fresh["description"] = ""
    if isinstance(old, Party):
        fresh |= {"interests": "", "batna": ""}
    if isinstance(old, Option):
        fresh |= {"value": None, "unit": None}
    return _checked(_put(agenda, kind, id_, (replace(old, **changes), replace(old, **fresh))))


def move(agenda: Agenda, kind: str, id_: str, by: int) -> Agenda:
    """One entry further down (`by` > 0) or up among its kind: the order of the agenda is the order shown."""
    if kind == "option":
        issue = entry(agenda, "issue", id_.partition("/")[0])
        assert isinstance(issue, Issue)
        entry(agenda, kind, id_)
        options = _moved(issue.options, [o.id for o in issue.options].index(id_.partition("/")[2]), by)
        return _checked(_put(agenda, "issue", issue.id, (replace(issue, options=options),)))
    entry(agenda, kind, id_)
    rows = tuple(each for _, each in entries(agenda, kind))
    moved = _moved(rows, [each.id for each in rows].index(id_), by)
    return _checked(_with(agenda, kind, moved))


def judge_names(case: Case, name: str, other: str, same: bool, *, coder: str, note: str = "") -> Decision:
    """Records that two names are one actor, or that they are not. Names in reports stay as they are written."""
    one, two = " ".join(name.split()), " ".join(other.split())
    if not one or not two or one == two:
        raise InputError("two different names are needed", field="name")
    kind = DecisionKind.SAME if same else DecisionKind.DIFFERENT
    return case.decide(Decision("", coder, datetime.now(UTC), kind, one, value=two, note=note))


def _moved(rows: tuple[Any, ...], at: int, by: int) -> tuple[Any, ...]:
    left = [*rows[:at], *rows[at + 1 :]]
    to = min(max(0, at + by), len(left))
    return (*left[:to], rows[at], *left[to:])


def _put(agenda: Agenda, kind: str, id_: str, new: tuple[Entry, ...]) -> Agenda:
    """The agenda with some entries in the place of one."""
    if kind == "option":
        under, _, option_id = id_.partition("/")
        issue = agenda.issue(under)
        options = tuple(n for o in issue.options for n in (new if o.id == option_id else (o,)))
        return _put(agenda, "issue", under, (replace(issue, options=options),))  # type: ignore[arg-type]
    rows = tuple(n for each_id, each in entries(agenda, kind) for n in (new if each_id == id_ else (each,)))
    return _with(agenda, kind, rows)


def _with(agenda: Agenda, kind: str, rows: tuple[Any, ...]) -> Agenda:
    """The agenda with other parties, actors or issues."""
    if kind == "party":
        return replace(agenda, parties=rows)
    return replace(agenda, actors=rows) if kind == "actor" else replace(agenda, issues=rows)


def _checked(agenda: Agenda) -> Agenda:
    """The agenda as it reads back from a file, so that nothing is set that could not be loaded. Raises InputError."""
    return parse_agenda(agenda_toml(replace(agenda, proposed=False)))


def _value(kind: str, name: str, value: Any) -> Any:
    if name in LISTS:
        items = [value] if isinstance(value, str) else list(value)
        cleaned = _unique([" ".join(str(item).split()) for item in items])
        if name != "roles":
            return cleaned
        try:
            return tuple(Role(item) for item in cleaned)
        except ValueError:
            raise InputError(f"no role in {', '.join(cleaned)}", field=name, hint=f"use {_listed(Role)}") from None
    text = str(value).strip()
    if name == "name" and not text:
        raise InputError("a name is needed", field=name)
    if name == "party":
        return text or None
    if name == "authority":
        try:
            return Authority(text or Authority.OTHER)
        except ValueError:
            raise InputError(f"{text!r} is no authority", field=name, hint=f"use {_listed(Authority)}") from None
    if name == "value":
        try:
            return float(text) if text else None
        except ValueError:
            raise InputError(f"{text!r} is no number", field=name) from None
    if name == "unit":
        return text or None
    if name == "kind":
        return text or ("person" if kind == "actor" else "substance")
    return text


def _listed(values: type[Role] | type[Authority]) -> str:
    return ", ".join(member.value for member in values)


def _unique(texts: Sequence[str], without: str = "") -> tuple[str, ...]:
    """Texts in order, each once whatever its case, without empty ones."""
    found: dict[str, str] = {}
    for text in texts:
        if text.strip() and fold(text) != fold(without):
            found.setdefault(fold(text), text)
    return tuple(found.values())


def _slug(name: str, taken: set[str]) -> str:
    """A short id from a name that nothing else has.

    >>> _slug("The Upper Sill!", {"the_upper_sill"})
    'the_upper_sill_2'
    """
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:40] or "entry"
    made, n = plain, 1
    while made in taken:
        n += 1
        made = f"{plain}_{n}"
    return made


def _other_ids(agenda: Agenda, kind: str) -> set[str]:
    """Ids of parties and actors, which share one space."""
    return {*(p.id for p in agenda.parties), *(a.id for a in agenda.actors)} if kind in ("party", "actor") else set()
