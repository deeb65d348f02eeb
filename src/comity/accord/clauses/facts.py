"""Facts that make an expression true on a day: the stuff that scenarios are made of."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from comity.accord.clauses.formulas import Meanings
from comity.accord.clauses.names import RESERVED
from comity.accord.clauses.substitution import substitute
from comity.accord.clauses.tree import (
    Act,
    AndExpr,
    Arg,
    Breach,
    ClauseTree,
    Counted,
    Expr,
    Happens,
    InForce,
    NoneSince,
    NotExpr,
    OnDate,
    OrExpr,
    Same,
    Variable,
)

Environment = Mapping[str, str]
MOST_ENVIRONMENTS = 24


@dataclass(frozen=True, order=True)
class Fact:
    """An event of a scenario; `day` counts from the first day in force, which is day 0."""

    day: int
    kind: str
    arguments: tuple[tuple[str, str], ...] = ()
    count: int = 1
    source: str = "observer 1"
    number: int = 1
    """Tells apart reports that are otherwise the same."""


def environments(variables: tuple[Variable, ...]) -> Iterator[dict[str, str]]:
    """Values for the variables of a clause: those of `other …` differ from the one they stand beside."""
    choices = [v.among or (f"{v.name} 1", f"{v.name} 2") for v in variables]
    found = 0
    for values in product(*choices):
        chosen = dict(zip((v.name for v in variables), values, strict=True))
        if all(chosen[v.name] != chosen[v.other_than] for v in variables if v.other_than):
            yield chosen
            found += 1
            if found == MOST_ENVIRONMENTS:
                return


class Facts:
    """Makes facts for the expressions of one accord."""

    def __init__(self, meanings: Meanings) -> None:
        self.all = meanings

    def of(self, expr: Expr, day: int, env: Environment) -> list[Fact]:
        """Facts after which `expr` is true on `day`, as far as facts can make it so (a negation needs none)."""
        match expr:
            case Happens(when="ever"):
                return self.happens(expr, max(day - 1, 0), env)
            case Happens(when="within", days=days):
                return self.happens(expr, max(day - min(days, 1), 0), env)
            case Happens(when="ago", days=days):
                return self.happens(expr, day - days, env)
            case Happens():
                return self.happens(expr, day, env)
            case NoneSince(_, start):
                return self.happens(start, max(day - 1, 0), env)
            case Counted():
                return self.counted(expr, day, env)
            case AndExpr(parts):
                return [fact for part in parts for fact in self.of(part, day, env)]
            case OrExpr(parts):
                return self.of(parts[0], day, env)
            case Breach(clause):
                return self.breach(self.all.clauses[clause], day, env)
            case InForce() | OnDate() | Same() | NotExpr():
                return []
        raise AssertionError(f"no facts for {expr}")

    def happens(self, happens: Happens, day: int, env: Environment) -> list[Fact]:
        if happens.event in self.all.definitions:
            definition = self.all.definitions[happens.event]
            values = {p: self.value(a, s, env) for (p, s), a in zip(definition.params, happens.args, strict=True)}
            opened = substitute(definition.means, {p: Arg(v, "text") for p, v in values.items()})
            return self.of(opened, day, env)
        kind = next(e for e in self.all.tree.events if e.name == happens.event)
        wanted = [argument for argument in kind.arguments if argument[0] not in RESERVED]
        given = tuple((n, self.value(a, s, env)) for (n, s), a in zip(wanted, happens.args, strict=True))
        return [Fact(day, happens.event, given)]

    def value(self, arg: Arg, sort: str, env: Environment) -> str:
        if arg.kind == "any":
            return f"some {sort}"  # naming one would say more than the clause does
        return env.get(arg.value, arg.value)

    def counted(self, expr: Counted, day: int, env: Environment) -> list[Fact]:
        """As many facts as are needed, told by as many sources, all on the day."""
        (fact,) = self.happens(expr.happening, day, env)
        summed = "count" in self.all.arguments[expr.happening.event]
        number = expr.sources if summed else max(expr.least, expr.sources)
        each = math.ceil(expr.least / number) if summed else 1
        return [
            Fact(day, fact.kind, fact.arguments, each, f"observer {1 + i % expr.sources}", i + 1) for i in range(number)
        ]

    def start(self, clause: ClauseTree, day: int, env: Environment) -> list[Fact]:
        """Facts that make a clause apply on `day`."""
        found = list[Fact]()
        for expr in (clause.in_step, clause.when, *clause.conditions):
            if expr is not None:
                state = expr is clause.when and clause.must_not and clause.must_not[0].timing is None
                shown = Happens(expr.event, expr.args, "ever") if state and isinstance(expr, Happens) else expr
                found += self.of(shown, day, env)
        return found

    def breach(self, clause: ClauseTree, day: int, env: Environment) -> list[Fact]:
        """Facts after which a clause is breached, counted from `day`."""
        free = next(environments(clause.variables), {})
        env = {**free, **{name: value for name, value in env.items() if name in free}}
        if clause.must:
            return self.start(clause, day, env)
        if clause.must_not:
            return self.start(clause, day, env) + self.act(clause.must_not[0], day, env)
        return self.act(clause.may[0], day, env)

    def act(self, act: Act, day: int, env: Environment, choice: int = 0) -> list[Fact]:
        return self.happens(act.choices[choice], day, env)
