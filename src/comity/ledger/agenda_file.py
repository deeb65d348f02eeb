"""The agenda as a TOML file that a person edits: reading it with every mistake named, and writing it out.

Layout::

    title = "…"

    [[party]]          id, name, aliases, roles, interests, batna
    [[actor]]          id, name, aliases, party, authority, roles, kind
    [[issue]]          id, name, description, keywords, kind
    [[issue.option]]   id, name, keywords, value, unit
    [[source]]         source, grade
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn

from comity.ledger.toml_lines import key_lines
from comity.words import Actor, Agenda, Authority, InputError, Issue, Option, Party, Role, SourceGrade, fold_name

_KINDS_OF_ACTOR = ("person", "group", "body", "outlet", "place")
_KINDS_OF_ISSUE = ("substance", "process", "prospects")
_FIELDS = {
    "": ("title", "proposed", "party", "actor", "issue", "source"),
    "party": ("id", "name", "aliases", "roles", "interests", "batna"),
    "actor": ("id", "name", "aliases", "party", "authority", "roles", "kind"),
    "issue": ("id", "name", "description", "keywords", "kind", "option"),
    "issue.option": ("id", "name", "keywords", "value", "unit"),
    "source": ("source", "grade"),
}


def load_agenda(path: Path | str) -> Agenda:
    """The agenda in the TOML file at `path`.

    Raises
    ------
    InputError
        If the file cannot be read or its content does not fit; names file, line (where known) and field.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"cannot read the agenda: {reason}", file=str(path), hint="give a TOML file") from None
    return parse_agenda(text, file=str(path))


def parse_agenda(toml_text: str, file: str | None = None) -> Agenda:
    """The agenda that a TOML text stands for. Raises InputError naming line and field of what does not fit.

    >>> agenda = parse_agenda('''
    ... [[party]]
    ... id = "north"
    ... name = "Northland"
    ... [[issue]]
    ... id = "fish"
    ... name = "Fishing quota"
    ... ''')
    >>> agenda.issues[0].name
    'Fishing quota'
    >>> parse_agenda('[[party]]\\nid = "n"\\nnmae = "N"', file="a.toml")
    Traceback (most recent call last):
    comity.words.errors.InputError: a.toml, line 3, party[1].nmae: unknown key 'nmae'; did you mean 'name'?
    """
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at line ")
        line = int(where.split(",")[0]) if where[:1].isdigit() else None
        raise InputError(f"not TOML: {what}", file=file, line=line, hint="mend this line") from None
    return _Parser(data, key_lines(toml_text), file).agenda()


