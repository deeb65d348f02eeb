"""The 282 humanitarian corridors of 2022 as agreed conditions: verdict against the coded outcome.

usage: python -m bench.corridors [--list]

Each corridor is a condition for its day: people get out on that day or the next, and nothing is done against it. What
the texts beside it report (not their coded status, which is cut away) is read by rules of language into incidents, the
clause is judged over them, and the verdict is set against the outcome that the collection's coders gave. ``--list``
prints every corridor on which they differ, with what the rules read.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from comity.accord.verdicts import judge
from comity.words import Accord, Clause, Compliance, EventKind, Incident, Logic, Modality, Standing

QUICK = ()
DATA = Path(__file__).parents[2] / "shared" / "data" / "incidents" / "humanitarian_corridors_ukraine_2022.csv"
EXPECTED = {
    "successful": Compliance.COMPLIED,
    "disputed": Compliance.DISPUTED,
    "unsuccessful/disrupted": Compliance.BREACHED,
    "proposed route/outcome unknown": Compliance.NOT_VERIFIABLE,
}
WHO = r"(?:people|persons|residents|civilians|citizens|women|children|evacuees|inhabitants|students|foreigners)"
OUT = (
    r"(?:evacuat(?:ed|ion of)|rescued?|left|arrived|reached|came|taken out|brought|travel(?:l)?ed|"
    r"managed to (?:get|leave|depart))"
)
PASSED = re.compile(
    rf"\b\d[\d,.]*\b[^.]{{0,90}}\b{WHO}\b[^.]{{0,110}}\b{OUT}\b"
    rf"|\b{OUT}\b[^.]{{0,110}}\b\d[\d,.]*\b[^.]{{0,60}}\b{WHO}\b|\bWe have evacuated \d"
    r"|\bcorridors?\b[^.]{0,90}(?<!not )\b(?:worked|functioned|opened|operated)\b"
    r"|\b(?:buses|cars|vehicles|convoy|column)\b[^.]{0,60}\b(?:departed|left|arrived|reached|managed to \w+)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:plans? to|planned to|will|would|to be|expected|intend\w*|hop(?:e|es|ing)|going to|should|are being|want)\b",
    re.IGNORECASE,
)
AGAINST = re.compile(
    r"\b(?:shell(?:ed|ing)|opened fire|fired (?:on|at)|violat\w+|disrupt\w+|thwart\w+|block(?:ed|ing)|refus\w+|"
    r"(?:did|does|do|would) not (?:let|allow)|not (?:been )?allow\w*|fail(?:ed|ure)|postponed|suspend\w+|cancel\w+|"
    r"impossible|could not|did not work|unable|not (?:be )?possible|stopped|sabotag\w+|breach\w+)\b",
    re.IGNORECASE,
)
KINDS = (EventKind("agreed", ()), EventKind("passed", ("id",)), EventKind("hindered", ("id",)))
CLAUSE = Clause(
    "1", "A corridor for the day", Modality.CONDITION, Standing.AGREED, (),
    logic=Logic(
        "agreed()", "(EVENTUALLY[0,1] (EXISTS i. passed(i))) AND NOT (EVENTUALLY[0,1] (EXISTS i. hindered(i)))", (),
        ("agreed", "passed", "hindered"),
    ),
)  # fmt: skip


def told(text: str) -> tuple[list[str], list[str]]:
    """Sentences of a corridor's texts that tell of people who got out, and of what was done against it."""
    plain = re.sub(r"^Status:[^;]*;|see source:.*$", " ", text.replace("\\n", " "), flags=re.DOTALL)
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])[\"”]?\s+(?=[A-Z\"“])|;{2,}", plain) if s.strip()]
    passed = [s for s in sentences if PASSED.search(s) and not AHEAD.search(s)]
    return passed, [s for s in sentences if AGAINST.search(s) and s not in passed]


def incidents(day: date, text: str) -> list[Incident]:
    """What the texts report, as incidents. Where both are told, each is a claim that may be so or not."""
    passed, hindered = told(text)
    at = datetime.combine(day + timedelta(days=2), datetime.min.time(), UTC)
    low = 0 if passed and hindered else 1
    found = [Incident("agreed", "agreed", day, day, at, "texts")]
    for kind, sentences in (("passed", passed), ("hindered", hindered)):
        found += [
            Incident(f"{kind}-{n}", kind, day, day, at, "texts", low=low, high=1, quote=sentence)
            for n, sentence in enumerate(sentences, 1)
        ]
    if passed or hindered:  # somebody looked; where nothing is told of an outcome, nobody is known to have
        found.append(Incident("watched", "coverage", day, day + timedelta(days=1), at, "texts"))
    return found


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.corridors", description=__doc__.split("\n")[0])
    parser.add_argument("--list", action="store_true", help="every corridor on which verdict and coders differ")
    given = parser.parse_args(arguments)
    if not DATA.exists():
        print("needs the shared data folder beside the checkout")
        return 0
    table: Counter[tuple[str, str]] = Counter()
    differ = list[str]()
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        day = date.fromisoformat(row["date"])
        accord = Accord("Corridor", "Europe/Kyiv", (), KINDS, (CLAUSE,), starts=day)
        log = incidents(day, row["text"])
        (found,) = judge(accord, CLAUSE, log, day + timedelta(days=2), days=(day, day), allowance=400)
        verdict, coded = found.decision.verdict, EXPECTED[row["status_result"]]
        table[coded.value, verdict.value] += 1
        if verdict is not coded:
            passed, hindered = told(row["text"])
            shown = "; ".join([f"+ {s[:110]}" for s in passed[:1]] + [f"- {s[:110]}" for s in hindered[:1]])
            what = f"coded {coded.value}, verdict {verdict.value}: {shown or 'nothing told'}"
            differ.append(f"{row['HC_ID']:>4} {row['date']} {what}")
    names = [
        c.value for c in (Compliance.COMPLIED, Compliance.DISPUTED, Compliance.BREACHED, Compliance.NOT_VERIFIABLE)
    ]
    print(f"{len(rows)} corridors; rows: as coded, columns: verdict")
    print(" " * 16 + "".join(f"{name:>16}" for name in names))
    for coded_name in names:
        print(f"{coded_name:16}" + "".join(f"{table[coded_name, name]:16}" for name in names))
    same = sum(number for (a, b), number in table.items() if a == b)
    decided = sum(n for (a, b), n in table.items() if "not_verifiable" not in (a, b))
    both = sum(n for (a, b), n in table.items() if a == b and a != "not_verifiable")
    print(f"same: {same} of {len(rows)}; where both tell an outcome: {both} of {decided}")
    for line in differ if given.list else ():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
