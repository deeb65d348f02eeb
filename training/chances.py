"""Fit how likely each part of a statement is right, on statements that people judged by hand, and say how true it is.

usage: python -m training.chances [--write] [--plot FILE]

Takes docs/judged.md (statements drawn at random from the data folder's wire reports and bulletins, each part judged
right or wrong), reads the same documents anew and keeps the statements that still stand; takes the example and the
seed reports with their golds as well. A logistic regression a part (penalty 1 on each weight but the constant) is
fitted on all of it. What is printed was found by leaving out a fifth of the documents in turn: the expected calibration
error (Naeini et al. 2015, five bins with as many statements each), and how much more is wrong in the quarter that is
least likely right than in all. The chance of a time is fitted on the time expressions of the data folder's TimeBank and
WikiWars that the rules were made on, and what is printed of it was found on the third that was kept apart.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from bench.measures import Names, holders, letters, overlaps, speakers
from bench.real_texts import bulletins, salvador
from numpy.typing import NDArray

from comity.ledger import load_agenda
from comity.reading import READER, read
from comity.reading.chances import FILE, PARTS, TIME, features, likely
from comity.reading.time_chances import dated
from comity.reading.time_chances import noted as noted_of_time
from comity.reading.time_context import is_narrative
from comity.reading.times import find_times
from comity.words import Agenda, Document, Reading, Statement, TimeMention
from training.reliability import plot

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SEEDS = SHARED / "data" / "seeds"
BULLETINS = 200
FOLDS = 5
PENALTY = 1.0
_ROW = re.compile(r"\| \d+ \| (\S+) \| (\d+)–(\d+) \|((?: [+–] \|){6})")
_JUDGED = ("words", "speaker", "holder", None, "act", None)
"""What the columns of docs/judged.md tell; mode and certainty are nearly always right."""


@dataclass(frozen=True)
class Case:
    """One part of one statement: what was noted, and whether it is right."""

    record: str
    document: str
    at: int
    part: str
    noted: frozenset[str]
    right: bool


def judged() -> Iterator[Case]:
    """What people judged, of statements that are still read with the same borders."""
    rows: dict[str, list[tuple[tuple[int, int], str]]] = defaultdict(list)
    for name, start, end, marks in _ROW.findall((ROOT / "docs" / "judged.md").read_text(encoding="utf-8")):
        rows[name].append(((int(start), int(end)), "".join(re.findall("[+–]", marks))))
    for document in (*salvador(), *bulletins(BULLETINS)):
        if document.id not in rows:
            continue
        read_now = {s.passage.span: s for s in read(document).statements}
        for span, marks in rows[document.id]:
            if span in read_now:
                noted = features(read_now[span], document.text)
                for part, mark in zip(_JUDGED, marks, strict=True):
                    if part is not None:
                        yield Case("judged", document.id, span[0], part, noted[part], mark == "+")


def of_gold(record: str, gold: Mapping[str, Any], documents: Sequence[Document], agenda: Agenda) -> Iterator[Case]:
    """Statements that overlap one of the gold, whoever is taken to have spoken; the other parts of those whose speaker
    is right."""
    names = Names(gold["entities"])
    for document in documents:
        entries = [
            (letters(document.text, g["start"], g["end"]), g) for g in gold["statements"] if g["doc"] == document.id
        ]
        reading: Reading = read(document, agenda)
        for s in reading.statements:
            own = letters(document.text, s.passage.start, s.passage.end)
            ranked = [(overlaps(wanted, own), g) for wanted, g in entries]
            near = [g for worth, g in sorted(ranked, key=lambda pair: -pair[0]) if worth]
            if near:
                yield from _against(record, s, document, near, names, reading.times)


def _against(
    record: str,
    s: Statement,
    document: Document,
    near: Sequence[Mapping[str, Any]],
    names: Names,
    times: Sequence[TimeMention],
) -> Iterator[Case]:
    noted = features(s, document.text)
    same = next((g for g in near if names.canonical(s.speaker) in speakers(g, names)), None)
    yield Case(record, document.id, s.passage.start, "speaker", noted["speaker"], same is not None)
    if same is None:
        return
    yield Case(
        record,
        document.id,
        s.passage.start,
        "holder",
        noted["holder"],
        names.canonical(s.holder) in holders(same, names),
    )
    yield Case(record, document.id, s.passage.start, "act", noted["act"], s.act.value == same["act"])
    if s.issue is not None:
        yield Case(record, document.id, s.passage.start, "issue", noted["issue"], s.issue == same["issue"])
    for t in times:
        if (t.start, t.end) == s.said.expression:
            seen = noted_of_time(t, document.text[t.start : t.end], document.published, False)
            days = (str(s.said.earliest or None), str(s.said.latest or None))
            said = same["time_said"]
            yield Case(
                record, document.id, s.passage.start, TIME, seen, days == (str(said["earliest"]), str(said["latest"]))
            )


def golds() -> Iterator[Case]:
    """The example, and the seed reports where they are."""
    folder = ROOT / "examples" / "strait"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    yield from of_gold("example", gold, list(_documents(gold, folder / "reports")), load_agenda(folder / "agenda.toml"))
    if SEEDS.exists():
        gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
        yield from of_gold("seeds", gold, list(_documents(gold, SEEDS)), load_agenda(ROOT / "docs" / "seeds.toml"))


def _documents(gold: Mapping[str, Any], folder: Path) -> Iterator[Document]:
    for entry in gold["documents"]:
        text = (folder / entry["file"]).read_text(encoding="utf-8")
        yield Document(id=entry["id"], text=text, published=date.fromisoformat(entry["date"]))


def timed() -> Iterator[Case]:
    """Time expressions that can date a statement, with the value people gave them; every third file is kept apart.

    Read without a parse, as `bench.times` does. An expression that people did not annotate is wrong.
    """
    where = importlib.util.spec_from_file_location("timex", SHARED / "score" / "timex.py")
    assert where is not None
    assert where.loader is not None
    timex = importlib.util.module_from_spec(where)
    where.loader.exec_module(timex)
    for corpus in ("timebank", "wikiwars"):
        for number, path in enumerate(sorted((SHARED / "data" / "timex" / corpus).glob("*.tml"))):
            record = f"{corpus}, apart" if number % 3 == 2 else corpus
            about, gold = timex.parse(path)
            text, published = about["text"], date.fromisoformat(about["published"]) if about["published"] else None
            narrative = is_narrative(text, published)
            for t in filter(dated, find_times(text, published)):
                over = [g for g in gold if t.start < g["end"] and g["start"] < t.end]
                best = max(over, key=lambda g: min(g["end"], t.end) - max(g["start"], t.start), default=None)
                seen = noted_of_time(t, text[t.start : t.end], published, narrative)
                yield Case(record, path.stem, t.start, TIME, seen, best is not None and best["value"] == t.value)


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Weights of what was noted, rounded to a hundredth: logistic regression by Newton's method."""
    names = sorted({each for case in cases for each in case.noted})
    seen: NDArray[np.float64] = np.array([[1.0, *(float(name in c.noted) for name in names)] for c in cases])
    right = np.array([float(c.right) for c in cases])
    weights, penalty = np.zeros(len(names) + 1), np.diag([1e-6, *[PENALTY] * len(names)])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (right - chance) - penalty @ weights
        bend = (seen * (chance * (1 - chance))[:, None]).T @ seen + penalty
        weights = weights + np.linalg.solve(bend, slope)
    return dict(zip(["", *names], np.round(weights, 2).tolist(), strict=True))


