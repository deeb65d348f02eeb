"""The nearest miss, and what further report would change a verdict.

Single changes are tried on the log, smallest first, and each is judged anew: an incident some days earlier or later, an
incident withdrawn, one more report. What is said would change the verdict is therefore true; what is not found within
the tries may still exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from comity.accord.formula import Aggregate, Atom, Binary, Const, Formula, Let, Not, Prefix, Quantified, Temporal
from comity.accord.verdicts.explain import incidents_of
from comity.accord.verdicts.world import FILLED
from comity.words import Compliance, Incident

if TYPE_CHECKING:
    from comity.accord.verdicts.case import Case, Decision

MOST_DAYS, MOST_INCIDENTS = 14, 4
NEW = "a further report"
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def would_change(case: Case, decision: Decision) -> str:
    """In words, one small change to the log that gives another verdict; empty if none was found."""
    if decision.verdict is Compliance.DISPUTED:
        return _between(case, decision)
    if decision.verdict in (Compliance.PENDING, Compliance.NOT_VERIFIABLE):
        return _awaited(case)
    before = decision.verdict is Compliance.BREACHED
    after = "complied" if before else "breached"
    for words, incidents in _changes(case):
        value = case.value(incidents)
        if value is None or value is before:
            continue
        if " day" in words and case.value(incidents, case.applies) is not True:
            continue  # then it would only bind on another day
        return f"{words}: {after}"
    return ""


def _between(case: Case, decision: Decision) -> str:
    """What the two completions of a dispute differ in."""
    worlds = dict(decision.worlds)
    if True not in worlds or False not in worlds:
        return ""
    bad, good = ({i.id: i for i in worlds[value]} for value in (True, False))
    found = [i for i in case.uncertain(case.near) if bad[i.id] != good[i.id]]
    for i in found:  # often one of them decides alone
        if case.value(tuple(good[x.id] if x.id == i.id else bad[x.id] for x in case.near)) is False:
            return f"{_told(bad[i.id], i)}: breached; {_told(good[i.id], i)}: complied"
    return "; ".join(f"{_told(bad[i.id], i)} or {_told(good[i.id], i)}" for i in found[:MOST_INCIDENTS])


def _told(chosen: Incident, told: Incident) -> str:
    if chosen.high < 1:
        return f"{told.id} did not happen"
    parts = []
    if told.earliest != told.latest:
        parts.append(f"on {chosen.earliest:%Y-%m-%d}")
    if told.low != told.high:
        parts.append(f"counting {chosen.low}")
    known = dict(told.arguments)
    other = f"another ({told.id})"
    parts += [
        f"{name} {'somebody or something else' if value == other else value}"
        for name, value in chosen.arguments
        if not known.get(name)
    ]
    return f"{told.id} {', '.join(parts)}".strip()


def _awaited(case: Case) -> str:
    """A report on a day that is open which would decide it."""
    for words, incidents in _additions(case, only_open=True):
        value = case.value(incidents)
        if value is not None:
            return f"{words}: {'breached' if value else 'complied'}"
    return ""


def _changes(case: Case) -> Iterator[tuple[str, Sequence[Incident]]]:
    evidence = set(incidents_of(case.explanation()))
    near = [i for i in case.near if i.id in evidence][:MOST_INCIDENTS]
    others = [i for i in case.near if i.id not in evidence][:MOST_INCIDENTS]
    held = {i.id for i in case.near}
    outside = [
        i for i in case.known.incidents if i.kind in case.kinds and i.id not in held and _away(case, i) <= MOST_DAYS
    ]
    outside = sorted(outside, key=lambda i: (_away(case, i), i.id))[:MOST_INCIDENTS]
    # What is forbidden is so on every day: moved to another one it is no nearer to being kept.
    in_time = case.end > case.day.toordinal() or any(i.earliest < case.day for i in near)
    for days in range(1, MOST_DAYS + 1) if in_time else ():
        for i in (*near, *others, *outside):
            for by in (-days, days):
                moved = replace(i, earliest=i.earliest + timedelta(by), latest=i.latest + timedelta(by))
                when = f"{days} day{'s' if days > 1 else ''} {'earlier' if by < 0 else 'later'}"
                yield f"{i.id} {when}", (*(x for x in case.near if x.id != i.id), moved)
    yield from _additions(case, only_open=False)
    for i in near:
        yield f"{i.id} withdrawn", tuple(x for x in case.near if x is not i)


def _away(case: Case, i: Incident) -> int:
    """Days between an incident and the days that the clause looks at."""
    return max(case.start - i.latest.toordinal(), i.earliest.toordinal() - case.end, 0)


def _additions(case: Case, *, only_open: bool) -> Iterator[tuple[str, Sequence[Incident]]]:
    """The log with one more report of what the clause reads, on telling days."""
    day = case.day.toordinal()
    for atom in _atoms(case.breach):
        kind = case.known.kinds.get(atom.name)
        if kind is None:
            continue
        told = tuple(
            (name, str(arg.value) if isinstance(arg, Const) else f"some {name}")
            for name, arg in zip(kind.arguments, atom.args, strict=True)
            if name not in FILLED
        )
        for when in dict.fromkeys((day, case.end, day + 1, case.start)):
            index = when - case.start
            if not case.start <= when <= case.end or (only_open and not case.open[atom.name] >> index & 1):
                continue
            on = date.fromordinal(when)
            new = Incident(NEW, kind.name, on, on, _ANY_TIME, "", told)
            shown = ", ".join(value for _, value in told)
            yield f"{NEW} of {kind.name}({shown}) on {on:%Y-%m-%d}", (*case.near, new)


def _atoms(formula: Formula) -> list[Atom]:
    if isinstance(formula, Atom):
        return [formula]
    parts = (
        formula.parts if isinstance(formula, Aggregate | Binary | Let | Not | Prefix | Quantified | Temporal) else ()
    )
    return list(dict.fromkeys(atom for part in parts for atom in _atoms(part)))
