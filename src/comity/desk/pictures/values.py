"""What a picture is: a specification to draw, the table that says the same in words, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Cell = str | int | float | None
Spec = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """The figures of a picture. Every row has one cell a column; dates are ISO 8601."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def records(self) -> list[dict[str, Cell]]:
        """Each row as a mapping from column to cell.

        >>> Table(("party", "n"), (("a", 2),)).records()
        [{'party': 'a', 'n': 2}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


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
