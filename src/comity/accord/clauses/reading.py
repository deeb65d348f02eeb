"""From the text of a clause file to its tree. Every fault is one InputError with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.accord.clauses import zones
from comity.accord.clauses.blocks import Block, Field, listed, outline, unquoted
from comity.accord.clauses.clause_reading import read_clause
from comity.accord.clauses.grammar import Unreadable, parse_date, parse_value
from comity.accord.clauses.months import with_dates
from comity.accord.clauses.names import RESERVED, Names, meant, named
from comity.accord.clauses.tree import AccordTree, DefinitionTree, EventTree, Happens, Quote, Variable, ZoneTree
from comity.words import InputError

_HEADER = (
    "text", "version", "timezone", "in force from", "in force on", "in force until", "last day", "parties", "bodies",
    "watched by", "note",
)  # fmt: skip
_NAMED = re.compile(r"(?P<id>[A-Za-z_]\w*)(?:\s+[\"“](?P<name>[^\"”]*)[\"”])?\s*(?:,|$)\s*")
_EVENT = re.compile(r"(?P<name>\w+)\s*\((?P<args>[^)]*)\)\s*$")
_ID_AND_NAME = re.compile(r"(?P<id>[A-Za-z_]\w*)(?:\s+[\"“](?P<name>[^\"”]*)[\"”])?$")


def read_accord(text: str, file: str) -> AccordTree:
    """The tree of a clause file's text. Raises InputError."""
    blocks = outline(text, file)
    if not blocks or blocks[0].kind != "accord":
        raise InputError("no accord", file=file, line=1, hint='begin with: accord "Title"')
    if len(heads := [b for b in blocks if b.kind == "accord"]) > 1:
        raise InputError("a second accord", file=file, line=heads[1].line, hint="one file, one accord")
    head = blocks[0]
    fields = _header(head, file)
    parties, bodies = (_named(fields.get(name), file) for name in ("parties", "bodies"))
    if len(parties) < 2:
        line = fields["parties"].line if "parties" in fields else head.line
        raise InputError("an accord has two parties or more", file=file, line=line, hint='parties: a "A", b "B"')
    _once([(name, fields["parties"].line) for name, _ in parties] + [(n, fields["bodies"].line) for n, _ in bodies],
          "party or body", file)  # fmt: skip
    zone_trees = tuple(_zone(b, file) for b in blocks if b.kind == "zone")
    _once([(z.id, z.line) for z in zone_trees], "zone", file)
    event_trees = tuple(_event(b, file) for b in blocks if b.kind == "event")
    sorts = {
        "party": tuple(name for name, _ in parties),
        "body": tuple(name for name, _ in bodies),
        "zone": tuple(z.id for z in zone_trees),
    }
    definitions = [b for b in blocks if b.kind == "define"]
    signatures = [_signature(b, file) for b in definitions]
    _once([(e.name, e.line) for e in event_trees] + [(n, b.line) for b, (n, _) in zip(definitions, signatures,
          strict=True)], "event or definition", file)  # fmt: skip
    names = Names(file, sorts, {**{e.name: e.arguments for e in event_trees}, **dict(signatures)})
    texts = _texts(head, file)
    verifiers = tuple(
        names.id(v, ("body", "party"), fields["watched by"].line, "watched by")
        for v in listed(fields["watched by"].value if "watched by" in fields else "")
    )
    begins_on, starts = None, _date(fields.get("in force from"), file)
    if "in force on" in fields:
        begins_on = _begins_on(fields["in force on"], names)
        if starts:
            raise InputError(
                "in force from a date and on an event", file=file, line=fields["in force on"].line, hint="keep one"
            )
    ends = _date(fields.get("in force until"), file)
    if starts and ends and ends < starts:
        raise InputError("in force until a day before it begins", file=file, line=fields["in force until"].line)
    tree = AccordTree(
        file=file,
        title=unquoted(head.heading, file=file, line=head.line, name="accord"),
        timezone=_timezone(fields.get("timezone"), head, file),
        parties=parties,
        bodies=bodies,
        verifiers=verifiers,
        starts=starts,
        begins_on=begins_on,
        ends=ends,
        last_counted=_last_day(fields.get("last day"), file),
        version=fields["version"].value if "version" in fields else "",
        texts=texts,
        zones=zone_trees,
        events=event_trees,
        definitions=tuple(
            _definition(b, n, p, names, texts) for b, (n, p) in zip(definitions, signatures, strict=True)
        ),
        clauses=tuple(read_clause(b, names, texts) for b in blocks if b.kind == "clause"),
        lines={name: f.line for name, f in fields.items()},
    )
    if not tree.clauses:
        raise InputError("no clause", file=file, line=head.line, hint='write: clause 1 "Title"')
    _once([(c.id, c.line) for c in tree.clauses], "clause", file)
    return with_dates(tree)


