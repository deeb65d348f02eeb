"""Real accords watched: the Minsk and July 2020 clauses against UCDP events and observers' reports, as of chosen dates.

usage: python -m bench.observers

The observers' reports of the shared collection are read by `comity incidents propose`'s rules; nothing of them is kept.
What is printed are verdicts by clause and date, and how many figures were proposed or left out for want of a date.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from comity.accord.clauses import load_accord
from comity.accord.incidents import load, load_mapping
from comity.desk.proposing import propose
from comity.desk.watching import watch
from comity.words import Document, Incident

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
KINDS = {"ceasefire violations": "fighting", "violations": "fighting"}


def reports(accord_file: str) -> tuple[list[Incident], int, int]:
    """Incidents proposed from the observers' reports, how many reports there are, and figures left out undated."""
    accord = load_accord(ROOT / accord_file)
    found, undated, count = list[Incident](), 0, 0
    for line in (SHARED / "agreements" / "ukraine_observer_reports.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = "\n".join(segment["text"] for segment in row["segments"])
        proposed = propose(Document(row["id"], text, source="OSCE SMM"), KINDS, accord)
        found += proposed.incidents
        undated += proposed.undated
        count += 1
    return found, count, undated


def watched(figures: list[Incident]) -> list[Incident]:
    """Days that the observers report on, as reports of coverage: of other days and other events nothing is known."""
    spans = sorted({(i.earliest, i.latest, i.known_since) for i in figures})
    seen = [
        Incident(f"watched-{n}", "coverage", first, last, known, "OSCE SMM", (("of", "fighting"),))
        for n, (first, last, known) in enumerate(spans)
    ]
    settled = (("of", "settlement_reached"),)  # a settlement of the conflict would be known to everybody
    first, last, known = spans[0][0], spans[-1][1], spans[0][2]
    return [*seen, Incident("known-to-all", "coverage", first, last, known, "common knowledge", settled)]


def shown(
    name: str, accord_file: str, incidents: list[Incident], as_of: date, since: date, only: list[str], covered: bool
) -> None:
    accord = load_accord(ROOT / accord_file)
    start = time.perf_counter()
    seen = watch(accord, incidents, as_of=as_of, covered_until=as_of if covered else None, since=since, only=only)
    print(f"{name}, {since} to {as_of} ({time.perf_counter() - start:.1f} s)")
    for one in seen.clauses:
        for line in one.lines:
            days: Counter[str] = Counter()
            for cell in line.cells:
                for run in cell:
                    days[run.finding.verdict.value] += run.days
            told = ", ".join(f"{verdict} on {number} days" for verdict, number in sorted(days.items()))
            print(f"    {one.clause.id} {one.clause.title} {dict(line.binding) or ''}: {told}")
        if one.remark:
            print(f"    {one.clause.id} {one.clause.title}: {one.remark}")


def main() -> int:
    if not SHARED.exists():
        print("needs the shared data folder beside the checkout")
        return 0
    mapping = load_mapping(str(ROOT / "docs" / "accord" / "ucdp-minsk.toml"))
    ged = load([str(SHARED / "incidents" / "ucdp_ged_ukraine_2014_2023.cp1252.csv")], "Europe/Kyiv", mapping)
    print(f"UCDP: {len(ged.incidents)} events, {len(ged.faults)} rows left out")
    for as_of in (date(2015, 2, 28), date(2015, 3, 17)):
        shown("Minsk package, UCDP", "docs/accord/minsk.accord", ged.incidents, as_of, date(2015, 2, 15), ["1"], True)
    found, count, undated = reports("docs/accord/july2020.accord")
    print(f"observers: {count} reports, {len(found)} figures proposed, {undated} left out undated")
    late = [i for i in found if i.latest >= date(2020, 7, 27)]
    spans = sorted((i.latest - i.earliest).days + 1 for i in late)
    print(f"from 27 July 2020 on: {len(late)} figures, over {spans[len(spans) // 2] if spans else 0} days (median)")
    for as_of in (date(2020, 10, 31), date(2021, 6, 30)):
        since = as_of - timedelta(days=30)
        shown(
            "July 2020 measures, observers",
            "docs/accord/july2020.accord",
            [*late, *watched(late)],
            as_of,
            since,
            [],
            False,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
