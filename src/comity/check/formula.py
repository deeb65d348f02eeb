"""The checker's own reader of formulas: text to nested tuples. Raises ValueError for what it cannot read.

It reads what clauses are written in: brackets wherever two operators meet, windows [a,b] or [a,*) in days. Of ("past",
low, high, f, g) and ("future", low, high, f, g), g holds so many days away and f (None: nothing) in between.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput

Formula = tuple[Any, ...]
_GRAMMAR = Lark(
    r"""
    ?start: part | and | or | part LINK part -> timed
    and: part ("AND" part)+
    or: part ("OR" part)+
    ?part: "(" start ")" | not | exists | timed | atom | compare | fold
    not: "NOT" part
    exists: "EXISTS" names "." part
    timed: WINDOW part
    atom: NAME "(" (term ("," term)*)? ")"
    compare: term COMPARED term
    fold: term "<-" NAME NAME groups part
    names: NAME ("," NAME)*
    groups: (";" NAME ("," NAME)*)?
    term: NAME | NUMBER | TEXT
    LINK.2: /SINCE(?!\w)(\[\d+,(\d+\]|\*\)))?|UNTIL\[\d+,\d+\]/
    WINDOW.2: /(ONCE|PREVIOUS|NEXT)(?!\w)(\[\d+,(\d+\]|\*\)))?|EVENTUALLY\[\d+,\d+\]/
    COMPARED: /<=|<(?!-)|=/
    NAME: /[A-Za-z_]\w*/
    NUMBER: /\d+/
    TEXT: /"[^"]*"/
    %ignore /\s+/
    """,
    parser="lalr",
)


class _Written(Transformer[Token, Formula]):
    """Tuples from the tree of a formula."""

    def __default__(self, data: str, children: list[Any], meta: Any) -> Formula:
        return (str(data), *children)

    names = groups = list

    def term(self, found: list[Token]) -> Formula:
        (token,) = found
        if token.type == "NAME":
            return ("var", f"_{token.start_pos}" if token == "_" else str(token))
        return ("const", int(token) if token.type == "NUMBER" else token[1:-1])

    def timed(self, found: list[Any]) -> Formula:
        *throughout, word, part = found
        return (*window(word), *(throughout or [None]), part)


def window(word: str) -> tuple[str, float, float]:
    """An operator of time: its direction, and how many days, at least and at most."""
    op, _, days = word.rstrip("])").partition("[")
    low, high = days.split(",") if days else ("0", "*")
    least, most = int(low), math.inf if high == "*" else int(high)
    if op in ("PREVIOUS", "NEXT"):
        least, most = max(least, 1), min(most, 1)
    return "future" if op in ("EVENTUALLY", "NEXT", "UNTIL") else "past", least, most


@lru_cache(maxsize=4096)
def read(text: str) -> Formula:
    try:
        return _Written().transform(_GRAMMAR.parse(text))
    except UnexpectedInput as error:
        raise ValueError(f"no formula that clauses are written in: {text[:60]!r}, column {error.column}") from None


def reach(f: Formula) -> tuple[float, float]:
    """How many days a formula looks back and ahead."""
    parts = [reach(part) for part in f[1:] if isinstance(part, tuple) and part[0] not in ("var", "const")]
    back = max((b for b, _ in parts), default=0) + (f[2] if f[0] == "past" else 0)
    ahead = max((a for _, a in parts), default=0) + (f[2] if f[0] == "future" else 0)
    return back, ahead
