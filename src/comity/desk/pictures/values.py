"""What a picture is: a specification to draw, the table that says the same in words, and what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

Cell = str | int | float | None
Spec = dict[str, Any]
Row = tuple[Cell, ...]
_Item = TypeVar("_Item")


class Rows(Sequence[Row], Generic[_Item]):
    """Rows that are made when they are looked at: a table of half a million is read a page at a time.

    >>> rows = Rows((1, 2, 3), lambda n: (n, n * n))
    >>> rows[-1], len(rows), rows[:2] == ((1, 1), (2, 4))
    ((3, 9), 3, True)
    """

    def __init__(self, items: Sequence[_Item], make: Callable[[_Item], Row]) -> None:
        self._items, self._make = items, make

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(self._make(item) for item in self._items[at])
        return self._make(self._items[at])

    def __iter__(self) -> Iterator[Row]:
        return map(self._make, self._items)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Table:
    """The figures of a picture. Every row has one cell a column; dates are ISO 8601."""

    columns: tuple[str, ...]
    rows: Sequence[Row]

    def records(self, first: int = 0, last: int | None = None) -> list[dict[str, Cell]]:
        """Each row, or those from `first` to before `last`, as a mapping from column to cell.

        >>> Table(("party", "n"), (("a", 2),)).records()
        [{'party': 'a', 'n': 2}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows[first:last]]


@dataclass(frozen=True)
class Picture:
    """A picture as a Vega-Lite specification with its data inside, and its table.

    `description` says in a sentence what is to be seen; `notes` say what is put together or left out, so that nobody
    takes the picture for more than it is.
    """

    name: str
    title: str
    description: str
    spec: Spec
    table: Table
    notes: tuple[str, ...] = ()
