"""MATCHES: regular expressions in MonPoly's syntax (OCaml's `Str`), with groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from comity.accord.formula import Matches, Var
from comity.accord.operators.base import Row
from comity.accord.terms import compile_term
from comity.words import InputError


def new_columns(matches: Matches, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Variables that the groups of `matches` bind beside `columns`."""
    named = [group.name for group in matches.groups if isinstance(group, Var)]
    return tuple(dict.fromkeys(name for name in named if name not in columns))


def matcher(matches: Matches, columns: tuple[str, ...]) -> Callable[[Row], Iterator[Row]]:
    """A function from a row over `columns` to that row with the groups' values behind it, if the text matches."""
    try:
        pattern = re.compile(_python(matches.pattern), re.DOTALL)
    except re.error as error:
        raise InputError(f"not a regular expression: {matches.pattern!r} ({error})") from None
    text, new = compile_term(matches.term, columns), new_columns(matches, columns)
    tests = [
        (place, compile_term(group, columns))
        for place, group in enumerate(matches.groups)
        if group is not None and not (isinstance(group, Var) and group.name in new)
    ]
    named = [
        (place, group.name)
        for place, group in enumerate(matches.groups)
        if isinstance(group, Var) and group.name in new
    ]

    def bound(row: Row) -> Iterator[Row]:
        found = pattern.search(text(row))
        if not found:
            return
        groups = found.groups()
        values: dict[str, Any] = {}
        if any(groups[place] != term(row) for place, term in tests if place < len(groups)):
            return
        if any(values.setdefault(name, groups[place]) != groups[place] for place, name in named):
            return
        yield (*row, *(values[name] for name in new))

    return bound


def _python(pattern: str) -> str:
    """In Python's syntax: brackets and the bar are literal unless escaped.

    >>> _python("a(b)"), _python(r"\\(a\\|b\\)")
    ('a\\\\(b\\\\)', '(a|b)')
    """
    out, i = list[str](), 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\" and i + 1 < len(pattern):
            out.append(pattern[i + 1] if pattern[i + 1] in "()|" else pattern[i : i + 2])
            i += 1
        else:
            out.append("\\" + c if c in "()|{}" else c)
        i += 1
    return "".join(out)
