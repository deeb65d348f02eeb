"""Tables of positions and salience, as the DEU data sets and other collections of actors' positions have them: CSV.

One row for each actor and issue, with columns ``issue``, ``actor``, ``position`` and ``salience`` (both 0 to 100), and,
where known, ``capability`` (zero or more) and ``outcome`` (0 to 100, the same in all rows of an issue). An empty
position leaves the actor out of that issue: it holds none there.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from comity.bargaining.actors import ActorIssue, Standing
from comity.words import InputError

_NEEDED = ("issue", "actor", "position", "salience")
_KNOWN = (*_NEEDED, "capability", "outcome")


def load_deu(path: str | Path) -> tuple[ActorIssue, ...]:
    """The issues of a table, in the order in which they first occur.

    Raises
    ------
    InputError
        One line with file, line and column.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", file=str(path), hint="save it as UTF-8") from None
    return parse_deu(text, file=str(path))


def parse_deu(text: str, *, file: str | None = None) -> tuple[ActorIssue, ...]:
    """As `load_deu`, from text. Columns may be in any order and are parted by commas, semicolons or tabs.

    >>> parse_deu("issue,actor,position,salience\\nquota,a,10,90\\n")[0].standings[0].salience
    90.0
    """
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        columns = [name.strip().lower() for name in next(rows, [])]
        for name in _NEEDED:
            if name not in columns:
                raise InputError(f"no column {name!r}", file=file, line=1, hint=f"columns are {', '.join(_KNOWN)}")
        standings: dict[str, dict[str, Standing]] = {}
        outcomes: dict[str, float] = {}
        for cells in rows:
            if any(cell.strip() for cell in cells):
                row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
                _add(row, standings, outcomes, file, rows.line_num)
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", file=file, line=rows.line_num) from None
    found = tuple(
        ActorIssue(issue, tuple(held.values()), outcomes.get(issue)) for issue, held in standings.items() if held
    )
    if not found:
        raise InputError("no row with a position", file=file)
    return found


def _add(
    row: dict[str, str],
    standings: dict[str, dict[str, Standing]],
    outcomes: dict[str, float],
    file: str | None,
    line: int,
) -> None:
    issue, actor = row.get("issue", ""), row.get("actor", "")
    if not issue or not actor:
        raise InputError("names no issue or no actor", file=file, line=line)
    held = standings.setdefault(issue, {})
    if actor in held:
        raise InputError(f"{actor!r} stands twice on {issue!r}", file=file, line=line, field="actor")
    if row.get("outcome"):
        outcome = _number(row, "outcome", 100, file, line)
        if outcomes.setdefault(issue, outcome) != outcome:
            raise InputError(f"second outcome of {issue!r}", file=file, line=line, field="outcome")
    if row.get("position"):
        capability = _number(row, "capability", float("inf"), file, line) if row.get("capability") else 1.0
        position, salience = (_number(row, name, 100, file, line) for name in ("position", "salience"))
        held[actor] = Standing(actor, position, salience, capability)


def _number(row: dict[str, str], name: str, most: float, file: str | None, line: int) -> float:
    text = row.get(name, "")
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"not a number: {text!r}", file=file, line=line, field=name) from None
    if not 0 <= value <= most or value == float("inf"):
        hint = f"between 0 and {most:g}" if most < float("inf") else "zero or more"
        raise InputError(f"{text} is out of bounds", file=file, line=line, field=name, hint=hint)
    return value


def deu_csv(issues: tuple[ActorIssue, ...]) -> str:
    """The table as CSV; `parse_deu` reads it back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_KNOWN)
    for issue in issues:
        outcome = "" if issue.outcome is None else repr(issue.outcome)
        for s in issue.standings:
            writer.writerow([issue.issue, s.actor, repr(s.position), repr(s.salience), repr(s.capability), outcome])
    return out.getvalue()
