"""The register: every statement as a row of small numbers, and which of them are weighed on a day.

A row is a statement as decided. Columns are arrays of NumPy; a table holds the rows of one issue, sorted by group and,
within a group, newest first, so that the newest of every group on a day are found without looking at any statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.ledger.daybook.days import NEVER, UNDATED, day_of
from comity.ledger.evidence import Take
from comity.ledger.horizon import Group, groups_of, most
from comity.ledger.phrases import withdraws
from comity.words import Agenda, Mode, Review

Sheet = tuple[str, Sequence[Take], Mapping[str, Review]]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

COLUMNS: tuple[tuple[str, type], ...] = (
    ("doc", np.int32),  # number of the document
    ("number", np.int32),  # statement id: the number after "#", or -1 - place in `odd`
    ("order", np.int64),  # newest first: see `_order`
    ("place", np.int64),  # the ledger's order: publication, document, place in the text
    ("begins", np.int32),  # day of publication
    ("ends", np.int32),  # day on which its document is superseded
    ("said", np.int32),  # day of saying as far as known, else 0
    ("speaker", np.int32),
)
_RANK, _WITHIN = 20, 16  # bits for the rank of a document, and of a statement within one
MOST_DOCUMENTS, MOST_STATEMENTS = 1 << _RANK, 1 << _WITHIN


@dataclass
class Table:
    """Rows of one issue, those of a group together, newest first. `groups` are the numbers of its groups, each of which
    has `many` rows, of which on one day at most `room` are weighed."""

    rows: Ints
    groups: Ints
    many: Ints
    room: Ints

    @property
    def group(self) -> Ints:
        """The group of each row."""
        return np.repeat(self.groups, self.many)

    def weighed(self, counting: Flags) -> Ints:
        """Those of its rows that are weighed, where of all rows of the register these count."""
        if not len(self.rows):
            return self.rows
        counts = counting[self.rows]
        so_far = np.cumsum(counts, dtype=np.int32)
        first = np.cumsum(self.many) - self.many
        most = np.repeat(so_far[first] - counts[first] + self.room, self.many)
        return self.rows[counts & (so_far <= most)]


@dataclass
class Register:
    """All rows. Documents, speakers and groups have numbers: their places in these lists."""

    docs: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    members: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, 2), np.int32))
    """Row and group."""
    pairs: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, 2), np.int32))
    """Two rows that tell one utterance."""
    back: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    """Rows that take something back, with their issue and party."""
    reviews: dict[int, str] = field(default_factory=dict)
    superseded: dict[str, int] = field(default_factory=dict)
    """Document to the day on which another one supersedes it."""
    printed: dict[str, str] = field(default_factory=dict)
    """Document to the original of the group of documents that carry nearly its text."""
    marks: dict[str, str] = field(default_factory=dict)
    """Document to the mark of the reading that is in."""

    def __post_init__(self) -> None:
        for name, kind in COLUMNS:
            self.columns.setdefault(name, np.zeros(0, kind))
        self._doc = {name: n for n, name in enumerate(self.docs)}
        self._speaker = {name: n for n, name in enumerate(self.speakers)}
        self._group = {group: n for n, group in enumerate(self.groups)}
        self._tables: dict[str | None, Table] = {}
        self._days: Ints | None = None
        self.altered: set[int] = set()
        """Rows that are others than when the register was last kept whole."""
        self.whole = len(self)
        """So many rows there were then."""
        self._cells: tuple[list[tuple[str, str]], Ints, Ints, Ints] | None = None

    def __len__(self) -> int:
        return len(self.columns["doc"])

    def name_documents(self, names: Iterable[str]) -> None:
        """Gives documents their numbers; ranks are by name."""
        for name in names:
            if name not in self._doc:
                self._doc[name] = len(self.docs)
                self.docs.append(name)
        rank = np.zeros(len(self.docs), np.int64)
        rank[np.argsort(np.array(self.docs, dtype=object))] = np.arange(len(self.docs))
        if len(self):
            new = rank[self.columns["doc"]] << _WITHIN
            mask = np.int64(((1 << _RANK) - 1) << _WITHIN)
            for column in ("order", "place"):
                self.columns[column] = (self.columns[column] & ~mask) | new
        self._rank = rank

    def add(self, sheets: Iterable[Sheet], agenda: Agenda, keeping: Mapping[str, int] | None = None) -> Ints:
        """Adds the takes of documents, each with its marks of review; returns their rows. Takes whose ids are in
        `keeping` have a row already, and only their places are set anew."""
        issues = frozenset(issue.id for issue in agenda.issues)
        rows: dict[str, list[int]] = {name: [] for name, _ in COLUMNS}
        members: list[tuple[int, int]] = []
        first = row = len(self)
        for name, takes, reviews in sheets:
            doc = self._doc[name]
            rank = int(self._rank[doc])
            ids = {id_: n for n, id_ in enumerate(sorted(take.id for take in takes))}
            for seq, take in enumerate(takes):
                begins = day_of(take.published)
                if keeping and take.id in keeping:
                    old = keeping[take.id]
                    self.columns["place"][old] = (begins << _RANK | rank) << _WITHIN | seq
                    self.columns["order"][old] = _order(take, rank, ids[take.id])
                    self.altered.add(old)
                    continue
                rows["doc"].append(doc)
                rows["number"].append(self._number(name, take.id))
                rows["order"].append(_order(take, rank, ids[take.id]))
                rows["place"].append((begins << _RANK | rank) << _WITHIN | seq)
                rows["begins"].append(begins)
                rows["ends"].append(self.superseded.get(name, NEVER))
                said = take.statement.said.latest or take.statement.said.earliest
                rows["said"].append(said.toordinal() if said else 0)
                rows["speaker"].append(_numbered(self.speakers, self._speaker, take.statement.speaker))
                members += [(row, _numbered(self.groups, self._group, group)) for group in groups_of(take, issues)]
                s = take.statement
                if s.mode is not Mode.AUTHOR and withdraws(take.quote):
                    self.back[row] = (s.issue, agenda.party_of(s.holder or s.speaker))
                if take.id in reviews:
                    self.reviews[row] = reviews[take.id].value
                row += 1
        self.columns = {  # all at once: others may be reading
            name: np.concatenate([self.columns[name], np.array(rows[name], kind)]) for name, kind in COLUMNS
        }
        if members:
            self.members = np.concatenate([self.members, np.array(members, np.int32)])
        self.forget_tables()
        return np.arange(first, row, dtype=np.int32)

    def tell(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Pairs of rows that tell one utterance."""
        if pairs:
            self.pairs = np.concatenate([self.pairs, np.array(pairs, np.int32)])

    def drop(self, rows: Ints) -> None:
        """Takes rows out: they count on no day."""
        self.columns["begins"][rows] = NEVER
        self.altered.update(rows.tolist())
        gone = np.zeros(len(self), np.bool_)
        gone[rows] = True
        self.members = self.members[~gone[self.members[:, 0]]]
        self.pairs = self.pairs[~(gone[self.pairs[:, 0]] | gone[self.pairs[:, 1]])]
        for row in rows.tolist():
            self.back.pop(row, None)
            self.reviews.pop(row, None)
        self.forget_tables()

    def forget_tables(self) -> None:
        """To be called after a change."""
        self._tables.clear()
        self._days = None
        self._cells = None

    def _number(self, document: str, id_: str) -> int:
        head, _, number = id_.rpartition("#")
        if (
            head == document
            and number.isdigit()
            and number.isascii()
            and str(int(number)) == number
            and len(number) < 9
        ):
            return int(number)
        self.odd.append(id_)
        return -len(self.odd)

    def ids(self, rows: Iterable[int]) -> list[str]:
        """Ids of the statements in rows."""
        docs, numbers = self.columns["doc"], self.columns["number"]
        return [self._id(int(docs[row]), int(numbers[row])) for row in rows]

    def _id(self, doc: int, number: int) -> str:
        return f"{self.docs[doc]}#{number}" if number >= 0 else self.odd[-1 - number]

    def all_ids(self, rows: Ints) -> dict[int, str]:
        """Ids by row, many at once."""
        docs, numbers = self.columns["doc"][rows].tolist(), self.columns["number"][rows].tolist()
        names = self.docs
        return {
            row: f"{names[doc]}#{number}" if number >= 0 else self.odd[-1 - number]
            for row, doc, number in zip(rows.tolist(), docs, numbers, strict=True)
        }

    def rows_of(self, document: str) -> Ints:
        """Rows of a document that count on some day."""
        doc = self._doc.get(document, -1)
        return np.flatnonzero((self.columns["doc"] == doc) & (self.columns["begins"] < NEVER)).astype(np.int32)

    def table(self, issue: str | None) -> Table:
        """The rows of an issue (None: of no issue of the agenda)."""
        known = self._tables.get(issue)
        if known is not None:
            return known
        wanted = np.array([group[0] == issue for group in self.groups] or [False], np.bool_)
        room = np.array([most(group) for group in self.groups] or [0], np.int32)
        mine = self.members[wanted[self.members[:, 1]]] if len(self.members) else self.members
        mine = mine[np.lexsort((self.columns["order"][mine[:, 0]], mine[:, 1]))]
        groups, many = np.unique(mine[:, 1], return_counts=True)
        table = Table(mine[:, 0].copy(), groups, many.astype(np.int32), room[groups])
        self._tables[issue] = table
        return table

    def supporting(self, day: int) -> dict[tuple[str, str], int]:
        """How many rows support each party's position on each issue on a day, by party and issue."""
        if self._cells is None:
            found: dict[tuple[str, str], int] = {}
            cell = np.full(max(1, len(self.groups)), -1, np.int32)
            for number, (issue, holder, supports, _, also) in enumerate(self.groups):
                if issue and holder and supports and not also:
                    cell[number] = found.setdefault((holder, issue), len(found))
            mine = self.members[cell[self.members[:, 1]] >= 0]
            rows = mine[:, 0]
            self._cells = (
                list(found),
                cell[mine[:, 1]],
                self.columns["begins"][rows],
                self.columns["ends"][rows],
            )
        names, cells, begins, ends = self._cells
        counts = np.bincount(cells[(begins <= day) & (ends > day)], minlength=len(names))
        return {name: count for name, count in zip(names, counts.tolist(), strict=True) if count}

    def issues(self) -> list[str | None]:
        """Issues that have rows."""
        return list(dict.fromkeys(group[0] for group in self.groups))

    def weighed(self, day: int) -> Flags:
        """Which rows are weighed on a day."""
        found, counting = np.zeros(len(self), np.bool_), self.counting(day)
        for issue in self.issues():
            found[self.table(issue).weighed(counting)] = True
        return found

    def counting(self, day: int) -> Flags:
        """Which rows count on a day."""
        return np.asarray((self.columns["begins"] <= day) & (self.columns["ends"] > day))

    def days(self) -> Ints:
        """The days on which something begins or ceases to count, in order."""
        if self._days is None:
            days = np.unique(np.r_[self.columns["begins"], self.columns["ends"]])
            self._days = days[days <= UNDATED].astype(np.int32)
        return self._days

    def heads(self, weighed: Flags) -> dict[int, int]:
        """Row to the row that stands for its utterance, for those weighed that tell one more than once."""
        one, other = self.pairs[:, 0], self.pairs[:, 1]
        both = weighed[one] & weighed[other]
        parent: dict[int, int] = {}

        def find(row: int) -> int:
            while (up := parent.setdefault(row, row)) != row:
                parent[row] = parent[up]
                row = up
            return row

        for a, b in zip(one[both].tolist(), other[both].tolist(), strict=True):
            first, second = find(a), find(b)
            if first != second:
                parent[second] = first
        members: dict[int, list[int]] = {}
        for row in list(parent):
            members.setdefault(find(row), []).append(row)
        told = np.array(list(parent), np.int64)
        when = self.columns["order"][told] >> (_RANK + _WITHIN + 5)
        said = told[np.lexsort((self.columns["place"][told], -when))].tolist()
        rank = dict(zip(said, range(len(said)), strict=True))
        heads = {}
        for rows in members.values():
            heads.update(dict.fromkeys(rows, min(rows, key=rank.__getitem__)))
        return heads


def _order(take: Take, rank: int, within: int) -> int:
    """`Take.order` as one number: day said (newest first), authority, provenance, document, id."""
    when, authority, provenance, _, _ = take.order
    return ((UNDATED + when) << 5 | authority << 2 | provenance) << (_RANK + _WITHIN) | rank << _WITHIN | within


def _numbered(names: list[Any], numbers: dict[Any, int], name: Any) -> int:
    number = numbers.get(name)
    if number is None:
        number = numbers[name] = len(names)
        names.append(name)
    return number
