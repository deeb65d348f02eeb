"""MonPoly's log format: ``@time P(1,2)(3,4) Q("a")`` with one time-point an ``@``.

A log is read piece by piece, each with array operations where it is plain and token by token where it is not.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from comity.accord.formula import Value, show_number
from comity.accord.scan import Scanned, scan
from comity.accord.syntax import Signature
from comity.words import InputError

Row = tuple[Value, ...]
Database = dict[str, set[Row]]
_PIECE = 1 << 18


class TimePoint(NamedTuple):
    """What happened together: index, time in seconds, and rows by predicate."""

    index: int  # type: ignore[assignment]  # nobody looks for a field by its value
    time: float
    events: Database


def parse_log(text: str, signature: Signature, file: str | None = None, *, strict: bool = True) -> Iterator[TimePoint]:
    """The time-points of a log given as text; see `read_log`. `file` is named in errors."""
    return read_log(io.BytesIO(text.encode("utf8", "surrogatepass")), signature, file, strict=strict)


def read_log(
    source: Path | BinaryIO, signature: Signature, file: str | None = None, *, strict: bool = True
) -> Iterator[TimePoint]:
    """The time-points of a log, in order, reading no further than asked for.

    Time may stand still but not go back: in strict mode that is an InputError with the line. Otherwise the whole log is
    read and time-points are put in order of time (those of equal time stay as they are). A predicate that the
    signature does not declare is at fault too.

    >>> from comity.accord.syntax import parse_signature
    >>> [p.time for p in parse_log("@5 P(1) @3 P(2)", parse_signature("P(int)"), strict=False)]
    [3, 5]
    """
    if isinstance(source, Path):
        file = file or str(source)
        try:
            with source.open("rb") as opened:
                yield from read_log(opened, signature, file, strict=strict)
        except OSError as error:
            raise InputError(error.strerror or str(error), file=file) from None
        return
    if strict:
        yield from _in_order(source, signature, file)
        return
    found = list[tuple[float, Database]]()
    for piece, line in _numbered(source):
        scanned = scan(piece, signature)
        if scanned is not None:
            found += databases(scanned)
        else:
            found += read_tokens(_decoded(piece, file, line), signature, file, line=line, strict=False)
    found.sort(key=lambda each: each[0])
    for index, (time, events) in enumerate(found):
        yield TimePoint(index, time, events)


def _in_order(source: BinaryIO, signature: Signature, file: str | None) -> Iterator[TimePoint]:
    index, last = 0, -math.inf
    for piece, line in _numbered(source):
        scanned = scan(piece, signature)
        if scanned is not None:
            found = databases(scanned)
        else:
            found = read_tokens(_decoded(piece, file, line), signature, file, line=line)
        first = next(found, None)
        if first is None:
            continue
        if first[0] < last:
            raise InputError(
                f"time goes back from {show_number(last)} to {show_number(first[0])}", file=file, line=line
            )
        yield TimePoint(index, *first)
        last = first[0]
        for last, events in found:
            index += 1
            yield TimePoint(index, last, events)
        index += 1


def _numbered(source: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Pieces of a log, each with the number of its first line."""
    line = 1
    for piece in pieces(source):
        yield piece, line
        line += piece.count(b"\n")


def _decoded(piece: bytes, file: str | None, line: int) -> str:
    try:
        return piece.decode("utf8", "surrogatepass")
    except UnicodeDecodeError as error:
        at = line + piece.count(b"\n", 0, error.start)
        raise InputError("not UTF-8", file=file, line=at, hint="save the file as UTF-8") from None


def pieces(source: BinaryIO, size: int = _PIECE) -> Iterator[bytes]:
    """The bytes of a log in pieces that begin with ``@`` at the start of a line, none cut inside a string."""
    rest = b""
    while block := source.read(size):
        rest += block
        cut = rest.rfind(b"\n@") + 1
        if cut and rest.count(b'"', 0, cut) % 2 == 0:
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def databases(scanned: Scanned) -> Iterator[tuple[float, Database]]:
    """Time and events of each time-point of a scanned log, each made when it is asked for."""
    times = scanned.times.tolist()
    names, found, places = list[str](), list[Row](), [np.zeros(0, np.int64)]
    for name, relation in scanned.relations.items():
        names += [name] * len(relation.points)
        found += rows(scanned, name)
        places.append(relation.points)
    points = np.concatenate(places)
    order = np.argsort(points, kind="stable").tolist()
    if len(order) == len(times) and (np.bincount(points, minlength=len(times)) == 1).all():
        for time, k in zip(times, order, strict=True):
            yield time, {names[k]: {found[k]}}
        return
    counts = np.bincount(points, minlength=len(times)).tolist() if len(times) else []
    at = 0
    for time, count in zip(times, counts, strict=True):
        events: Database = {}
        for k in order[at : at + count]:
            events.setdefault(names[k], set()).add(found[k])
        at += count
        yield time, events


