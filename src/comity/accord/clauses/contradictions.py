"""Clauses and definitions that cannot mean anything: they ask for a thing and its contrary, or take all of it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from comity.accord.clauses.names import act_expressions, happenings
from comity.accord.clauses.substitution import substitute
from comity.accord.clauses.tree import (
    AccordTree,
    AndExpr,
    ClauseTree,
    DefinitionTree,
    Expr,
    Happens,
    NotExpr,
    OrExpr,
    Same,
)
from comity.words import InputError

Literal = tuple[bool, Expr]
_MOST = 256
"""Alternatives looked at; a longer condition is left to the scenarios."""


def refuse_contradictions(tree: AccordTree) -> None:
    """Raise InputError for the first definition or clause that contradicts itself."""
    definitions = {d.name: d for d in tree.definitions}
    for definition in tree.definitions:
        _refuse_circle(definition, definitions, tree.file)
    for definition in tree.definitions:
        if not possible(definition.means, definitions):
            raise InputError(
                f"the definition of {definition.name} can never be met: it asks for a thing and its contrary",
                file=tree.file, line=definition.line, field="means",
            )  # fmt: skip
    for clause in tree.clauses:
        _refuse_clause(clause, definitions, tree)


def _refuse_circle(start: DefinitionTree, definitions: Mapping[str, DefinitionTree], file: str) -> None:
    path = [start.name]

    def walk(definition: DefinitionTree) -> None:
        for happens in happenings(definition.means):
            if happens.event == start.name:
                raise InputError(
                    f"{start.name} is defined by itself", file=file, line=start.line, field="means",
                    hint="break the circle " + " → ".join([*path, start.name]),
                )  # fmt: skip
            if happens.event in definitions and happens.event not in path:
                path.append(happens.event)
                walk(definitions[happens.event])
                path.pop()

    walk(start)


def alternatives(expr: Expr, definitions: Mapping[str, DefinitionTree], negated: bool = False) -> list[set[Literal]]:
    """The ways in which `expr` can be true, each as the literals it asks for; definitions are opened."""
    match expr:
        case NotExpr(part):
            return alternatives(part, definitions, not negated)
        case AndExpr(parts) | OrExpr(parts):
            every = [alternatives(part, definitions, negated) for part in parts]
            if isinstance(expr, OrExpr) != negated:
                return [ways for part in every for ways in part][:_MOST]
            return [set[Literal]().union(*combined) for combined, _ in zip(product(*every), range(_MOST), strict=False)]
        case Same(name, value, flipped):
            return [{(negated == flipped, Same(name, value))}]
        case Happens(event, args, "that day") if event in definitions:
            opened = definitions[event]
            values = {p: a for (p, _), a in zip(opened.params, args, strict=False)}
            return alternatives(substitute(opened.means, values), definitions, negated)
    return [{(not negated, expr)}]


def possible(expr: Expr, definitions: Mapping[str, DefinitionTree]) -> bool:
    """False if every way of meeting `expr` asks for a thing and its contrary, or for two values of one variable."""
    return any(_consistent(ways) for ways in alternatives(expr, definitions))


def _consistent(literals: set[Literal]) -> bool:
    if any((not positive, expr) in literals for positive, expr in literals):
        return False
    values: dict[str, set[str]] = {}
    for positive, expr in literals:
        if positive and isinstance(expr, Same):
            values.setdefault(expr.name, set()).add(str(expr.value))
    return all(len(found) == 1 for found in values.values())


def _refuse_clause(clause: ClauseTree, definitions: Mapping[str, DefinitionTree], tree: AccordTree) -> None:
    def fail(what: str, field: str, hint: str | None = None) -> InputError:
        return InputError(
            f"clause {clause.id} {what}", file=tree.file, line=clause.line_of(field), field=field, hint=hint
        )

    trigger = [e for e in (clause.when, clause.in_step) if e is not None]
    together: Sequence[Expr] = [*trigger, *clause.conditions]
    if together and not possible(AndExpr(tuple(together)), definitions):
        raise fail(
            "can never apply: its trigger and its conditions exclude each other", "if" if clause.conditions else "when"
        )
    for name, acts in (("must", clause.must), ("must not", clause.must_not), ("may", clause.may)):
        for act in act_expressions(acts):
            if not possible(act, definitions):
                raise fail("asks for what its own definition excludes", name)
            for field, exprs in (("except", clause.exceptions), ("unless", clause.unless)):
                for expr in exprs:
                    if name != "may" and _implied(act, expr, definitions):
                        what = "takes back all that it says: the exception is the act itself"
                        raise fail(what, field, "narrow the exception")
    for field, exprs in (("except", clause.exceptions),):
        for expr in exprs:
            for start in trigger:
                if clause.must and _implied(start, expr, definitions):
                    raise fail("never applies: it excepts its own trigger", field)


def _implied(act: Expr, exception: Expr, definitions: Mapping[str, DefinitionTree]) -> bool:
    """True if whenever `act` happens, so does `exception` (seen from their literals alone)."""
    excepted = alternatives(exception, definitions)
    return all(any(ways <= way for ways in excepted) for way in alternatives(act, definitions))
