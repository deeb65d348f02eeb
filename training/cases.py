"""Parts of statements that people judged right or wrong: from docs/judged.md, from golds and from annotated times."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.gold_source import reports
from bench.measures import Names, holders, letters, overlaps, speakers
from bench.real_texts import bulletins, colombia, polnear_dev, salvador
from bench.unseen import gold_of, negotiations

from comity.ledger import load_agenda
from comity.reading import read
from comity.reading.chances import TIME, features
from comity.reading.time_chances import dated
from comity.reading.time_chances import noted as noted_of_time
from comity.reading.time_context import is_narrative
from comity.reading.times import find_times
from comity.words import Agenda, Document, Reading, Statement, TimeMention

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SEEDS = SHARED / "data" / "seeds"
BULLETINS = 200
WHOLE = 60
"""Rows of a sample that is listed as a whole."""
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
    """What people judged, of statements that are still read with the same borders.

    Samples of which only what was wrong is listed are left out: they would make everything look worse than it is.
    """
    rows: dict[str, list[tuple[tuple[int, int], str]]] = defaultdict(list)
    for sample in (ROOT / "docs" / "judged.md").read_text(encoding="utf-8").split("\n## "):
        listed = _ROW.findall(sample)
        for name, start, end, marks in listed if len(listed) >= WHOLE else ():
            rows[name].append(((int(start), int(end)), "".join(re.findall("[+–]", marks))))
    for document in (*salvador(), *bulletins(BULLETINS), *colombia(), *polnear_dev()):
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
    """The example, the seed reports where they are, and the open ones of those it was not made for."""
    folder = ROOT / "examples" / "strait"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    yield from of_gold("example", gold, list(_documents(gold, folder / "reports")), load_agenda(folder / "agenda.toml"))
    if SEEDS.exists():
        gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
        yield from of_gold("seeds", gold, list(_documents(gold, SEEDS)), load_agenda(ROOT / "docs" / "seeds.toml"))
    for folder in (each for each in negotiations() if each.name.startswith("open")):
        documents = [Document(id=r.id, text=r.text, published=r.published) for r in reports(folder / "reports")]
        yield from of_gold("unseen", gold_of(folder), documents, load_agenda(folder / "agenda.toml"))


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
