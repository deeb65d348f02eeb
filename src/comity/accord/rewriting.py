"""Formulas rearranged so that they can be monitored, where an equivalent one has finite tables and they have not.

Only equivalences of classical logic are used: conjuncts in another order, NOT pushed through AND and OR, AND and EXISTS
spread over OR. What is monitorable as it stands is left as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.accord.formula import Aggregate, Atom, Binary, Formula, Let, Not, Prefix, Quantified, Temporal
from comity.accord.monitorable import NotMonitorable, check, check_shape, normal_form
from comity.accord.syntax import Signature
from comity.words import InputError

MOST = 400
"""Parts of a formula that is rearranged; a longer one is left as it is."""
SPREAD = 3
"""How often a conjunction is spread over OR, which doubles it each time."""


def prepared(formula: Formula, signature: Signature) -> Formula:
    """The normal form of a formula, rearranged if it has to be. Raises NotMonitorable for it as it stands."""
    normal = normal_form(formula)
    try:
        check(normal, signature)
    except NotMonitorable:
        found = rearranged(normal)
        if found == normal or set(found.free) != set(normal.free):
            raise
        try:
            check(found, signature)
        except NotMonitorable as further:
            if isinstance(further.part, Prefix | Temporal):  # an interval, which no other order mends
                raise
            found = normal
        if found == normal:
            raise
        return found
    return normal


def rearranged(formula: Formula) -> Formula:
    """An equivalent of a formula in normal form, monitorable if this can be had so.

    >>> from comity.accord.monitorable import normal_form
    >>> from comity.accord.syntax import parse_formula
    >>> str(rearranged(normal_form(parse_formula("FORALL x. P(x) IMPLIES Q(x)"))))
    'NOT (EXISTS x. (P(x) AND (NOT Q(x))))'
    """
    if _monitorable(formula) or _size(formula) > MOST:
        return formula
    match formula:
        case Not(part):
            return _not(rearranged(part))
        case Binary("AND", _, _):
            return _and([c for part in _conjuncts(formula) for c in _conjuncts(rearranged(part))])
        case Binary("OR", left, right):
            return Binary("OR", rearranged(left), rearranged(right))
        case Quantified(op, names, part):
            inner = rearranged(part)
            if isinstance(inner, Binary) and inner.op == "OR" and not _monitorable(inner):
                return Binary("OR", *(rearranged(_some(op, names, side)) for side in (inner.left, inner.right)))
            return _some(op, names, inner)
        case Prefix() | Aggregate():
            return replace(formula, part=rearranged(formula.part))
        case Temporal():
            return replace(formula, left=rearranged(formula.left), right=rearranged(formula.right))
        case Let():
            return replace(formula, definition=rearranged(formula.definition), body=rearranged(formula.body))
    return formula


def _monitorable(formula: Formula) -> bool:
    try:
        check_shape(formula, {name: len(args) for name, args in _atoms(formula)})
    except InputError:
        return False
    return True


def _atoms(formula: Formula) -> list[tuple[str, tuple[object, ...]]]:
    own: list[tuple[str, tuple[object, ...]]] = [(formula.name, formula.args)] if isinstance(formula, Atom) else []
    return own + [atom for part in formula.parts for atom in _atoms(part)]


def _size(formula: Formula) -> int:
    return 1 + sum(map(_size, formula.parts))


def _some(op: str, names: Sequence[str], part: Formula) -> Formula:
    kept = tuple(name for name in names if name in part.free)
    return Quantified(op, kept, part) if kept else part


def _not(part: Formula) -> Formula:
    """The negation of a formula that is rearranged, pushed inwards if that makes it monitorable."""
    if isinstance(part, Not):
        return part.part
    if isinstance(part, Binary) and not _monitorable(Not(part)):
        turned = Binary("OR" if part.op == "AND" else "AND", _not(part.left), _not(part.right))
        found = rearranged(turned)
        if _monitorable(found):
            return found
    return Not(part)


def _conjuncts(formula: Formula) -> list[Formula]:
    if isinstance(formula, Binary) and formula.op == "AND":
        return [*_conjuncts(formula.left), *_conjuncts(formula.right)]
    return [formula]


def _and(parts: Sequence[Formula], spread: int = SPREAD) -> Formula:
    """The conjunction in an order in which each part is monitorable beside those before it, as near ours as can be."""
    waiting, done = list(parts), None
    while waiting:
        fits = next((p for p in waiting if _monitorable(p if done is None else Binary("AND", done, p))), None)
        if fits is None:
            break
        waiting.remove(fits)
        done = fits if done is None else Binary("AND", done, fits)
    for at, part in enumerate(waiting if spread else ()):  # none of these fits as it is
        rest = [*([done] if done else []), *waiting[:at], *waiting[at + 1 :]]
        if isinstance(part, Not) and isinstance(part.part, Binary):
            op = "OR" if part.part.op == "AND" else "AND"
            part = Binary(op, _not(part.part.left), _not(part.part.right))
            if op == "AND":
                return _and([*rest, *_conjuncts(part)], spread - 1)
        if isinstance(part, Binary) and part.op == "OR" and rest:
            found = Binary("OR", *(_and([*rest, *_conjuncts(side)], spread - 1) for side in (part.left, part.right)))
            if _monitorable(found):
                return found
            break
    for part in waiting:
        done = part if done is None else Binary("AND", done, part)
    assert done is not None
    return done
