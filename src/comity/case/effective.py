"""Which decisions count, once retractions are taken into account. A pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from comity.words import Decision, DecisionKind


def effective(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that stand, in the order recorded: those that no standing retraction undoes.

    `decisions` come in the order recorded. A retraction undoes one decision recorded before it; a retraction of a
    retraction brings the decision back. Retractions themselves are left out. What two decisions on one field mean
    together is not settled here (usually the later holds).

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> first = Decision("1", "ada", at, DecisionKind.REJECT, "doc:3-9:Envoy")
    >>> undo = Decision("2", "ada", at, DecisionKind.RETRACT, "1")
    >>> redo = Decision("3", "bo", at, DecisionKind.RETRACT, "2")
    >>> [d.id for d in effective([first, undo])], [d.id for d in effective([first, undo, redo])]
    ([], ['1'])
    """
    undone: set[str] = set()
    standing: list[Decision] = []
    for decision in reversed(tuple(decisions)):
        if decision.id in undone:
            continue
        if decision.kind is DecisionKind.RETRACT:
            undone.add(decision.target)
        else:
            standing.append(decision)
    return tuple(reversed(standing))


def admitted(decisions: Iterable[Decision], hidden: Callable[[Decision], bool]) -> tuple[Decision, ...]:
    """`decisions` without the hidden ones, such that what stands still stands and what was undone stays undone.

    Where a decision or any retraction that goes back to it is hidden, only the decision itself is told, and only if it
    stands: leaving out a hidden retraction alone would bring back what it undid.

    >>> from datetime import UTC, datetime
    >>> from comity.words import Handling
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> first = Decision("1", "ada", at, DecisionKind.REJECT, "doc:3-9:Envoy")
    >>> undo = Decision("2", "ada", at, DecisionKind.RETRACT, "1", handling=Handling.INTERNAL)
    >>> admitted([first, undo], lambda d: d.handling is not Handling.PUBLIC)
    ()
    """
    given = tuple(decisions)
    root: dict[str, str] = {}
    for decision in given:
        back = root.get(decision.target) if decision.kind is DecisionKind.RETRACT else None
        root[decision.id] = back or decision.id
    touched = {root[d.id] for d in given if hidden(d)}
    standing = {d.id for d in effective(given)}
    return tuple(d for d in given if root[d.id] not in touched or (d.id in standing and not hidden(d)))
