"""What an edit of the agenda changes: lines of the file, cells of the ledger, decisions that would lose their hold."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from comity.desk import flow
from comity.desk.flow import Material
from comity.desk.parts.phrases import ACTS, FIRMNESS, STATES, counted
from comity.ledger import agenda_toml
from comity.words import Agenda, Decision, DecisionKind, Ledger, Position, Reading, Statement, fold


@dataclass(frozen=True)
class Cell:
    """A cell or a state that the edit changes, in words; empty where there is nothing."""

    issue: str
    party: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What an edit changes.

    `lines` are those of the agenda file that go (``-``) and come (``+``). `exact` is False where documents were not
    read again: then what another name or keyword would find anew is not in it. `warnings` say what to look at.
    """

    toml: str
    lines: tuple[str, ...]
    cells: tuple[Cell, ...]
    tensions: tuple[int, int]
    statements: tuple[int, int]
    exact: bool
    warnings: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """True if agenda and ledger stay as they are."""
        return not self.lines and not self.cells


def preview(
    material: Material,
    before: Ledger,
    agenda: Agenda,
    *,
    same_issue: tuple[str, str] | None = None,
    reread: Callable[[Agenda], Material] | None = None,
) -> Preview:
    """What it changes to have `agenda` in place of that of `material`.

    Parameters
    ----------
    material, before
        What the case holds, and the ledger of it.
    agenda
        The edited agenda.
    same_issue
        (gone, kept) where one issue was merged into another, so that its statements are counted there.
    reread
        Reads all documents with an agenda: the preview is then exact. Without it, the readings that there are count.
    """
    if reread is not None:
        new = reread(agenda)
    else:
        readings = tuple(_moved(r, same_issue) for r in material.readings) if same_issue else material.readings
        new = replace(material, agenda=agenda, readings=readings)
    after = flow.ledger_of(new, before.as_of)
    return Preview(
        toml=agenda_toml(agenda),
        lines=_lines(material.agenda, agenda),
        cells=_cells(before, after),
        tensions=(len(before.tensions), len(after.tensions)),
        statements=(_on_issues(before), _on_issues(after)),
        exact=reread is not None,
        warnings=_warnings(material, agenda),
    )


def preview_names(material: Material, before: Ledger, name: str, other: str, same: bool, coder: str) -> Preview:
    """What it changes to judge that two names are one actor, or that they are not."""
    kind = DecisionKind.SAME if same else DecisionKind.DIFFERENT
    judged = Decision("preview", coder, datetime.now(UTC), kind, name, value=other)
    after = flow.ledger_of(replace(material, decisions=(*material.decisions, judged)), before.as_of)
    return Preview(
        "",
        (),
        _cells(before, after),
        (len(before.tensions), len(after.tensions)),
        (_by(before, (name, other)), _by(after, (name, other))),
        True,
    )


def _moved(reading: Reading, same_issue: tuple[str, str]) -> Reading:
    gone, kept = same_issue

    def there(s: Statement) -> Statement:
        also = tuple(dict.fromkeys(kept if i == gone else i for i in s.also_issues))
        return replace(s, issue=kept if s.issue == gone else s.issue, also_issues=also)

    if not any(s.issue == gone or gone in s.also_issues for s in reading.statements):
        return reading
    return replace(reading, statements=tuple(there(s) for s in reading.statements))


def _lines(before: Agenda, after: Agenda) -> tuple[str, ...]:
    one, two = (agenda_toml(replace(a, proposed=False)).splitlines() for a in (before, after))
    changed = difflib.unified_diff(one, two, lineterm="", n=0)
    return tuple(line for line in changed if not line.startswith(("---", "+++", "@@")) and line.strip(" +-"))


def _cells(before: Ledger, after: Ledger) -> tuple[Cell, ...]:
    """Positions and states that differ, in the order of the agendas."""
    issues = {i.id: i.name for a in (after.agenda, before.agenda) for i in reversed(a.issues)}
    parties = {p.id: p.name for a in (before.agenda, after.agenda) for p in a.parties}
    found = []
    order = list(dict.fromkeys([*(i.id for i in before.agenda.issues), *(i.id for i in after.agenda.issues)]))
    rank = {issue: n for n, issue in enumerate(order)}
    states = [{s.issue: STATES[s.state] for s in made.statuses} for made in (before, after)]
    for issue in sorted({*states[0], *states[1]}, key=lambda i: (rank.get(i, len(rank)), i)):
        was, now = states[0].get(issue, ""), states[1].get(issue, "")
        if was != now:
            found.append(Cell(issues.get(issue, issue), "", was, now))
    cells = [_positions(made.positions) for made in (before, after)]
    for party, issue in sorted({*cells[0], *cells[1]}, key=lambda c: (rank.get(c[1], len(rank)), c[1], c[0])):
        was, now = cells[0].get((party, issue), ""), cells[1].get((party, issue), "")
        if was != now:
            found.append(Cell(issues.get(issue, issue), parties.get(party, party), was, now))
    return tuple(found)


def _positions(positions: Sequence[Position]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], list[str]] = {}
    for p in positions:
        told = f"{ACTS[p.act]}, {FIRMNESS[p.firmness]}: {p.summary} ({counted(len(p.statements), 'statement')})"
        found.setdefault((p.party, p.issue), []).append(told)
    return {key: " | ".join(told) for key, told in found.items()}


def _on_issues(made: Ledger) -> int:
    known = {i.id for i in made.agenda.issues}
    return sum(s.issue in known for s in made.statements)


def _by(made: Ledger, names: tuple[str, str]) -> int:
    """Statements of the first of two names."""
    return sum(fold(s.speaker) == fold(names[0]) for s in made.statements)


def _warnings(material: Material, agenda: Agenda) -> tuple[str, ...]:
    """Decisions of people that name an issue that would be gone."""
    known = {i.id for i in agenda.issues}
    held = [d for d in material.decisions if d.kind is DecisionKind.CORRECT and d.field == "issue" and d.value]
    lost = [d for d in held if d.value not in known]
    if not lost:
        return ()
    names = ", ".join(sorted({d.value for d in lost}))
    return (
        f"{counted(len(lost), 'correction')} by people name an issue that is no more ({names}): "
        "the statements would stand on no issue until they are corrected again.",
    )