def left_out(cases: Sequence[Case]) -> list[tuple[float, bool, Case]]:
    """The chance of each case by weights that have not seen its document."""
    out = []
    for fold in range(FOLDS):
        inside = [c for c in cases if _fold(c.document) == fold]
        weights = fit([c for c in cases if _fold(c.document) != fold])
        out += [(likely(weights, c.noted), c.right, c) for c in inside]
    return out


def _fold(document: str) -> int:
    return int(sha256(document.encode()).hexdigest()[:8], 16) % FOLDS


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean distance of chance and share right over five bins with as many cases each.

    >>> calibration_error([(0.5, True), (0.5, False)] * 5)
    0.0
    """
    ranked = sorted(pairs)
    cut = [ranked[len(ranked) * k // FOLDS : len(ranked) * (k + 1) // FOLDS] for k in range(FOLDS)]
    gaps = [abs(sum(p - r for p, r in each)) for each in cut if each]
    return round(sum(gaps) / len(ranked), 3)


def summed(pairs: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """How many there are, how many per cent are wrong, of all and of the quarter told to be least likely right."""
    doubtful = sorted(pairs)[: len(pairs) // 4]
    wrong, of_quarter = (100 * sum(not r for _, r in each) / len(each) for each in (pairs, doubtful))
    return {
        "statements": len(pairs),
        "wrong": round(wrong),
        "of the doubtful quarter": round(of_quarter),
        "calibration error": calibration_error(pairs),
    }


def whole(out: Mapping[str, Sequence[tuple[float, bool, Case]]]) -> list[tuple[float, bool]]:
    """Of the judged statements: the product of the chances of their parts, and whether all of them are right."""
    by_statement: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for part in ("words", "speaker", "holder", "act"):
        for chance, right, case in out[part]:
            if case.record == "judged":
                by_statement[case.document, case.at].append((chance, right))
    return [(float(np.prod([p for p, _ in each])), all(r for _, r in each)) for each in by_statement.values()]


def area(pairs: Sequence[tuple[float, bool]]) -> float:
    """How often a right one is told to be likelier than a wrong one, ties half: the area under the curve.

    >>> area([(0.9, True), (0.5, False), (0.5, True)])
    0.75
    """
    right, wrong = ([p for p, r in pairs if r is which] for which in (True, False))
    return round(float(np.mean([(a > b) + (a == b) / 2 for a in right for b in wrong])), 2)


def main() -> None:
    """Fit, print and write."""
    ask = argparse.ArgumentParser(prog="python -m training.chances", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--write", action="store_true", help="put the weights beside the reader")
    ask.add_argument("--plot", type=Path)
    given = ask.parse_args()
    cases = [*judged(), *golds()]
    weights, shown, found = {}, {}, {}
    figures: dict[str, dict[str, float]] = {}
    for part in PARTS:
        own = [c for c in cases if c.part == part]
        out = found[part] = left_out(own)
        weights[part], shown[part] = fit(own), [(p, r) for p, r, _ in out]
        figures[part] = summed(shown[part])
        print(f"{part:8} {json.dumps(figures[part])}")
    times = list(timed())
    weights[TIME] = fit([c for c in times if "apart" not in c.record])
    for record in ("timebank, apart", "wikiwars, apart"):
        pairs = [(likely(weights[TIME], c.noted), c.right) for c in times if c.record == record]
        print(f"{TIME:8} {record}: {json.dumps(summed(pairs))}")
    shown[TIME] = [(likely(weights[TIME], c.noted), c.right) for c in times if "apart" in c.record]
    figures[TIME] = summed(shown[TIME])
    print(f"{TIME:8} {json.dumps(figures[TIME])}, area {area(shown[TIME])}")
    dates = [(likely(weights[TIME], c.noted), c.right) for c in cases if c.part == TIME]
    told, right = (100 * sum(each) / len(dates) for each in zip(*dates, strict=True))
    print(f"{TIME:8} when it was said, {len(dates)} statements of the golds: {told:.0f} % told, {right:.0f} % right")
    both = whole(found)
    told, right = (100 * sum(each) / len(both) for each in zip(*both, strict=True))
    print(f"all of a judged statement: {told:.0f} % told, {right:.0f} % right,", end=" ")
    print(f"calibration error {calibration_error(both)}, area {area(both)}")
    if given.plot:
        plot(shown, given.plot)
    if given.write:
        about = {"reader": READER, "figures": figures, "weights": weights}
        FILE.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