def rows(scanned: Scanned, name: str) -> Iterator[Row]:
    """The rows of a predicate, in order of time-point."""
    relation = scanned.relations[name]
    if not relation.columns:
        return iter([()] * len(relation.points))
    texts = scanned.strings
    columns = [
        [texts[place] for place in column.tolist()] if text else column.tolist()
        for column, text in zip(relation.columns, relation.texts, strict=True)
    ]
    return zip(*columns, strict=True)


_TOKEN = re.compile(r'\s+|#[^\n]*|(?P<at>@)|(?P<string>"[^"]*")|(?P<op>[(),;])|(?P<word>[^\s(),;@"]+)')


def read_tokens(
    text: str, signature: Signature, file: str | None = None, *, line: int = 1, strict: bool = True
) -> Iterator[tuple[float, Database]]:
    """Times and events of a log whose first line is number `line`, token by token.

    Raises InputError naming the line. Time may stand still; in strict mode it may not go back.
    """

    def fault(what: str, at: int, hint: str | None = None) -> InputError:
        return InputError(what, file=file, line=line + text.count("\n", 0, at), hint=hint)

    started, time, events = False, 0.0, Database()
    name: str | None = None
    row: list[str | tuple[str]] | None = None
    expect_time, last = False, None
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise fault(f"unexpected character {text[at]!r}", at)
        at = match.end()
        kind = match.lastgroup
        if kind is None:
            continue
        token = match[0]
        if kind == "at" and row is None and not expect_time:
            if started:
                yield time, events
            started, events, name, expect_time = True, Database(), None, True
        elif expect_time:
            try:
                time = _number(token)
            except ValueError:
                raise fault(f"not a time: {token!r}", at) from None
            if strict and last is not None and time < last:
                raise fault(f"time goes back from {show_number(last)} to {show_number(time)}", at)
            last, expect_time = time, False
        elif row is not None:
            if token == ")":
                if name is None or not started:
                    raise fault("a tuple without a predicate", at)
                try:
                    events.setdefault(name, set()).add(_typed(name, row, signature.predicates[name]))
                except ValueError as error:
                    raise fault(str(error), at) from None
                row = None
            elif token != ",":
                row.append((token[1:-1],) if kind == "string" else token)
        elif token == "(":
            row = []
        elif token in "),":
            raise fault(f"{token!r} outside a tuple", at)
        elif kind == "word":
            name = token
            if name not in signature.predicates:
                raise fault(f"unknown predicate {name!r}", at, "declare it in the signature")
            if not started:
                raise fault(f"{name} before the first time", at, "begin with @ and a time")
            if not signature.predicates[name]:
                events.setdefault(name, set()).add(())  # a bare name is the event of a predicate without arguments
    if row is not None:
        raise fault("the log ends inside a tuple", len(text))
    if expect_time:
        raise fault("the log ends after @", len(text), "write a time behind @")
    if started:
        yield time, events


def _number(token: str) -> float:
    """A time: whole if it can be, so that seconds since 1970 are told exactly."""
    value = float(token)
    if not math.isfinite(value):
        raise ValueError(token)
    return int(token) if token.lstrip("-").isdecimal() else int(value) if value == int(value) else value


def _typed(name: str, row: list[str | tuple[str]], types: tuple[str, ...]) -> Row:
    if len(types) != len(row):
        raise ValueError(f"{name} takes {len(types)} values, found {len(row)}")
    values = list[Value]()
    for kind, raw in zip(types, row, strict=True):
        plain = raw[0] if isinstance(raw, tuple) else raw
        try:
            values.append(int(plain) if kind == "int" else float(plain) if kind == "float" else plain)
        except ValueError:
            raise ValueError(f"{name}: {plain!r} is no {kind}") from None
    return tuple(values)
