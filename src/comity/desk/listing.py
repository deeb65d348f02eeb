"""Lists as a table to read, or as JSON, JSON lines or CSV to pass on."""

from __future__ import annotations

import csv
import io
import itertools
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from comity.desk.report.clean import isolated
from comity.words import dumps, to_json

WIDTH = 80
_ROOM = 34
"""Columns that words need to be read."""
Row = Mapping[str, Any]
_NAMES = {"id", "document", "published", "act", "no", "handling", "state"}
"""Columns that are kept on one line where there is room."""


def render(rows: Sequence[Row], columns: Sequence[str], format_: str, width: int = WIDTH) -> str:
    """`rows` as text that ends with a line end. `columns` are shown in a table and head a CSV; JSON keeps every field.

    >>> print(render([{"id": "a", "n": 2}], ["id", "n"], "csv"), end="")
    id,n
    a,2
    """
    if format_ == "json":
        return dumps(list(rows), indent=2) + "\n"
    if format_ == "jsonl":
        return "".join(dumps(row) + "\n" for row in rows)
    if format_ == "csv":
        return _csv(rows, columns)
    return table(rows, columns, width)


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_inert(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _inert(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would be one."""
    plain = to_json(value)
    if isinstance(plain, list | dict):
        return dumps(plain)
    if isinstance(plain, str) and plain[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{plain}"
    return plain


def table(rows: Sequence[Row], columns: Sequence[str], width: int = WIDTH) -> str:
    """A table that fits `width` columns; where its last column holds words and is left no room, they stand below."""
    from rich.table import Table
    from rich.text import Text

    wide = {c: max((len(_cell(row.get(c))) for row in rows), default=0) for c in columns}
    words = tuple(itertools.takewhile(lambda c: wide[c] > _ROOM and c not in _NAMES, reversed(columns[1:])))[::-1]
    head = columns[: len(columns) - len(words)]
    if words and (width - sum(wide[c] + 1 for c in head)) // len(words) < _ROOM:
        return _below(rows, head, words, width)
    made = Table(box=None, pad_edge=False, show_header=True, header_style="bold", padding=(0, 1, 0, 0))
    for column in columns:
        longest = max((len(str(row.get(column) or "")) for row in rows), default=0)
        short = (column in _NAMES and longest <= width // 2) or all(isinstance(row.get(column), int) for row in rows)
        made.add_column(column.replace("_", " "), overflow="fold", no_wrap=short)
    for row in rows:
        made.add_row(*(Text(_cell(row.get(column))) for column in columns))
    return plain(made, width)


def _below(rows: Sequence[Row], head: Sequence[str], words: Sequence[str], width: int) -> str:
    """Each row on a line of its own, words below it."""
    out = [" · ".join(name.replace("_", " ") for name in head)]
    for row in rows:
        line = " · ".join(cell for c in head if (cell := _cell(row.get(c))))
        out += textwrap.wrap(line, width, subsequent_indent="  ", break_on_hyphens=False) or [line]
        for column in words:
            named = f"{column.replace('_', ' ')}: " if len(words) > 1 else ""
            said = textwrap.wrap(named + _cell(row.get(column)), width - 4, break_on_hyphens=False)
            out += [f"    {part}" for part in said]
    return "\n".join(out) + "\n"


def plain(shown: Any, width: int = WIDTH) -> str:
    """What rich would show, as text without colours or trailing blanks."""
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False, legacy_windows=False).print(shown)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _cell(value: Any) -> str:
    plain_value = to_json(value)
    if plain_value is None:
        return "–"
    if isinstance(plain_value, list):
        return ", ".join(isolated(str(item)) for item in plain_value)
    return isolated(str(plain_value))