def _once(found: list[tuple[str, int]], kind: str, file: str) -> None:
    seen: dict[str, int] = {}
    for name, line in found:
        if name in seen:
            raise InputError(f"{kind} {name!r} stands twice", file=file, line=line, hint=f"first on line {seen[name]}")
        seen[name] = line


def _header(head: Block, file: str) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for field in head.fields:
        plain = "text" if field.name.startswith("text ") else field.name
        if plain not in _HEADER:
            raise InputError(
                f"unknown field {field.name!r}", file=file, line=field.line,
                hint=meant(field.name, _HEADER, f"fields of an accord: {', '.join(_HEADER)}"),
            )  # fmt: skip
        if plain in fields and plain not in ("text", "note"):
            raise InputError(f"{plain} stands twice", file=file, line=field.line)
        fields[plain] = field
    return fields


def _named(field: Field | None, file: str) -> tuple[tuple[str, str], ...]:
    if not field:
        return ()
    found, at = list[tuple[str, str]](), 0
    while at < len(field.value):
        match = _NAMED.match(field.value, at)
        if not match:
            raise InputError(
                f"cannot be read from {field.value[at : at + 24]!r} on", file=file, line=field.line, field=field.name,
                hint='write: id "Name", id "Name"',
            )  # fmt: skip
        found.append((match["id"], match["name"] or match["id"]))
        at = match.end()
    return tuple(found)


def _timezone(field: Field | None, head: Block, file: str) -> str:
    if not field or not field.value:
        raise InputError(
            "no time zone", file=file, line=field.line if field else head.line, field="timezone",
            hint="days begin and end somewhere: write an IANA name such as Europe/Vienna",
        )  # fmt: skip
    try:
        ZoneInfo(field.value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"unknown time zone {field.value!r}", file=file, line=field.line, field="timezone",
            hint="write an IANA name such as Europe/Vienna",
        ) from None  # fmt: skip
    return field.value


def _date(field: Field | None, file: str) -> date | None:
    if not field:
        return None
    try:
        return parse_date(field.value)
    except Unreadable as error:
        raise InputError(error.what, file=file, line=field.line, field=field.name, hint=error.hint or None) from None


def _last_day(field: Field | None, file: str) -> bool | None:
    if not field:
        return None
    if field.value not in ("counted", "not counted"):
        raise InputError(
            f"cannot be read: {field.value!r}", file=file, line=field.line, field="last day",
            hint="write counted or not counted",
        )  # fmt: skip
    return field.value == "counted"


def _texts(head: Block, file: str) -> dict[str, str | None]:
    texts: dict[str, str | None] = {}
    for field in head.fields:
        if field.name == "text" or field.name.startswith("text "):
            elsewhere = field.value == "kept elsewhere"
            name = field.name.removeprefix("text").strip() or ("text" if elsewhere else field.value)
            if name in texts:
                raise InputError(f"text {name} stands twice", file=file, line=field.line)
            texts[name] = None if elsewhere else field.value
    return texts


