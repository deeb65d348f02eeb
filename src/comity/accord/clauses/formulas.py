"""What a clause means: two formulas of metric first-order temporal logic over calendar days (`Logic`).

`applies` says on which days and for whom the clause binds, `holds` what then has to be true. Every formula is guarded,
so that ``applies AND NOT holds`` has finite tables and a bounded future.
"""

from __future__ import annotations

from collections.abc import Mapping

from comity.accord.clauses.connectives import BEGINS, exists
from comity.accord.clauses.duties import Duty, Meaning
from comity.accord.clauses.names import RESERVED, parts
from comity.accord.clauses.tree import (
    AccordTree,
    Arg,
    ClauseTree,
    Counted,
    Expr,
    Happens,
)
from comity.accord.formula import (
    Atom,
    Const,
    Formula,
    Term,
    Var,
)
from comity.words import EventKind, InputError


class Meanings:
    """Meanings of the clauses of one accord; a clause may refer to the breach of another."""

    def __init__(self, tree: AccordTree) -> None:
        self.tree = tree
        self.clauses = {clause.id: clause for clause in tree.clauses}
        self.definitions = {d.name: d for d in tree.definitions}
        self.domains = {
            "party": tuple(name for name, _ in tree.parties),
            "body": tuple(name for name, _ in tree.bodies),
            "zone": tuple(z.id for z in tree.zones),
        }
        self.arguments = _arguments(tree)
        self._done: dict[str, Meaning] = {}
        self._under_way: list[str] = []

    def events(self) -> tuple[EventKind, ...]:
        return tuple(EventKind(e.name, self.arguments[e.name], e.reads) for e in self.tree.events)

    def of(self, clause_id: str) -> Meaning:
        """The meaning of a clause that has one. Raises InputError."""
        if clause_id in self._under_way:
            clause = self.clauses[clause_id]
            raise InputError(
                f"clause {clause_id} is defined by its own breach", file=self.tree.file, line=clause.line_of("when"),
                field="when",
                hint="break the circle " + " → ".join([*self._under_way, clause_id]),
            )  # fmt: skip
        if clause_id not in self._done:
            self._under_way.append(clause_id)
            self._done[clause_id] = Duty(self, self.clauses[clause_id]).meaning()
            self._under_way.pop()
        return self._done[clause_id]

    def in_force(self) -> Formula:
        """The event that is true on the first day in force."""
        if self.tree.begins_on is None:
            return BEGINS
        wildcards = list[str]()
        atom = self.atom(self.tree.begins_on, {}, wildcards)
        return exists(wildcards, atom)

    def atom(self, happens: Happens, keep: Mapping[str, str], wildcards: list[str]) -> Formula:
        """The atom of an event. What does not matter becomes a fresh variable, listed in `wildcards`.

        `keep` names variables for arguments that the incident fills in itself ("id", "source", "count").
        """
        terms = list[Term]()
        declared = iter(happens.args)
        for name in self.arguments[happens.event]:
            arg = Arg("any", "any") if name in RESERVED else next(declared)
            if name in keep:
                terms.append(Var(keep[name]))
            elif arg.kind == "any":
                wildcards.append(f"x{len(wildcards) + 1}_{name}")
                terms.append(Var(wildcards[-1]))
            elif arg.kind == "text" or arg.value in self.known_ids:
                terms.append(Const(arg.value))
            else:
                terms.append(Var(arg.value))
        return Atom(happens.event, tuple(terms))

    @property
    def known_ids(self) -> tuple[str, ...]:
        return tuple(i for ids in self.domains.values() for i in ids)

    def delay(self, clause_id: str) -> int:
        """Days from a day on which a clause applies until its breach is certain."""
        window = self.of(clause_id).window
        return window[1] if window else 0


def _arguments(tree: AccordTree) -> dict[str, tuple[str, ...]]:
    """Arguments of every event kind, those that incidents fill in last and only where some clause counts."""
    ids, sources = set[str](), set[str]()
    exprs = [e for c in tree.clauses for e in _expressions(c)] + [d.means for d in tree.definitions]
    for expr in exprs:
        for part in parts(expr):
            if isinstance(part, Counted):
                ids.add(part.happening.event)
                if part.sources > 1:
                    sources.add(part.happening.event)
    return {
        e.name: (
            *(name for name, _ in e.arguments),
            *(("source",) if e.name in sources else ()),
            *(("id",) if e.name in ids else ()),
        )
        for e in tree.events
    }


def _expressions(clause: ClauseTree) -> list[Expr]:
    found = [*clause.conditions, *clause.unless, *clause.exceptions, *clause.only, *clause.terminated]
    found += [e for e in (clause.when, clause.in_step) if e is not None]
    return found + list(clause.suspended or ())