class _Parser:
    """Walks the parsed TOML and knows at which line each key stands."""

    def __init__(self, data: dict[str, Any], lines: Mapping[str, int], file: str | None) -> None:
        self.data, self.lines, self.file = data, lines, file

    def fail(self, what: str, field: str, hint: str | None = None) -> NoReturn:
        line = self.lines.get(field) or self.lines.get(field.rpartition(".")[0])
        raise InputError(what, file=self.file, line=line, field=field, hint=hint)

    def agenda(self) -> Agenda:
        self.known(self.data, "", "")
        parties = tuple(self.party(row, field) for row, field in self.tables("party"))
        actors = tuple(self.actor(row, field) for row, field in self.tables("actor"))
        issues = tuple(self.issue(row, field) for row, field in self.tables("issue"))
        grades = tuple(
            SourceGrade(self.text(row, "source", field, needed=True), self.text(row, "grade", field, needed=True))
            for row, field in self.tables("source")
        )
        self.unique([(f"party[{i}].id", p.id) for i, p in enumerate(parties, 1)] + _ids("actor", actors))
        self.unique(_ids("issue", issues))
        for number, issue in enumerate(issues, 1):
            self.unique(_ids(f"issue[{number}].option", issue.options))
        self.aliases("party", parties)
        self.aliases("actor", actors)
        party_ids = [party.id for party in parties]
        for number, actor in enumerate(actors, 1):
            if actor.party is not None and actor.party not in party_ids:
                hint = _nearest(actor.party, party_ids) or "add it as a [[party]] or leave the key out"
                self.fail(f"unknown party {actor.party!r}", f"actor[{number}].party", hint)
        if not issues:
            self.fail("no issue is listed", "issue", "add an [[issue]] with id, name and keywords")
        return Agenda(
            self.text(self.data, "title", ""), parties, actors, issues, grades, self.flag(self.data, "proposed")
        )

    def party(self, row: dict[str, Any], field: str) -> Party:
        given = {"roles": self.roles(row, field)} if "roles" in row else {}
        return Party(
            self.text(row, "id", field, needed=True),
            self.text(row, "name", field, needed=True),
            self.texts(row, "aliases", field),
            interests=self.text(row, "interests", field),
            batna=self.text(row, "batna", field),
            **given,
        )

    def actor(self, row: dict[str, Any], field: str) -> Actor:
        return Actor(
            self.text(row, "id", field, needed=True),
            self.text(row, "name", field, needed=True),
            self.texts(row, "aliases", field),
            self.text(row, "party", field) or None,
            Authority(self.one_of(row, "authority", field, _values(Authority), Authority.OTHER.value)),
            self.roles(row, field),
            self.one_of(row, "kind", field, _KINDS_OF_ACTOR, "person"),
        )

    def issue(self, row: dict[str, Any], field: str) -> Issue:
        return Issue(
            self.text(row, "id", field, needed=True),
            self.text(row, "name", field, needed=True),
            self.text(row, "description", field),
            self.texts(row, "keywords", field),
            tuple(self.option(option, name) for option, name in self.tables("issue.option", row, f"{field}.option")),
            self.one_of(row, "kind", field, _KINDS_OF_ISSUE, "substance"),
        )

    def option(self, row: dict[str, Any], field: str) -> Option:
        value = row.get("value")
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            self.fail(f"expected a number, found {value!r}", f"{field}.value")
        return Option(
            self.text(row, "id", field, needed=True),
            self.text(row, "name", field, needed=True),
            self.texts(row, "keywords", field),
            None if value is None else float(value),
            self.text(row, "unit", field) if "unit" in row else None,
        )

    def tables(
        self, kind: str, parent: dict[str, Any] | None = None, field: str = ""
    ) -> list[tuple[dict[str, Any], str]]:
        """The rows of an array of tables, each with the name it has in messages, keys checked."""
        parent, name, field = self.data if parent is None else parent, kind.rpartition(".")[2], field or kind
        rows = parent.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.fail(f"expected a list of tables, found {rows!r}", field, f"write [[{kind}]]")
        named = [(row, f"{field}[{number}]") for number, row in enumerate(rows, 1)]
        for row, where in named:
            self.known(row, kind, where)
        return named

    def known(self, row: dict[str, Any], kind: str, field: str) -> None:
        for key in row:
            if key not in _FIELDS[kind]:
                hint = _nearest(key, _FIELDS[kind]) or f"known are {', '.join(_FIELDS[kind])}"
                self.fail(f"unknown key {key!r}", f"{field}.{key}" if field else key, hint)

    def text(self, row: dict[str, Any], key: str, field: str, needed: bool = False) -> str:
        where = f"{field}.{key}" if field else key
        if needed and key not in row:
            self.fail(f"{key!r} is missing", where, f'add {key} = "…"')
        value = row.get(key, "")
        if not isinstance(value, str):
            self.fail(f"expected text in quotation marks, found {value!r}", where)
        if needed and not value.strip():
            self.fail(f"{key!r} is empty", where)
        return value

    def texts(self, row: dict[str, Any], key: str, field: str) -> tuple[str, ...]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(f"expected a list of texts, found {value!r}", f"{field}.{key}", f'write {key} = ["…", "…"]')
        return tuple(value)

    def flag(self, row: dict[str, Any], key: str) -> bool:
        value = row.get(key, False)
        if not isinstance(value, bool):
            self.fail(f"expected true or false, found {value!r}", key)
        return value

    def one_of(self, row: dict[str, Any], key: str, field: str, allowed: Iterable[str], default: str) -> str:
        value = self.text(row, key, field) if key in row else default
        self.check(value, f"{field}.{key}", allowed)
        return value

    def roles(self, row: dict[str, Any], field: str) -> tuple[Role, ...]:
        values = self.texts(row, "roles", field)
        for value in values:
            self.check(value, f"{field}.roles", _values(Role))
        return tuple(Role(value) for value in values)

    def check(self, value: str, field: str, allowed: Iterable[str]) -> None:
        if value not in (names := list(allowed)):
            self.fail(f"{value!r} is none of {', '.join(names)}", field, _nearest(value, names))

    def unique(self, named: Iterable[tuple[str, str]]) -> None:
        seen: dict[str, str] = {}
        for field, value in named:
            if value in seen:
                self.fail(f"id {value!r} stands twice (first in {seen[value]})", field, "give each its own id")
            seen[value] = field

    def aliases(self, kind: str, rows: Iterable[Party | Actor]) -> None:
        """No name may stand for two parties, or for two actors: linking would have to guess."""
        owner: dict[str, str] = {}
        for number, row in enumerate(rows, 1):
            for alias in (row.name, *row.aliases):
                key = fold_name(alias)
                if owner.setdefault(key, row.id) != row.id:
                    self.fail(
                        f"{alias!r} stands for {owner[key]!r} and for {row.id!r}",
                        f"{kind}[{number}].{'name' if alias == row.name else 'aliases'}",
                        "keep it with one of them",
                    )


def _values(kind: type[Enum]) -> list[str]:
    return [str(member.value) for member in kind]


def _ids(kind: str, rows: Iterable[Actor | Issue | Option]) -> list[tuple[str, str]]:
    return [(f"{kind}[{number}].id", row.id) for number, row in enumerate(rows, 1)]


def _nearest(word: str, known: Iterable[str]) -> str | None:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else None
