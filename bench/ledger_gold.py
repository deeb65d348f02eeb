"""A hand-made gold as readings, and how near the ledger comes to it: ``python -m bench.ledger_gold [-v]``.

The ledger is built on the gold's own statements, so that the reader's mistakes do not count. For each gold it prints
the issues with the gold's status, the tensions found and their precision (a gold tension is found if one predicted
tension names a statement of each side and at most four that belong to neither; one serves one), and the cells whose act
is the gold's, cells that it leaves empty included. ``-v`` lists what differs, except where
a negotiation is kept apart.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bench.gold_source import reports
from bench.unseen import gold_of, negotiations
from comity.ledger import build, load_agenda
from comity.words import (
    AUTHOR,
    Act,
    Agenda,
    Certainty,
    Document,
    DuplicateGroup,
    Event,
    EventStatus,
    Ledger,
    Mode,
    Polarity,
    Quantity,
    Reading,
    Said,
    Statement,
    StatusClaim,
    Tension,
)

HERE = Path(__file__).parents[1]
SEEDS = HERE.parent / "shared" / "data" / "seeds"
EXAMPLE = HERE / "examples" / "strait"
STRAY = 4
QUICK = ()


@dataclass
class Gold:
    agenda: Agenda
    readings: list[Reading]
    documents: dict[str, Document]
    gold: dict[str, Any]
    ids: dict[str, str] = field(default_factory=dict)
    """Gold id to statement id."""
    duplicates: list[DuplicateGroup] = field(default_factory=list)

    @property
    def back(self) -> dict[str, str]:
        return {v: k for k, v in self.ids.items()}


def gold_readings(folder: Path, texts: Path, agenda: Path) -> Gold:
    """A hand-made gold as readings: `folder` holds it, `texts` the documents, `agenda` the agenda file."""
    (source,) = folder.glob("*gold.json")
    return as_readings(json.loads(source.read_text(encoding="utf8")), texts, agenda)


def unseen_gold(folder: Path) -> Gold:
    """The gold of one of the negotiations that the reader was not made for."""
    gold = gold_of(folder)
    found = reports(folder / "reports")
    gold["documents"] = [{"id": r.id, "date": r.published.isoformat(), "file": f"{r.id}.txt"} for r in found]
    gold["events"], gold["issue_status"], gold["ledger"] = [], [], []
    return as_readings(gold, folder / "reports", folder / "agenda.toml")


def as_readings(gold: dict[str, Any], texts: Path, agenda: Path) -> Gold:
    """`gold` in the shared form as readings."""
    name = {e["id"]: e["name"] for e in gold["entities"]}
    name["author"] = AUTHOR
    outlets: dict[str, str] = {}
    documents = {}
    for d in gold["documents"]:
        outlet = outlets.setdefault(d["id"].partition("_")[2].partition("_")[2] or d["id"], d["id"])
        text = (texts / d["file"]).read_text(encoding="utf8")
        documents[d["id"]] = Document(d["id"], text, date.fromisoformat(d["date"]), source=f"Outlet of {outlet}")
    ids: dict[str, str] = {}
    readings = []
    for doc_id, document in documents.items():
        statements: list[Statement] = []
        for g in [g for g in gold["statements"] if g["doc"] == doc_id]:
            ids[g["id"]] = f"{doc_id}#{len(statements) + 1}"
            said = g["time_said"]
            statements.append(
                Statement(
                    id=ids[g["id"]],
                    passage=document.passage(g["start"], g["end"]),
                    mode=Mode(g["mode"]),
                    speaker=name[g["source"]],
                    act=Act(g["act"]),
                    certainty=Certainty(g["certainty"]),
                    holder=name[g["holder"]] if g["holder"] else None,
                    chain=tuple(name[c] for c in g["chain"]),
                    issue=g["issue"],
                    also_issues=tuple(g["also_issues"]),
                    polarity=Polarity(g["stance"]) if g["stance"] else None,
                    status=StatusClaim(g["status_claim"]) if g["status_claim"] else None,
                    fact=g["tier"] == "background",
                    absolute=" any " in g["quote"] or "at all" in g["quote"],
                    said=Said(_day(said["earliest"]), _day(said["latest"])),
                    condition=((g["condition"]["start"], g["condition"]["end"]),) if g["condition"] else (),
                    quantities=_quantities(g["quote"], g["start"]),
                )
            )
        events = tuple(
            Event(
                "review" if e["type"] == "internal_review" else e["type"],
                EventStatus(e["status"]),
                _spans(gold, e, doc_id),
                tuple(name[p] for p in e["participants"]),
                name.get(e["place"]),
                _day(e["earliest"]),
                _day(e["latest"]),
                basis=e["basis"],
            )
            for e in gold["events"]
            if _spans(gold, e, doc_id)
        )
        readings.append(Reading(doc_id, document.published, "gold", document.digest, tuple(statements), events))
    return Gold(load_agenda(agenda), readings, documents, gold, ids)


_NUMBER = re.compile(r"\b(\d[\d,]*|twelve|fourteen|sixteen|eighteen)[ ](month|tonne)s?\b")
_WORDS = {"twelve": 12, "fourteen": 14, "sixteen": 16, "eighteen": 18}


def _quantities(quote: str, start: int) -> tuple[Quantity, ...]:
    """Months and tonnes of a quote: the gold names no numbers."""
    found = []
    for m in _NUMBER.finditer(quote):
        value = float(_WORDS.get(m[1]) or m[1].replace(",", ""))
        found.append(Quantity(value, value, m[2], (start + m.start(), start + m.end())))
    return tuple(found)


def _spans(gold: dict[str, Any], event: dict[str, Any], doc: str) -> tuple[tuple[int, int], ...]:
    rows = [g for g in gold["statements"] if g["id"] in event["statements"] and g["doc"] == doc]
    return tuple((g["start"], g["end"]) for g in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def seeds_gold() -> Gold:
    """The gold of the two press reports."""
    return gold_readings(SEEDS, SEEDS, HERE / "docs" / "seeds.toml")


def strait_gold() -> Gold:
    """The gold of the example, with the agency's report of 3 March and its reprint as duplicates."""
    gold = gold_readings(EXAMPLE, EXAMPLE / "reports", EXAMPLE / "agenda.toml")
    names = sorted(gold.documents)
    gold.duplicates.append(DuplicateGroup(names[4], (names[4], names[5]), 0.8))
    return gold


