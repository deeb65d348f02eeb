"""Which statements people have decided on, and which of them since the queue was folded."""

from __future__ import annotations

from comity.case import Case
from comity.case.paging import decisions_in_brief, kinds_since
from comity.desk import keeping
from comity.words import DecisionKind

_CODING = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT, DecisionKind.CODE)


class Decided:
    """Targets of the decisions on statements that stand: `all`, and those `newly` decided on since then."""

    def __init__(self, all_: frozenset[str], newly: frozenset[str]) -> None:
        self.all, self.newly = all_, newly

    @classmethod
    def of(cls, case: Case, head: keeping.Head) -> Decided:
        told = decisions_in_brief(case)
        undone: set[str] = set()
        standing = set()
        for each in reversed(told):
            if each.id in undone:
                continue
            if each.kind is DecisionKind.RETRACT:
                undone.add(each.target)
            elif each.kind in _CODING:
                standing.add(each.target)
        newer = kinds_since(case, head.revision.decisions)
        since = {target for kind, target, _ in newer if kind in _CODING}
        before = {each.target for each in told[: len(told) - len(newer)] if each.kind in _CODING}
        return cls(frozenset(standing), frozenset((standing & since) - before))
