"""Tensions by inference: what follows from some statements does not fit others."""

from __future__ import annotations

from collections.abc import Iterator

from comity.ledger.evidence import Take
from comity.ledger.rulebook import rule
from comity.ledger.tensions.assessments import gloomy
from comity.ledger.tensions.finding import Findings, few, tension
from comity.ledger.wording import content
from comity.words import Act, Certainty, StatusClaim, Tension, TensionKind

_NEARNESS = frozenset(content("near progress breakthrough serious ready advance agreement"))
_SET = (StatusClaim.SCHEDULED, StatusClaim.AGREED)


@rule("tension.gate_passed", "tension")
def gate_passed(found: Findings) -> Iterator[Tension]:
    """A party said that it would come to a meeting or talks only on a condition; the meeting is set. So, by its own
    word, it takes the condition to be met. That does not fit statements that the condition is not met: judgements of no
    progress where the condition is about nearness, else what is said against the same thing."""
    evidence = found.evidence
    process = [t for issue in found.of_kind("process") for t in found.current[issue]]
    prospects = [t for issue in found.of_kind("prospects") for t in found.current[issue]]
    gates = [t for t in process if t.supports and t.conditional and t.act in (Act.CONDITION, Act.COMMIT, Act.ACCEPT)]
    for gate in gates[:24]:
        sides = _sides(found, gate)
        set_ = [t for t in process if t is not gate and _is_set(t) and sides <= _sides(found, t)]
        if not set_ or len(sides) < 2:
            continue
        condition = frozenset(content(evidence.condition(gate))) - gate.names
        if condition & _NEARNESS:
            inferred = [t for t in prospects if t.statement.certainty is Certainty.INFERRED and t.sign > 0]
            unmet = [t for t in prospects if gloomy(t)]
            unmet = [t for t in unmet if t.statement.status is StatusClaim.STALLED] + [
                t for t in unmet if t.statement.status is not StatusClaim.STALLED
            ]
        else:
            inferred = []
            unmet = [
                t for rows in found.current.values() for t in rows if t.sign < 0 and len(t.telling & condition) >= 2
            ]
        if result := tension(
            evidence,
            TensionKind.INFERENCE,
            [gate, *set_[:2], *inferred[:1]],
            few(evidence, unmet, 3),
            "tension.gate_passed",
            gate.issue,
        ):
            yield result


def _sides(found: Findings, take: Take) -> frozenset[str]:
    named = set(found.evidence.names.parties_in(take.quote))
    return frozenset(named | ({take.holder} if take.holder else set()))


def _is_set(take: Take) -> bool:
    return take.statement.status in _SET or take.act is Act.ANNOUNCE
