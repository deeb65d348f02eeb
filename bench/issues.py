"""Which issue a statement is filed under, in talks that no rule was made over: python -m bench.issues [-v] [--aside]

Four agendas in tests/reading_issues were written in ten minutes each from the subject alone, with few keywords; then a
hundred statements were drawn at random (seed 5501) from reports of the shared data and one person wrote down the issue
of each, in its context and before any prediction was seen; ``either`` holds what is as right, null that no issue
fits. Sixty rows are to develop on; forty, marked aside, are only counted. A row is matched with the statement that
overlaps it best; rows whose words are no longer read as a statement are left out. ``-v`` lists what is wrong among
the sixty.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.measures import letters, overlaps
from comity.ledger import load_agenda
from comity.reading import read
from comity.words import Agenda, Document

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "reading_issues"
SHARED = ROOT.parent / "shared" / "data"
NEGOTIATIONS = SHARED / "negotiations"
QUICK = ()


@dataclass
class Count:
    """Rows that have an issue and those that have none, and how many of each were right."""

    issues: int = 0
    right: int = 0
    nones: int = 0
    left: int = 0
    gone: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: Count) -> Count:
        return Count(
            self.issues + other.issues,
            self.right + other.right,
            self.nones + other.nones,
            self.left + other.left,
            self.gone + other.gone,
            self.wrong + other.wrong,
        )

    def line(self) -> str:
        return (
            f"issue right {self.right}/{self.issues}; none where none fits {self.left}/{self.nones}; gone {self.gone}"
        )


def rows() -> list[dict[str, Any]]:
    """The judged rows."""
    return [json.loads(line) for line in (FOLDER / "rows.jsonl").read_text(encoding="utf-8").splitlines()]


def _texts(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Texts of the documents named, by id."""
    wanted = set(names)
    for file in ("salvador_1989_cc0.jsonl", "colombia_m19_1989_cc0.jsonl"):
        for line in (NEGOTIATIONS / file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in wanted:
                yield row["id"], row["text"]
    with gzip.open(NEGOTIATIONS / "enb_climate_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] in wanted:
                yield row["id"], row["text"]
    for line in (SHARED / "agreements" / "ukraine_observer_reports.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in wanted:
            yield row["id"], "\n".join(segment["text"] for segment in row["segments"])


def counted(judged: list[dict[str, Any]], texts: Mapping[str, str], agendas: Mapping[str, Agenda]) -> Count:
    """Issues right among `judged`."""
    out = Count()
    for row in judged:
        text = texts[row["document"]]
        reading = read(Document(id=row["document"], text=text), agendas[row["agenda"]])
        wanted = letters(text, row["start"], row["end"])
        near = [(overlaps(wanted, letters(text, *s.passage.span)), -n, s) for n, s in enumerate(reading.statements)]
        best = max(near, default=(0.0, 0, None), key=lambda x: x[:2])
        if not best[0] or best[2] is None:
            out.gone += 1
            continue
        ours, right = best[2].issue, {row["issue"], *row["either"]}
        out.issues += row["issue"] is not None
        out.nones += row["issue"] is None
        out.right += row["issue"] is not None and ours in right
        out.left += row["issue"] is None and ours in right
        if ours not in right:
            quote = " ".join(text[row["start"] : row["end"]].split())[:100]
            out.wrong.append(f"{row['agenda']} {row['document']} {ours} for {row['issue']}: {quote}")
    return out


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m bench.issues", description=__doc__.partition("\n")[0])
    options.add_argument("-v", "--verbose", action="store_true", help="list what is wrong among the rows to develop on")
    options.add_argument("--aside", action="store_true", help="count the rows put aside, too")
    given = options.parse_args(arguments)
    if not NEGOTIATIONS.exists():
        print("bench.issues: ../shared/data is not here")
        return 0
    judged = rows()
    texts = dict(_texts(row["document"] for row in judged))
    agendas = {name: load_agenda(FOLDER / f"{name}.toml") for name in dict.fromkeys(r["agenda"] for r in judged)}
    whole = Count()
    for name in agendas:
        part = counted([r for r in judged if r["agenda"] == name and not r["aside"]], texts, agendas)
        whole = whole + part
        print(f"{name}: {part.line()}")
        if given.verbose and part.wrong:
            print(*(f"  {one}" for one in part.wrong), sep="\n")
    print("sixty to develop on:", whole.line())
    if given.aside:
        print("forty aside:", counted([r for r in judged if r["aside"]], texts, agendas).line())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
