"""Names in expressions: every event, party, body, zone and variable is known, and fits where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from comity.accord.clauses.tree import (
    Act,
    AndExpr,
    Arg,
    Breach,
    Counted,
    Expr,
    Happens,
    NoneSince,
    NotExpr,
    OrExpr,
    Same,
    Variable,
)
from comity.accord.formula import Atom
from comity.accord.syntax import parse_formula
from comity.words import InputError

RESERVED = ("count", "source", "id")
"""Arguments that an incident fills in itself, in the order in which they stand last."""

ACTORS = ("party", "body")


def usable(name: str) -> bool:
    """True for a name that formulas can carry: Latin letters, digits and _, no word of the formula language.

    >>> usable("left"), usable("Fünf"), usable("SINCE"), usable("_")
    (True, False, False, False)
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or re.match(r"x\d*_", name):
        return False
    try:
        return isinstance(parse_formula(f"{name}(1)"), Atom)
    except InputError:
        return False


def named(name: str, *, file: str, line: int, field: str | None = None) -> str:
    """`name`, if it is usable. Raises InputError."""
    if usable(name):
        return name
    raise InputError(
        f"{name!r} cannot be a name", file=file, line=line, field=field,
        hint="use Latin letters, digits and _, beginning with a letter; what is shown stands in reads: or in quotes",
    )  # fmt: skip


def meant(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint: the known name nearest to `name`, or `otherwise`."""
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]}?" if near else otherwise


@dataclass(frozen=True)
class Names:
    """What the header, zones, events and definitions of a file declare: ids by sort, arguments by event."""

    file: str
    sorts: Mapping[str, tuple[str, ...]]
    events: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(name for names in self.sorts.values() for name in names)

    def sort_of(self, name: str) -> str | None:
        return next((sort for sort, names in self.sorts.items() if name in names), None)

    def id(self, name: str, sorts: tuple[str, ...], line: int, field: str) -> str:
        """`name`, checked to be an id of one of `sorts`."""
        known = [n for sort in sorts for n in self.sorts.get(sort, ())]
        if name not in known:
            wanted = " or ".join(sorts)
            heading = "a zone heading" if sorts == ("zone",) else "the header's parties or bodies"
            raise InputError(
                f"unknown {wanted} {name!r}", file=self.file, line=line, field=field,
                hint=meant(name, known, f"declare it under {heading}"),
            )  # fmt: skip
        return name

    def check(self, expr: Expr, scope: Mapping[str, Variable], line: int, field: str) -> None:
        """Raise InputError for a name in `expr` that nothing declares or that does not fit its place."""
        for part in parts(expr):
            if isinstance(part, Happens):
                self.check_event(part, scope, line, field)
            elif isinstance(part, Same):
                self._check_same(part, scope, line, field)

    def check_event(self, happens: Happens, scope: Mapping[str, Variable], line: int, field: str) -> None:
        if happens.event not in self.events:
            raise InputError(
                f"unknown event {happens.event!r}", file=self.file, line=line, field=field,
                hint=meant(happens.event, self.events, "declare it under an event heading"),
            )  # fmt: skip
        wanted = tuple((name, sort) for name, sort in self.events[happens.event] if name not in RESERVED)
        if len(happens.args) != len(wanted):
            shown = ", ".join(name for name, _ in wanted) or "nothing"
            raise InputError(
                f"{happens.event} takes {shown}; found {len(happens.args)} values", file=self.file, line=line,
                field=field, hint="write any for what does not matter",
            )  # fmt: skip
        for arg, (name, sort) in zip(happens.args, wanted, strict=True):
            self._check_arg(arg, name, sort, scope, line, f"{field}, {happens.event}({name})")

    def _check_arg(self, arg: Arg, name: str, sort: str, scope: Mapping[str, Variable], line: int, field: str) -> None:
        if arg.kind == "any":
            return
        closed = ACTORS if sort in ACTORS else (sort,)
        if arg.kind == "text":
            if sort in self.sorts:
                self.id(arg.value, closed, line, field)
            return
        variable = scope.get(arg.value)
        if variable:
            if variable.sort != sort and not (variable.sort in ACTORS and sort in ACTORS):
                raise InputError(
                    f"{arg.value} is a {variable.sort}, not a {sort}", file=self.file, line=line, field=field
                )
            return
        if sort not in self.sorts:
            raise InputError(
                f"nothing says which {sort} {arg.value!r} is", file=self.file, line=line, field=field,
                hint=f"add 'for each: {arg.value}', put a name between quotation marks, or write any",
            )  # fmt: skip
        self.id(arg.value, closed, line, field)

    def _check_same(self, same: Same, scope: Mapping[str, Variable], line: int, field: str) -> None:
        if same.name not in scope:
            raise InputError(
                f"unknown variable {same.name!r}", file=self.file, line=line, field=field,
                hint=f"add 'for each: {same.name}'",
            )  # fmt: skip
        self._check_arg(same.value, same.name, scope[same.name].sort, scope, line, field)


def parts(expr: Expr) -> Iterator[Expr]:
    """Every expression within `expr`, itself included."""
    yield expr
    if isinstance(expr, AndExpr | OrExpr):
        for part in expr.parts:
            yield from parts(part)
    elif isinstance(expr, NotExpr):
        yield from parts(expr.part)
    elif isinstance(expr, NoneSince):
        yield expr.avoided
        yield expr.start
    elif isinstance(expr, Counted):
        yield expr.happening


def happenings(expr: Expr) -> tuple[Happens, ...]:
    return tuple(part for part in parts(expr) if isinstance(part, Happens))


def variables_in(expr: Expr, scope: Iterable[str]) -> tuple[str, ...]:
    """Names of `scope` that `expr` mentions, in order of appearance, each once."""
    known = set(scope)
    found = list[str]()
    for part in parts(expr):
        args = part.args if isinstance(part, Happens) else ()
        if isinstance(part, Same):
            found.append(part.name)
            args = (part.value,)
        found += [arg.value for arg in args if arg.kind == "name"]
    return tuple(dict.fromkeys(name for name in found if name in known))


def breaches(expr: Expr) -> tuple[str, ...]:
    return tuple(part.clause for part in parts(expr) if isinstance(part, Breach))


def act_expressions(acts: Iterable[Act]) -> tuple[Happens, ...]:
    return tuple(choice for act in acts for choice in act.choices)
