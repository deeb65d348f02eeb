"""MonPoly's log format: ``@time P(1,2)(3,4) Q("a")`` with one time-point an ``@``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from comity.accord.formula import Value
from comity.accord.syntax import Signature
from comity.words import InputError

Row = tuple[Value, ...]
Database = dict[str, set[Row]]


class TimePoint(NamedTuple):
    """What happened together: index, time in seconds, and rows by predicate."""

    index: int  # type: ignore[assignment]  # nobody looks for a field by its value
    time: float
    events: Database


_TOKEN = re.compile(r'\s+|#[^\n]*|(?P<at>@)|(?P<string>"[^"]*")|(?P<op>[(),;])|(?P<word>[^\s(),;@"]+)')


def parse_log(text: str, signature: Signature, file: str | None = None) -> Iterator[TimePoint]:
    """The time-points of a log, in order. Raises InputError naming the line.

    Time may stand still but not go back. A predicate that the signature does not declare is at fault.
    """
    index, time, events = -1, 0.0, Database()
    name: str | None = None
    row: list[str | tuple[str]] | None = None
    expect_time, last = False, None
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise InputError(f"unexpected character {text[at]!r}", file=file, line=text.count("\n", 0, at) + 1)
        at = match.end()
        kind = match.lastgroup
        if kind is None:
            continue
        token = match[0]
        if kind == "at" and row is None:
            if index >= 0:
                yield TimePoint(index, time, events)
            index, events, name, expect_time = index + 1, Database(), None, True
        elif expect_time:
            time = _time(token, text, at, file)
            if last is not None and time < last:
                raise InputError(
                    f"time goes back from {last:g} to {time:g}", file=file, line=text.count("\n", 0, at) + 1
                )
            last, expect_time = time, False
        elif row is not None:
            if token == ")":
                if name is None or index < 0:
                    raise InputError("a tuple without a predicate", file=file, line=text.count("\n", 0, at) + 1)
                events.setdefault(name, set()).add(_typed(name, row, signature, text, at, file))
                row = None
            elif token != ",":
                row.append((token[1:-1],) if kind == "string" else token)
        elif token == "(":
            row = []
        elif kind == "word":
            name = token
            if name not in signature.predicates:
                raise InputError(
                    f"unknown predicate {name!r}", file=file, line=text.count("\n", 0, at) + 1,
                    hint="declare it in the signature",
                )  # fmt: skip
            if not signature.predicates[name]:
                events.setdefault(name, set()).add(())  # a bare name is the event of a predicate without arguments
    if row is not None:
        raise InputError("the log ends inside a tuple", file=file, line=text.count("\n") + 1)
    if index >= 0:
        yield TimePoint(index, time, events)


def _time(token: str, text: str, at: int, file: str | None) -> float:
    try:
        value = float(token)
    except ValueError:
        raise InputError(f"not a time: {token!r}", file=file, line=text.count("\n", 0, at) + 1) from None
    return int(value) if value == int(value) else value


def _typed(name: str, row: list[str | tuple[str]], signature: Signature, text: str, at: int, file: str | None) -> Row:
    types = signature.predicates[name]
    if len(types) != len(row):
        raise InputError(
            f"{name} takes {len(types)} values, found {len(row)}", file=file, line=text.count("\n", 0, at) + 1
        )
    values = list[Value]()
    for kind, raw in zip(types, row, strict=True):
        plain = raw[0] if isinstance(raw, tuple) else raw
        try:
            values.append(int(plain) if kind == "int" else float(plain) if kind == "float" else plain)
        except ValueError:
            raise InputError(f"{name}: {plain!r} is no {kind}", file=file, line=text.count("\n", 0, at) + 1) from None
    return tuple(values)
