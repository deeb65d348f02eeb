"""How well issues are found where no agenda is given: python -m bench.own_issues [-v] [--only NAME]

Over the open negotiations of tests/reading_unseen, the example and the seeds, each read without its agenda. A gold
statement that was found stands under the machine's issue of the prediction that found it, or under none. Three
figures: how well the machine's grouping agrees with the gold's (F1 over pairs of statements that stand together, and
the Rand index corrected for chance, Hubert and Arabie 1985; those under no issue stand alone); how many of the gold's
issues with at least two found statements have an issue of the machine's that is mainly about them (F1 of its statements
at least a half); how many of the machine's issues of substance are mainly about one issue (at least half of what is
filed there). ``-v`` lists the machine's issues beside the gold's, for a person to judge the names.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import comb
from typing import Any

from bench.example_score import EXAMPLE, pairs
from bench.seeds import SEEDS
from bench.unseen import gold_of, negotiations
from comity.desk import flow
from comity.words import Document

MAINLY = 0.5


@dataclass
class Grouping:
    """Pairs of gold and machine issue, one for each gold statement found, and what follows from them."""

    name: str
    rows: list[tuple[str, str | None]]
    own: Mapping[str, str] = field(default_factory=dict)
    """Names of the machine's issues of substance."""

    def pairs(self) -> tuple[int, int, int, int]:
        """Pairs of statements that stand together in both, in the gold, in the machine's, and all."""
        alone = [(g, m if m is not None else f"-{n}") for n, (g, m) in enumerate(self.rows)]
        both, gold, own = Counter(alone), Counter(g for g, _ in alone), Counter(m for _, m in alone)
        together, in_gold, in_own = (sum(comb(n, 2) for n in counts.values()) for counts in (both, gold, own))
        return together, in_gold, in_own, comb(len(alone), 2)

    def issues(self) -> dict[str, str | None]:
        """The machine's issue that is mainly about each of the gold's, if there is one."""
        gold, own, both = Counter(g for g, _ in self.rows), Counter(m for _, m in self.rows), Counter(self.rows)
        out: dict[str, str | None] = {}
        for g in sorted(gold):
            rated = {m: 2 * both[g, m] / (gold[g] + own[m]) for m in own if m is not None}
            best = min(rated, key=lambda m: (-rated[m], m), default=None)
            if gold[g] >= 2:
                out[g] = best if best is not None and rated[best] >= MAINLY else None
        return out

    def sound(self) -> dict[str, bool]:
        """Of each issue of the machine's, whether at least half of what is filed there is of one gold issue."""
        out = {}
        for m in self.own:
            filed = Counter(g for g, n in self.rows if n == m)
            out[m] = bool(filed) and max(filed.values()) >= MAINLY * filed.total()
        return out

    def lines(self) -> Iterator[str]:
        for g, m in self.issues().items():
            yield f"  {g:20} {m or '–'}"
        for m, name in self.own.items():
            filed = Counter(g for g, n in self.rows if n == m)
            yield f"    {name:34} {'' if self.sound()[m] else '!'} {dict(filed.most_common())}"
        yield f"    (none) {dict(Counter(g for g, n in self.rows if n is None).most_common())}"


def index(found: Sequence[tuple[int, int, int, int]]) -> tuple[float, float]:
    """F1 over pairs, and the adjusted Rand index, of counts of pairs summed over negotiations, in per cent."""
    both, gold, own, _ = (sum(column) for column in zip(*found, strict=True))
    chance = sum(g * o / max(1, every) for _, g, o, every in found)
    return 200 * both / max(1, gold + own), 100 * (both - chance) / max(1e-9, (gold + own) / 2 - chance)


def _grouping(name: str, gold: Mapping[str, Any], texts: Mapping[str, str], made: flow.Material) -> Grouping:
    found = pairs(gold, texts, made.readings)
    issue = {s.id: s.issue for reading in made.readings for s in reading.statements}
    rows = [
        (one["issue"], issue[found[one["id"]]]) for one in gold["statements"] if one["id"] in found and one["issue"]
    ]
    return Grouping(name, rows, {i.id: i.name for i in made.agenda.issues if i.kind == "substance"})


def groupings(only: str | None = None) -> Iterator[Grouping]:
    """All negotiations, each read from its folder without the agenda."""
    for folder in negotiations():
        if folder.name.startswith("open_") and only in (None, folder.name):
            texts = {d.id: d.text for d in flow.gather([str(folder / "reports")]).documents}
            yield _grouping(folder.name, gold_of(folder), texts, flow.from_paths([str(folder / "reports")]))
    if only in (None, "example"):
        gold = json.loads((EXAMPLE / "gold.json").read_text(encoding="utf-8"))
        made = flow.from_paths([str(EXAMPLE / "reports")])
        yield _grouping("example", gold, {d.id: d.text for d in made.documents}, made)
    if only in (None, "seeds") and SEEDS.exists():
        gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
        documents = [
            Document(e["id"], (SEEDS / e["file"]).read_text(encoding="utf-8"), published=date.fromisoformat(e["date"]))
            for e in gold["documents"]
        ]
        first, _ = flow.read_documents(documents, None)
        agenda, _ = flow.proposal(first, documents)
        readings, _ = flow.read_documents(documents, agenda)
        made = flow.Material(tuple(documents), readings, agenda)
        yield _grouping("seeds", gold, {d.id: d.text for d in documents}, made)


def main(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m bench.own_issues", description=__doc__.partition("\n")[0])
    options.add_argument("-v", "--verbose", action="store_true", help="list the issues beside each other")
    options.add_argument("--only", metavar="NAME", help="one negotiation, as open_a, example or seeds")
    given = options.parse_args(arguments)
    print(f"{'':10}{'pairs F1':>10}{'Rand adj.':>10}{'gold issues met':>18}{'own issues sound':>18}{'under none':>14}")
    every: list[Grouping] = []
    for one in groupings(given.only):
        every.append(one)
        print(row(one.name, [one]), flush=True)
        if given.verbose:
            print(*one.lines(), sep="\n")
    print(row("all", every))
    return 0


def row(name: str, of: Sequence[Grouping]) -> str:
    """A line of the table."""
    f1, rand = index([one.pairs() for one in of])
    met = [m is not None for one in of for m in one.issues().values()]
    sound = [s for one in of for s in one.sound().values()]
    none = [m is None for one in of for _, m in one.rows]
    cells = (f"{sum(v)}/{len(v)} {100 * sum(v) / max(1, len(v)):3.0f} %" for v in (met, sound, none))
    return f"{name:10}{f1:>10.1f}{rand:>10.1f}" + "".join(f"{c:>{w}}" for c, w in zip(cells, (18, 18, 14), strict=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
