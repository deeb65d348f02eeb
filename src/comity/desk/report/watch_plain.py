"""An accord watched, for a terminal and as JSON."""

from __future__ import annotations

import io
import json

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from comity.desk.report.clean import isolated
from comity.desk.report.watch_words import MARKS, WORDS, bound, days_of, worst
from comity.desk.watching import ORDER, Watch
from comity.words import Compliance, to_json

MOST_LISTED = 40


def term(watch: Watch, width: int = 120) -> str:
    """Clauses down the side, time across; below, what is behind every mark that is not plain compliance."""
    out = io.StringIO()
    width = max(width, 28 + sum(len(period.label) + 3 for period in watch.periods))  # else marks would be lost
    console = Console(file=out, width=width, highlight=False, color_system=None)
    console.print(f"{isolated(watch.accord.title)}, as of {watch.until:%Y-%m-%d}")
    console.print("  ".join(f"{MARKS[v]} {WORDS[v]}" for v in ORDER) + "  (blank: does not apply)")
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 2, 0, 0), collapse_padding=True)
    table.add_column("clause", overflow="fold", min_width=24)
    for period in watch.periods:
        table.add_column(period.label, justify="center", no_wrap=True)
    for one in watch.clauses:
        head = f"{one.clause.id} {isolated(one.clause.title)}"
        if one.remark:
            table.add_row(Text(f"{head}: {one.remark}"))
            continue
        if len(one.lines) > 1 or one.lines[0].binding:
            table.add_row(Text(head))
        for line in one.lines:
            label = f"· {bound(line.binding, watch.accord)}" if line.binding else head
            marks = [MARKS[verdict] if (verdict := worst(cell)) else "" for cell in line.cells]
            table.add_row(Text(isolated(label)), *map(Text, marks))
        if one.hidden:
            table.add_row(Text(f"  and {one.hidden} more, not shown"))
    console.print(table)
    listed = [
        (one, line, run)
        for one in watch.clauses
        for line in one.lines
        for cell in line.cells
        for run in cell
        if run.finding.verdict is not Compliance.COMPLIED
    ]
    for one, line, run in listed[:MOST_LISTED]:
        f = run.finding
        who = f" ({bound(line.binding, watch.accord)})" if line.binding else ""
        console.print(Text(f"{MARKS[f.verdict]} {one.clause.id}{who} {days_of(run.start, run.end)}: {f.monitoring}"))
        parts = [f.why, f.verification, f.attribution and f"who did it: {f.attribution}"]
        parts.append(f.would_change and f"would change: {f.would_change}")
        console.print(Text("    " + "; ".join(p for p in parts if p)))
    if len(listed) > MOST_LISTED:
        console.print(f"and {len(listed) - MOST_LISTED} more; --format html or json has them all")
    if watch.ahead:
        console.print("Deadlines ahead:")
        for day, finding in watch.ahead:
            clause = watch.accord.clause(finding.clause)
            who = f" ({bound(finding.binding, watch.accord)})" if finding.binding else ""
            console.print(Text(f"  {day:%Y-%m-%d}  {clause.id} {clause.title}{who}"))
    for note in watch.notes:
        console.print(Text(f"note: {note}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def plain(watch: Watch) -> str:
    """Everything as JSON: clauses with their runs of days, incidents in force, deadlines, what was left out."""
    made = {
        "accord": watch.accord.title,
        "as_of": watch.as_of.isoformat(),
        "periods": [{"start": str(p.start), "end": str(p.end)} for p in watch.periods],
        "clauses": [
            {
                "id": w.clause.id, "title": w.clause.title, "standing": w.clause.standing.value, "remark": w.remark,
                "hidden": w.hidden,
                "lines": [
                    {
                        "binding": dict(line.binding),
                        "runs": [
                            {"start": str(run.start), "end": str(run.end), **to_json(run.finding)}
                            for cell in line.cells
                            for run in cell
                        ],
                    }
                    for line in w.lines
                ],
            }
            for w in watch.clauses
        ],
        "violations": [
            {"day": str(day), "zone": zone, "certain": sure, "possible": maybe}
            for day, zone, sure, maybe in watch.violations
        ],
        "ahead": [{"day": str(day), **to_json(finding)} for day, finding in watch.ahead],
        "incidents": [to_json(i) for i in watch.incidents],
        "left_out": [str(f) for f in watch.faults],
        "notes": list(watch.notes),
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
