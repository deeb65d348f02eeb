"""Lines kept in windows of days, packed, the last ones remembered."""

from __future__ import annotations

import json
import threading
import zlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from comity.ledger.daybook.days import WINDOW
from comity.ledger.daybook.source import Source

_REMEMBERED = 32
"""Windows of an issue that are remembered: those of two dates or so, as each is large."""
Lines = list[tuple[int, bytes]]


def key(issue: str, window: int) -> str:
    """Under which the lines of an issue in a window are kept."""
    return f"lines:{window}:{issue}"


def pack(lines: Iterable[tuple[int, str]]) -> bytes:
    """Lines of a window, in order of days."""
    return zlib.compress("\n".join(line for _, line in lines).encode(), 5)


class Windows:
    """Reads lines. Safe to use from several threads."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Lines] = OrderedDict()

    def lines(self, issue: str, day: int) -> Lines | None:
        """The lines of the window that holds a day; None if it is not there."""
        name = key(issue, day // WINDOW)
        with self._lock:
            known = self._known.get(name)
            if known is not None:
                self._known.move_to_end(name)
                return known
        body = self._source.get(name)
        if body is None:
            return None
        rows = zlib.decompress(body).split(b"\n") if body else []
        lines = [(int(row[1 : row.index(b",")]), row) for row in rows if row]
        with self._lock:
            self._known[name] = lines
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return lines

    def line(self, issue: str, day: int) -> list[Any] | None:
        """The newest line of the day's window that is not later; None if there is none."""
        lines = self.lines(issue, day)
        place = bisect_right([at for at, _ in lines], day) if lines else 0
        if not lines or not place:
            return None
        return list(json.loads(lines[place - 1][1]))

    def forget(self, names: Iterable[str]) -> None:
        """To be called after these were put anew."""
        with self._lock:
            for name in names:
                self._known.pop(name, None)

    def forget_all(self) -> None:
        """To be called after all was folded anew."""
        with self._lock:
            self._known.clear()
