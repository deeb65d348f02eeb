"""What a clause file says, as values: expressions, steps, clauses. No meaning yet; `formulas` gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from comity.words import Standing


@dataclass(frozen=True)
class Arg:
    """An argument of an event: a variable, a constant (id or quoted), or `any`."""

    value: str
    kind: str = "name"  # "name" (variable, party, body or zone), "text" (quoted), "any"

    def __str__(self) -> str:
        return f'"{self.value}"' if self.kind == "text" else self.value


class Expr:
    """Base of expressions: true or false on a day."""


@dataclass(frozen=True)
class Happens(Expr):
    """An event that day, or (`when`) "ever" before, "within" the last `days`, or at least `days` "ago"."""

    event: str
    args: tuple[Arg, ...] = ()
    when: str = "that day"
    days: int = 0

    def __str__(self) -> str:
        return f"{self.event}({', '.join(map(str, self.args))})"


@dataclass(frozen=True)
class NoneSince(Expr):
    """No `avoided` on any day after the last `start`, and there was a `start`."""

    avoided: Happens
    start: Happens


@dataclass(frozen=True)
class Counted(Expr):
    """At least `least` events in `days` days up to this one, from at least `sources` different sources."""

    least: int
    happening: Happens
    days: int
    sources: int = 1


@dataclass(frozen=True)
class Breach(Expr):
    """The breach of another clause became certain."""

    clause: str


@dataclass(frozen=True)
class InForce(Expr):
    """The first day in force."""


@dataclass(frozen=True)
class OnDate(Expr):
    day: date


@dataclass(frozen=True)
class Same(Expr):
    """A variable is (or, negated, is not) a value."""

    name: str
    value: Arg
    negated: bool = False


@dataclass(frozen=True)
class NotExpr(Expr):
    part: Expr


@dataclass(frozen=True)
class AndExpr(Expr):
    parts: tuple[Expr, ...]


@dataclass(frozen=True)
class OrExpr(Expr):
    parts: tuple[Expr, ...]


@dataclass(frozen=True)
class Timing:
    """When an act is due. `low` and `high` are days after the trigger, both counted, or `first` and `last` are dates.

    `every` is the length in days of a stretch in each of which the act is owed. `edge` says whether the last day
    counts as the file states it ("" = as the header says); `assumed` marks what no text states.
    """

    low: int = 0
    high: int | None = None
    first: date | None = None
    last: date | None = None
    every: int | None = None
    edge: str = ""
    assumed: bool = False
    relative: bool = False
    """The last day depends on whether it is counted ("within 14 days", "before 3 March")."""
    months: int | None = None
    """Calendar months from `since` (None: from the first day in force); `last` is then worked out by `months`."""
    since: date | None = None


@dataclass(frozen=True)
class Act:
    """One step: any of `choices` within `timing`; `chained` steps count from the step before."""

    choices: tuple[Happens, ...]
    timing: Timing | None = None
    chained: bool = False


@dataclass(frozen=True)
class Variable:
    """A variable of a clause: its sort, the ids it ranges over (empty: whatever reports name), and what it is not."""

    name: str
    sort: str
    among: tuple[str, ...] = ()
    other_than: str = ""

    @property
    def finite(self) -> bool:
        return bool(self.among)


@dataclass(frozen=True)
class Quote:
    text: str
    source: str
    line: int


@dataclass(frozen=True)
class ZoneTree:
    id: str
    name: str
    line: int
    geometry: str = ""


@dataclass(frozen=True)
class EventTree:
    """An event kind; arguments are (name, sort)."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    reads: str
    line: int


@dataclass(frozen=True)
class DefinitionTree:
    name: str
    params: tuple[tuple[str, str], ...]
    means: Expr
    line: int
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class ClauseTree:
    """A clause as written. `lines` tells where each field stands; `raw` keeps its words for comparison of versions."""

    id: str
    title: str
    line: int
    standing: Standing = Standing.AGREED
    proposer: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    variables: tuple[Variable, ...] = ()
    holder: tuple[str, ...] = ()
    counterpart: tuple[str, ...] = ()
    must: tuple[Act, ...] = ()
    must_not: tuple[Act, ...] = ()
    may: tuple[Act, ...] = ()
    when: Expr | None = None
    conditions: tuple[Expr, ...] = ()
    unless: tuple[Expr, ...] = ()
    unless_timing: tuple[Timing | None, ...] = ()
    """For each of `unless`, the days within which it releases; None: until the time is up."""
    exceptions: tuple[Expr, ...] = ()
    only: tuple[Expr, ...] = ()
    in_step: Expr | None = None
    suspended: tuple[Expr, Expr] | None = None
    terminated: tuple[Expr, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    verifier: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    after_inferred: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    why_not: str = ""
    statements: tuple[str, ...] = ()
    note: str = ""
    lines: dict[str, int] = field(default_factory=dict, hash=False, compare=False)
    raw: tuple[tuple[str, str], ...] = ()

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)


@dataclass(frozen=True)
class AccordTree:
    """A whole file. `last_counted` None: the header does not say whether the last day of a deadline counts."""

    file: str
    title: str
    timezone: str
    parties: tuple[tuple[str, str], ...]
    bodies: tuple[tuple[str, str], ...]
    verifiers: tuple[str, ...]
    starts: date | None
    begins_on: Happens | None
    ends: date | None
    last_counted: bool | None
    version: str
    texts: dict[str, str | None]
    zones: tuple[ZoneTree, ...]
    events: tuple[EventTree, ...]
    definitions: tuple[DefinitionTree, ...]
    clauses: tuple[ClauseTree, ...]
    lines: dict[str, int]
