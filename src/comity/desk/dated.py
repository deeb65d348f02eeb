"""What is worked out of a large case for a date, and kept in the case: tensions, events, terms, numbers, the model of a
deal and what blocks one, and the sections of the brief that compare many statements.

It takes seconds, so it is made in a process of its own and looked up by pages a little at a time. What is kept of a
date says of which revision of the case it is; it is never the answer for another date. It is a projection: dropped
without loss. Beside the newest date so many others are kept, those that were made last.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from comity import ledger
from comity.case import Case, Kept, Revision
from comity.case.shelf import decided_at, shelve, shelved
from comity.desk import judging
from comity.ledger import Daybook, parse_agenda
from comity.reading import READER
from comity.words import Decision, DecisionKind, Ledger, NegotiationModel, Tension, from_json, to_json

NAME = "dated"
"""Under which the rows stand among the projections."""
SOURCE = f"4; {ledger.VERSION}; {READER}"
"""What they were made with: rows of another version are none."""
MOST = 24
"""Dates that are kept beside that of all documents."""
PER_ROW = 50
"""Tensions that stand in one row."""
MOST_CITED = 8
"""Statements that a stated position of a model cites; all that supports it has a page of its own."""
TIME_LIMIT = 20.0
"""Seconds that one question about a deal may take."""


@dataclass(frozen=True)
class Head:
    """What is kept of a date: of which revision, when the newest decision in it was recorded (ISO 8601; empty if there
    is none), how many statements it was made of, and how many tensions there are. `turn` counts what was kept."""

    revision: Revision
    known: str
    turn: int
    weighed: int
    tensions: int

    @property
    def stamp(self) -> str:
        """Names the revision in the keys of rows."""
        return stamp_of(self.revision)


def stamp_of(revision: Revision) -> str:
    """A revision as a word."""
    decisions, agenda, documents, (newest, count), expunged = astuple(revision)
    return f"{decisions}.{agenda}.{documents}.{newest}.{count}.{expunged}"


def day_key(as_of: date | None) -> str:
    """The key of a date; all documents are "all"."""
    return as_of.isoformat() if as_of else "all"


def head(case: Case, as_of: date | None) -> Head | None:
    """What is kept of a date, or None."""
    found = case.projection(NAME, day_key(as_of), SOURCE)
    return None if found is None else _head(found)


def part(case: Case, as_of: date | None, of: Head, name: str) -> Any:
    """One part of what is kept of a date, as plain JSON; None if it has gone."""
    found = case.projection(NAME, f"{day_key(as_of)}|{of.stamp}|{name}", SOURCE)
    return None if found is None else json.loads(zlib.decompress(found))


def work_out(path: str | Path, as_of: date | None) -> bool:
    """Works out a date and keeps it, unless that is kept already. False, and nothing is kept, while the daybook does
    not have the newest edits."""
    path = Path(path)
    with Case.open(path) as case:
        now = case.revision()
        known = head(case, as_of)
        if known is not None and known.revision == now:
            keep_blockers(case, as_of)
            return True
        if not current(book_of(path)[1]):
            return False
        made, every = both(path, as_of)
        keep(case, made, every, now)
        keep_blockers(case, as_of)
        return True


def both(path: Path, as_of: date | None) -> tuple[Ledger, tuple[Tension, ...]]:
    """The ledger as of a date with what it weighs as its statements, and its tensions as if nobody had judged one."""
    book, source = book_of(path)
    judged = any(d.kind is DecisionKind.TENSION for d in source.decisions())
    try:
        made = book.ledger(as_of)
        if not judged:
            return made, made.tensions
        source.judged = False
        return made, book.ledger(as_of).tensions
    finally:
        source.judged = True
        book.let_go()


def keep(case: Case, made: Ledger, every: Sequence[Tension], revision: Revision) -> None:
    """Keeps what pages look up of a ledger as of a date, which holds the statements that are weighed. `every` are its
    tensions as if nobody had judged one."""
    from comity.desk import large_brief
    from comity.desk.pictures import export, happenings
    from comity.desk.pictures.gap import gap
    from comity.desk.pictures.spread import plain

    rows = [to_json(row) for row in judging.rows(replace(made, tensions=tuple(every)))]
    count = len(rows)
    parts = {"index": _packed([[r["key"], r["kind"], r["issue"], r["parties"]] for r in rows])}
    for n in range(0, count, PER_ROW):
        parts[f"tensions {n // PER_ROW:05}"] = _packed(rows[n : n + PER_ROW])
    del rows  # each part is packed before the next is made: as plain values they are large
    parts["events"] = _packed(plain(happenings.events(made)))
    parts["terms"] = _packed(to_json(made.terms))
    gaps = ledger.gaps(made, {d.id: d for d in Kept(case.path, READER).documents()})
    parts["gaps"] = _packed(to_json(gaps))
    parts["gap"] = _packed(export.as_json(gap(made, gaps)))
    parts["deal"] = _packed(deal_of(made))
    parts["rest"] = _packed(to_json(large_brief.rest_of(case, made, gaps)))
    others = {key: _head(body) for key, body in shelved(case, NAME, SOURCE, "").items() if "|" not in key}
    turn = 1 + max((each.turn for each in others.values()), default=0)
    of = Head(revision, decided_at(case, revision.decisions), turn, len(made.statements), count)
    day = day_key(made.as_of)
    put = {f"{day}|{of.stamp}|{name}": value for name, value in parts.items()}
    put[day] = json.dumps(astuple(of)).encode()
    dated = sorted((each.turn, key) for key, each in others.items() if key not in ("all", day))
    old = [key for _, key in dated[: max(0, len(dated) - MOST + (day != "all"))]]
    shelve(case, NAME, SOURCE, put, [f"{day}|", *(first for key in old for first in (f"{key}|", key))])


def keep_blockers(case: Case, as_of: date | None) -> None:
    """Keeps what blocks a deal on the model that is kept of a date: this may take as long as all else."""
    from comity.bargaining import blockers

    of = head(case, as_of)
    told = part(case, as_of, of, "deal") if of else None
    if of is None or told is None or part(case, as_of, of, "blockers") is not None:
        return
    model = from_json(NegotiationModel, told["model"])
    found = blockers(model, time_limit=TIME_LIMIT) if model.issues else None
    shelve(case, NAME, SOURCE, {f"{day_key(as_of)}|{of.stamp}|blockers": _packed(to_json(found))})


def deal_of(made: Ledger) -> dict[str, Any]:
    """The model of a deal that the positions make, what it lacks, and the sentences it cites."""
    from comity.bargaining import draft_model

    model, notes = draft_model(made)
    cut = replace(
        model,
        red_lines=_cut(model.red_lines),
        conditions=_cut(model.conditions),
        stated=_cut(model.stated),
        steps=_cut(model.steps),
    )
    citing: tuple[Any, ...] = (*cut.red_lines, *cut.conditions, *cut.stated, *cut.steps)
    cited = {i for each in citing for i in each.statements}
    return {
        "model": to_json(cut),
        "notes": list(notes),
        "sentences": {s.id: s.passage.quote for s in made.statements if s.id in cited},
    }


def answered(name: str, model: NegotiationModel, how: dict[str, Any]) -> Any:
    """A question about a model, by the name of a function of the bargaining room: for a process of its own."""
    from comity import bargaining

    return getattr(bargaining, name)(model, **how)


def still(spec: str, format_: str) -> str | bytes:
    """A specification drawn as ``svg`` or ``png``."""
    from comity.desk.pictures import export
    from comity.desk.pictures.values import Picture, Table

    picture = Picture("", "", "", json.loads(spec), Table((), ()))
    return export.written(picture, format_)


def whole_ledger(path: str | Path, as_of: date | None) -> bytes:
    """The ledger as of a date, with the statements that are weighed, as JSON."""
    made = book_of(Path(path))[0].ledger(as_of)
    return json.dumps(to_json(made), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def refresh(path: str | Path) -> bool:
    """Lets the daybook take note of what was decided; False if only a whole fold helps."""
    global _known
    book, source = book_of(Path(path))
    done = current(source) or book.refresh()
    _known = _known and (*_known[:3], _mark(source))  # it knows what it did itself
    return done


class Source(Kept):
    """A case as the source of a daybook; with `judged` False as if nobody had judged a tension."""

    judged = True

    def decisions(self, until: int | None = None) -> Iterable[Decision]:
        return [d for d in super().decisions(until) if self.judged or d.kind is not DecisionKind.TENSION]


_known: tuple[tuple[str, int, str], Daybook, Source, tuple[Any, ...]] | None = None


def book_of(path: Path) -> tuple[Daybook, Source]:
    """The daybook of a case in this process, folded as far as it is by now: one, that of the case asked for last."""
    global _known
    with Case.open(path, write=False) as case:
        toml = case.agenda() or ""
    key = (str(path), os.stat(path).st_ino, toml)
    if _known is None or _known[0] != key:
        source = Source(path, READER)
        _known = (key, Daybook(parse_agenda(toml, file=f"{path} (agenda)"), source), source, _mark(source))
    elif _known[3] != _mark(_known[2]):
        _known[1].reload()
        _known = (*_known[:3], _mark(_known[2]))
    return _known[1], _known[2]


def current(source: Kept) -> bool:
    """True if what is folded has everything that the case holds."""
    return _mark(source)[1:] == source.state()


def _mark(source: Kept) -> tuple[Any, ...]:
    """Of which agenda and state of the case the daybook is; how many days are folded does not matter here."""
    mark = json.loads(source.get("mark") or b"{}")
    return tuple(mark.get(name) for name in ("made", "decisions", "fixed", "moving"))


def _cut(cited: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(replace(each, statements=each.statements[:MOST_CITED]) for each in cited)


def _head(body: bytes) -> Head:
    revision, *rest = json.loads(body)
    decisions, agenda, documents, readings, expunged = revision
    return Head(Revision(decisions, agenda, documents, (readings[0], readings[1]), expunged), *rest)


def _packed(value: object) -> bytes:
    return zlib.compress(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 3
    )
