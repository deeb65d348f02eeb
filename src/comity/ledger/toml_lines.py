"""At which line of a TOML text a key stands, so that a mistake can be named. Serves messages only."""

from __future__ import annotations

import re
from collections import Counter

_TABLE = re.compile(r"\s*\[\[\s*([\w.\"' -]+?)\s*\]\]")
_SINGLE = re.compile(r"\s*\[\s*([\w.\"' -]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=""")


def key_lines(toml_text: str) -> dict[str, int]:
    """Line (from 1) of each table header and key, by name as in ``issue[2].option[1].id``.

    Text in triple quotes can hide a header; then a line may be missing or off, never the message itself.

    >>> key_lines('title = "t"\\n[[party]]\\nid = "a"\\n[[party]]\\nid = "b"')["party[2].id"]
    5
    """
    lines: dict[str, int] = {}
    counts: Counter[str] = Counter()
    where = ""
    for number, line in enumerate(toml_text.split("\n"), 1):
        if table := _TABLE.match(line):
            where = ""
            parts = table[1].split(".")
            for depth, part in enumerate(parts):
                path = f"{where}.{part}" if where else part
                if depth == len(parts) - 1:
                    counts[path] += 1
                where = f"{path}[{max(1, counts[path])}]"
            lines.setdefault(where, number)
            lines.setdefault(where.rpartition("[")[0], number)
        elif single := _SINGLE.match(line):
            where = single[1]
            lines.setdefault(where, number)
        elif key := _KEY.match(line):
            name = key[1].strip("\"'")
            lines.setdefault(f"{where}.{name}" if where else name, number)
    return lines