def made(gold: Gold, as_of: date | None = None) -> Ledger:
    """The ledger of a gold's own statements."""
    return build(gold.readings, gold.agenda, documents=gold.documents, duplicates=gold.duplicates, as_of=as_of)


def statuses_wrong(gold: Gold, ledger: Ledger) -> list[str]:
    """Issues whose state is not the gold's."""
    states = {row["issue"]: row["status"] for row in gold.gold["issue_status"]}
    return [s.issue for s in ledger.statuses if s.state.value != states[s.issue]]


def tensions_missed(gold: Gold, ledger: Ledger) -> tuple[list[str], list[Tension]]:
    """Gold tensions that were not found, and predicted ones that found none."""
    free, missed = list(ledger.tensions), []
    for row in gold.gold["tensions"]:
        one, other = ({gold.ids[i] for i in row[side]} for side in ("statements", "against"))
        for tension in free:
            named = {*tension.statements, *tension.against}
            if one & named and other & named and len(named - one - other) <= STRAY:
                free.remove(tension)
                break
        else:
            missed.append(row["id"])
    return missed, free


def cells_wrong(gold: Gold, ledger: Ledger) -> list[str]:
    """Cells of the gold with another act, or with a position where the gold has none."""
    cells = {(p.party, p.issue): p.act.value for p in ledger.positions}
    wrong = []
    for row in gold.gold["ledger"]:
        empty = row["position"] is None or row["firmness"] in ("forecast", "guess")
        got = cells.get((row["party"], row["issue"]))
        if got != (None if empty else row["act"]):
            wrong.append(f"{row['party']}/{row['issue']}: {got} for {row['act']}")
    return wrong


def main(arguments: list[str]) -> int:
    """Print the figures of both golds; the seeds are left out where they are not here."""
    golds = [("the two seed reports", seeds_gold), ("the example", strait_gold)]
    golds += [(folder.name, partial(unseen_gold, folder)) for folder in negotiations(None)]
    for name, make in golds:
        if make is seeds_gold and not SEEDS.is_dir():
            print(f"{name}: ../shared/data/seeds is not here")
            continue
        gold = make()
        ledger = made(gold)
        if not gold.gold["ledger"]:
            missed, stray = tensions_missed(gold, ledger)
            total, found = len(gold.gold["tensions"]), len(ledger.tensions)
            print(f"{name}, on the gold's statements")
            print(f"  tensions {total - len(missed)}/{total}, precision {found - len(stray)}/{found}")
            if "-v" in arguments and not name.startswith("sealed_"):
                print("  missed:", *missed, "\n  stray:")
                back = gold.back
                for one in stray:
                    print("   ", one.rule, one.issue, [back[i] for i in one.statements], [back[i] for i in one.against])
            continue
        statuses, cells = statuses_wrong(gold, ledger), cells_wrong(gold, ledger)
        missed, stray = tensions_missed(gold, ledger)
        total, found = len(gold.gold["tensions"]), len(ledger.tensions)
        print(f"{name}, on the gold's statements")
        print(f"  statuses {len(ledger.statuses) - len(statuses)}/{len(ledger.statuses)} {' '.join(statuses)}")
        print(f"  tensions {total - len(missed)}/{total}, precision {found - len(stray)}/{found}")
        print(f"  cells {len(gold.gold['ledger']) - len(cells)}/{len(gold.gold['ledger'])}")
        if "-v" in arguments:
            print(
                "  missed:",
                *missed,
                "\n  stray:",
                *(
                    f"{t.rule} ({t.issue}) {[gold.back[i] for i in t.statements]} {[gold.back[i] for i in t.against]}\n"
                    for t in stray
                ),
            )
            print("  cells:", *cells, sep="\n    ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
