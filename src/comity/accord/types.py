"""Types of terms and variables: "int", "float" or "string". What cannot be compared or added is refused beforehand."""

from __future__ import annotations

from comity.accord.formula import (
    Aggregate,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Let,
    Matches,
    Quantified,
    Term,
    Var,
    term_variables,
)

Types = dict[str, tuple[str, ...]]
_ENDS = {"i": "int", "f": "float", "s": "string"}


def term_type(term: Term, variables: dict[str, str]) -> str:
    """The type of a term, given those of its variables; an unknown variable counts as "int"."""
    if isinstance(term, Const):
        return "string" if isinstance(term.value, str) else "int" if isinstance(term.value, int) else "float"
    if isinstance(term, Var):
        return variables.get(term.name, "int")
    if len(term.function) == 3 and term.function[1] == "2":
        return _ENDS.get(term.function[2], "int")
    return term_type(term.args[0], variables)


def variable_types(formula: Formula, types: Types) -> dict[str, str]:
    """Types of the free variables of a formula, as far as its predicates tell."""
    found: dict[str, str] = {}
    match formula:
        case Atom(name, args):
            for kind, arg in zip(types.get(name, ()), args, strict=False):
                if isinstance(arg, Var):
                    found[arg.name] = "string" if kind == "regexp" else kind
        case Let(name, params, definition, body):
            return variable_types(body, {**types, name: defined(params, definition, types)})
        case Aggregate(result, op, over, groups, part):
            inner = variable_types(part, types)
            found = {g: inner.get(g, "int") for g in groups}
            if isinstance(result, Var):
                kinds = {"CNT": "int", "AVG": "float", "MED": "float"}
                found[result.name] = kinds.get(op, inner.get(over, "int"))
        case Compare("=", left, right):
            for variable, term in ((left, right), (right, left)):
                if isinstance(variable, Var) and not term_variables(term):
                    found[variable.name] = term_type(term, {})
        case Matches(term, _, match_groups):
            found = dict.fromkeys(term_variables(term), "string")
            found |= {group.name: "string" for group in match_groups if isinstance(group, Var)}
        case _:
            for part in formula.parts:
                found = {**variable_types(part, types), **found}
            if isinstance(formula, Binary) and isinstance(formula.right, Compare) and formula.right.op == "=":
                sides = (formula.right.left, formula.right.right)
                for variable, term in (sides, sides[::-1]):
                    if isinstance(variable, Var) and variable.name not in found:
                        found[variable.name] = term_type(term, found)
    return found


def defined(params: tuple[str, ...], definition: Formula, types: Types) -> tuple[str, ...]:
    """Types of the parameters of a let-definition."""
    kinds = variable_types(definition, types)
    return tuple(kinds.get(param, "int") for param in params)


def clash(formula: Formula, types: Types, around: dict[str, str] | None = None) -> tuple[Formula, str] | None:
    """The first subformula whose types do not fit, and why; None if all do. `around`: what outer formulas bind."""
    known = {**(around or {}), **variable_types(formula, types)}
    match formula:
        case Compare(op, left, right):
            kinds = [_sure(term, known) for term in (left, right)]
            if "wrong" in kinds:
                return formula, "arithmetic needs numbers"
            if op == "SUBSTRING" and any(kind not in ("string", None) for kind in kinds):
                return formula, "SUBSTRING needs strings"
            if None not in kinds and (kinds[0] == "string") != (kinds[1] == "string"):
                return formula, f"a {kinds[0]} is compared with a {kinds[1]}"
            return None
        case Quantified(_, names, part):
            return clash(part, types, {name: kind for name, kind in known.items() if name not in names})
        case Let(name, params, definition, body):
            inner = {**types, name: defined(params, definition, types)}
            return clash(definition, types) or clash(body, inner, around)
        case Aggregate(_, op, over, groups, part):
            inside = variable_types(part, types)
            if op in ("SUM", "AVG", "MED") and inside.get(over) == "string":
                return formula, f"{op} needs numbers, and {over} is a string"
            return clash(part, types, {name: kind for name, kind in known.items() if name in groups})
        case Atom(name, args):
            for kind, arg in zip(types.get(name, ()), args, strict=False):
                found = _sure(arg, known)
                if found and (kind in ("string", "regexp")) != (found == "string"):
                    return formula, f"{name} takes a {kind} where {arg} is a {found}"
    for part in formula.parts:
        if found_clash := clash(part, types, known):
            return found_clash
    return None


def _sure(term: Term, known: dict[str, str]) -> str | None:
    """The type of a term, None if not known, "wrong" if its arithmetic mixes strings in."""
    if isinstance(term, Var):
        return known.get(term.name)
    if isinstance(term, Const):
        return term_type(term, {})
    if len(term.function) == 3 and term.function[1] == "2":
        return _ENDS.get(term.function[2])
    kinds = [_sure(arg, known) for arg in term.args]
    return "wrong" if "string" in kinds or "wrong" in kinds else kinds[0]