def _zone(block: Block, file: str) -> ZoneTree:
    match = _ID_AND_NAME.match(block.heading)
    if not match:
        raise InputError("not a zone", file=file, line=block.line, hint='write: zone ID "Name"')
    geometry = ""
    for field in block.fields:
        try:
            if field.name == "band":
                geometry = zones.band(field.value)
            elif field.name == "geojson":
                geometry = zones.geojson(field.value)
            elif field.name != "note":
                raise InputError(
                    f"unknown field {field.name!r}", file=file, line=field.line, hint="fields of a zone: band, geojson"
                )
        except ValueError as error:
            raise InputError(
                str(error), file=file, line=field.line, field=field.name,
                hint="write: 5 km around 10.2 54.1, 10.4 54.3 (longitude latitude)" if field.name == "band" else None,
            ) from None  # fmt: skip
    return ZoneTree(match["id"], match["name"] or match["id"], block.line, geometry)


def _arguments(text: str, block: Block, file: str) -> tuple[tuple[str, str], ...]:
    found = list[tuple[str, str]]()
    for part in listed(text):
        words = part.split()
        if len(words) == 1 and words[0].isidentifier():
            found.append((words[0], words[0]))
        elif len(words) == 3 and words[1] == "as" and words[0].isidentifier():
            found.append((words[0], words[2]))
        else:
            raise InputError(
                f"not an argument: {part!r}", file=file, line=block.line, hint="write party, or origin as zone"
            )
    for name, _ in found:
        named(name, file=file, line=block.line)
    _once([(name, block.line) for name, _ in found], "argument", file)
    return tuple(found)


def _signature(block: Block, file: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    match = _EVENT.match(block.heading)
    if not match:
        raise InputError(
            f"not an {block.kind}: {block.heading!r}", file=file, line=block.line, hint="write: NAME (party, zone)"
        )
    return named(match["name"], file=file, line=block.line), _arguments(match["args"], block, file)


def _event(block: Block, file: str) -> EventTree:
    name, arguments = _signature(block, file)
    if name == "begins":
        raise InputError("begins is the first day in force", file=file, line=block.line, hint="choose another name")
    if any(argument in RESERVED[1:] for argument, _ in arguments):
        raise InputError(
            "source and id are filled in by every incident", file=file, line=block.line, hint="leave them out"
        )
    if any(a == "count" for a, _ in arguments[:-1]):
        raise InputError("count stands last", file=file, line=block.line)
    reads = ""
    for field in block.fields:
        if field.name != "reads":
            raise InputError(
                f"unknown field {field.name!r}", file=file, line=field.line, hint="fields of an event: reads"
            )
        reads = unquoted(field.value, file=file, line=field.line, name="reads")
        for slot in re.findall(r"\{(\w*)\}", reads):
            if slot not in [argument for argument, _ in arguments]:
                raise InputError(f"{name} has no {slot!r}", file=file, line=field.line, field="reads")
    return EventTree(name, arguments, reads, block.line)


def _begins_on(field: Field, names: Names) -> Happens:
    found: Any = parse_value("expr", field.value, file=names.file, line=field.line, name=field.name)
    if not isinstance(found, Happens) or found.when != "that day":
        raise InputError("one event is needed", file=names.file, line=field.line, hint="write: in force on: signed()")
    names.check(found, {}, field.line, field.name)
    return found


def _definition(
    block: Block, name: str, params: tuple[tuple[str, str], ...], names: Names, texts: Mapping[str, str | None]
) -> DefinitionTree:
    from comity.accord.clauses.clause_reading import quote_of

    scope = {
        p: Variable(p, sort, (*names.sorts["party"], *names.sorts["body"]) if sort in ("party", "body")
                    else names.sorts.get(sort, ()))
        for p, sort in params
    }  # fmt: skip
    means, quotes = None, list[Quote]()
    for field in block.fields:
        if field.name == "means":
            means = parse_value("expr", field.value, file=names.file, line=field.line, name="means")
            names.check(means, scope, field.line, "means")
        elif field.name.split()[0] == "quote":
            quotes.append(quote_of(field, names.file, texts))
        elif field.name != "note":
            raise InputError(
                f"unknown field {field.name!r}", file=names.file, line=field.line,
                hint="fields of a definition: means, quote",
            )  # fmt: skip
    if means is None:
        raise InputError("no meaning", file=names.file, line=block.line, hint="write: means: EVENT(…) or EVENT(…)")
    return DefinitionTree(name, params, means, block.line, tuple(quotes))
