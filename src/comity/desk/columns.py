"""All statements of a case as columns of small numbers: who, on what, for or against, said when, where in which text.

What counts over all statements (the timeline, networks) is counted in them for any date, without a statement in
memory: half a million take some twenty megabytes. Words are looked up where they are shown.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.ledger.daybook.arrays import packed, unpacked
from comity.ledger.daybook.days import NEVER, UNDATED, day_of
from comity.study import stance_of
from comity.words import Act, Agenda, Review, Statement

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

NONE = -1
ACTS, REVIEWS = tuple(Act), tuple(Review)
STANCES: tuple[float | None, ...] = (0.0, 1.0, None)
ARRAYS: tuple[tuple[str, str], ...] = (
    ("doc", "i"),  # place in `documents`
    ("number", "i"),  # of the statement's id, what follows "#"; or -1 - place in `odd`
    ("start", "i"),
    ("end", "i"),
    ("said", "i"),  # ordinal of the last day on which it can have been said; 0: not known
    ("early", "i"),  # of the first
    ("holder", "i"),  # place in `names`, or NONE
    ("speaker", "i"),
    ("issue", "h"),  # place in `issues`, or NONE
    ("option", "h"),  # place in `options` (each "issue/option"), or NONE
    ("act", "b"),
    ("stance", "b"),
    ("out", "b"),  # 1: a guess of the article, or a fact: nobody's stance
    ("review", "b"),
)
ROWS, NAMES = "column", "column names"
"""How the rows begin, and which is called so, in which columns are kept."""
PAIRS = ("also", "topic")
"""Rows beside further issues, and beside topics."""


@dataclass(frozen=True)
class Named:
    """A document, as far as it matters here."""

    id: str
    published: date | None


Part = tuple[Named, int, Iterable[Statement], Mapping[str, Review]]
"""A document, the day from which on it is superseded, its statements, and what people marked them as."""


class Making:
    """Columns in the making, a document at a time."""

    def __init__(self) -> None:
        self.arrays = {name: array(kind) for name, kind in ARRAYS}
        self.pairs = {name: array("i") for name in PAIRS}
        self.lists: dict[str, dict[str, int]] = {n: {} for n in ("documents", "names", "issues", "options", "topics")}
        self.odd: list[str] = []
        self.begins, self.ends = array("i"), array("i")

    def add(self, document: Named, ends: int, statements: Iterable[Statement], reviews: Mapping[str, Review]) -> None:
        """Adds the statements of a document, which counts from its day of publication until before the day `ends`."""
        doc = self._number("documents", document.id)
        self.begins.append(day_of(document.published))
        self.ends.append(ends)
        for s in statements:
            row = len(self.arrays["doc"])
            late, early = s.said.latest or s.said.earliest, s.said.earliest
            values = {
                "doc": doc,
                "number": self._id(document.id, s.id),
                "start": s.passage.start,
                "end": s.passage.end,
                "said": late.toordinal() if late else 0,
                "early": early.toordinal() if early else 0,
                "holder": self._number("names", s.holder) if s.holder else NONE,
                "speaker": self._number("names", s.speaker),
                "issue": self._number("issues", s.issue) if s.issue else NONE,
                "option": self._number("options", f"{s.issue}/{s.option}") if s.issue and s.option else NONE,
                "act": ACTS.index(s.act),
                "stance": STANCES.index(stance_of(s)),
                "out": int(s.own_guess or s.fact),
                "review": REVIEWS.index(reviews.get(s.id, Review.UNREVIEWED)),
            }
            for name, value in values.items():
                self.arrays[name].append(value)
            for issue in dict.fromkeys(i for i in s.also_issues if i and i != s.issue):
                self.pairs["also"].extend((row, self._number("issues", issue)))
            for topic in dict.fromkeys(s.topics):
                self.pairs["topic"].extend((row, self._number("topics", topic)))

    def made(self) -> Columns:
        """What was added."""
        arrays = {name: np.array(self.arrays[name]) for name, _ in ARRAYS}
        pairs = {name: np.array(self.pairs[name], np.int32).reshape(-1, 2) for name in PAIRS}
        lists = {name: tuple(each) for name, each in self.lists.items()} | {"odd": tuple(self.odd)}
        days = {"begins": np.array(self.begins, np.int32), "ends": np.array(self.ends, np.int32)}
        return Columns(arrays | pairs | days, lists)

    def _number(self, which: str, name: str) -> int:
        return self.lists[which].setdefault(name, len(self.lists[which]))

    def _id(self, document: str, id_: str) -> int:
        head, _, number = id_.rpartition("#")
        if (
            head == document
            and number.isascii()
            and number.isdigit()
            and len(number) < 9
            and str(int(number)) == number
        ):
            return int(number)
        self.odd.append(id_)
        return -len(self.odd)


@dataclass(frozen=True, eq=False)
class Columns:
    """Statements, a row each. Rows of a document stand together, those of its text in order."""

    arrays: Mapping[str, NDArray[Any]]
    lists: Mapping[str, Sequence[str]]

    def packed(self) -> dict[str, bytes]:
        """As bytes, by the name of each row: a row for each array, so that one after the other is unpacked."""
        lists = json.dumps(self.lists, ensure_ascii=False).encode("utf-8", "surrogatepass")
        arrays = {f"{ROWS} {name}": zlib.compress(packed({name: each}), 3) for name, each in self.arrays.items()}
        return arrays | {NAMES: zlib.compress(lists, 3)}

    @classmethod
    def none(cls) -> Columns:
        """No statements."""
        return Making().made()

    @classmethod
    def unpacked(cls, rows: Mapping[str, bytes]) -> Columns:
        """What `packed` gave."""
        arrays: dict[str, NDArray[Any]] = {}
        for name, body in rows.items():
            if name != NAMES:
                arrays |= unpacked(zlib.decompress(body))
        return cls(arrays, json.loads(zlib.decompress(rows[NAMES])))

    def __len__(self) -> int:
        return len(self.arrays["doc"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where a document stands, by its id."""
        return {name: n for n, name in enumerate(self.lists["documents"])}

    @cached_property
    def when(self) -> Ints:
        """The day not later than which each was said: of saying as far as known, else of publication; UNDATED."""
        begins = self["begins"][self["doc"]]
        return np.where(self["said"] > 0, self["said"], begins).astype(np.int32)

    @cached_property
    def in_time(self) -> Ints:
        """All rows, oldest first, undated last; of a day by document and place."""
        names = self.lists["documents"]
        rank = np.zeros(len(names), np.int32)
        rank[sorted(range(len(names)), key=lambda n: names[n])] = np.arange(len(names), dtype=np.int32)
        when = np.where(self.when >= UNDATED, date.max.toordinal(), self.when)
        return np.lexsort((self["start"], rank[self["doc"]], when)).astype(np.int32)

    def counting(self, as_of: date | None) -> Flags:
        """Which rows count as of a date."""
        day = day_of(as_of)
        open_ = (self["begins"] <= day) & (self["ends"] > day)
        return np.asarray(open_[self["doc"]])

    def party(self, agenda: Agenda) -> NDArray[np.int16]:
        """The party of each row, as its place among the agenda's; or NONE."""
        known = {p.id: n for n, p in enumerate(agenda.parties)}
        of = np.array([known.get(agenda.party_of(name) or "", NONE) for name in self.lists["names"]] + [NONE], np.int16)
        held = of[self["holder"]]
        return np.asarray(np.where(held == NONE, of[self["speaker"]], held), np.int16)

    @cached_property
    def _by_id(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows by document and number, and these in order."""
        keys = self["doc"].astype(np.int64) << 32 | (self["number"].astype(np.int64) + (1 << 31))
        order = np.argsort(keys, kind="stable")
        return order, keys[order]

    def rows_of(self, ids: Iterable[str]) -> Ints:
        """Rows of statements by their ids; those that are not here are left out."""
        odd = {id_: -1 - n for n, id_ in enumerate(self.lists["odd"])}
        wanted = []
        for id_ in ids:
            document, _, number = id_.rpartition("#")
            if id_ in odd:
                at = np.flatnonzero(self["number"] == odd[id_])
                wanted += [int(self["doc"][row]) << 32 | (odd[id_] + (1 << 31)) for row in at.tolist()]
            elif document in self.places and number.isdecimal():
                wanted.append(self.places[document] << 32 | (int(number) + (1 << 31)))
        order, keys = self._by_id
        if not len(keys) or not wanted:
            return np.zeros(0, np.int32)
        asked = np.array(sorted(wanted), np.int64)
        at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
        return np.asarray(order[at[keys[at] == asked]], np.int32)

    def id_of(self, row: int) -> str:
        """The id of the statement in a row."""
        number = int(self["number"][row])
        return f"{self.document_of(row)}#{number}" if number >= 0 else self.lists["odd"][-1 - number]

    def document_of(self, row: int) -> str:
        """The document of a row."""
        return self.lists["documents"][int(self["doc"][row])]

    def with_documents(self, parts: Iterable[Part]) -> Columns:
        """The same with some of its documents as they are now."""
        made = Making()
        for which, known in made.lists.items():
            known.update({name: n for n, name in enumerate(self.lists[which])})
        made.odd = list(self.lists["odd"])
        docs = []
        for document, ends, statements, reviews in parts:
            if document.id in self.places:
                docs.append(self.places[document.id])
                made.add(document, ends, statements, reviews)
        new, old = made.made(), np.array(docs, np.int32)
        stays = ~np.isin(self["doc"], old)
        place = np.cumsum(stays, dtype=np.int32) - 1
        kept = int(np.count_nonzero(stays))
        arrays: dict[str, NDArray[Any]] = {
            name: np.concatenate([self[name][stays], new[name]]).astype(self[name].dtype) for name, _ in ARRAYS
        }
        for name in PAIRS:
            ours, theirs = self[name][stays[self[name][:, 0]]].copy(), new[name].copy()
            ours[:, 0] = place[ours[:, 0]]
            theirs[:, 0] += kept
            arrays[name] = np.concatenate([ours, theirs])
        for name in ("begins", "ends"):
            arrays[name] = self[name].copy()
            arrays[name][old] = new[name]
        return Columns(arrays, new.lists)


def end_of(ends: Mapping[str, int], *names: str) -> int:
    """The day from which on a document, by its id or identity, is superseded; NEVER if it is not."""
    return min((ends.get(name, NEVER) for name in names), default=NEVER)
