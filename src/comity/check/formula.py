"""The checker's own reader of formulas: text to nested tuples. Raises ValueError for what it cannot read.

IMPLIES, FORALL, ALWAYS, PAST_ALWAYS, ``>`` and ``>=`` are written out by the rest.
"""

from __future__ import annotations

import math
import re
from typing import Any

Formula = tuple[Any, ...]
_TOKEN = re.compile(r"""\s+|("[^"]*"|'[^']*'|\d+(?:\.\d*)?|[A-Za-z_]\w*|<-|<=|>=|\S)""")
_TIGHT = {"SINCE": 2, "UNTIL": 2, "IMPLIES": 6, "OR": 7, "AND": 8}
_TIMED = {"PREV": "prev", "PREVIOUS": "prev", "NEXT": "next", "ONCE": "once", "EVENTUALLY": "eventually"}


def negation(f: Formula) -> Formula:
    return f[1] if f[0] == "not" else ("not", f)


class Reader:
    def __init__(self, text: str) -> None:
        self.tokens, self.i, self.blanks = [t for t in _TOKEN.findall(text) if t], 0, 0

    def read(self) -> Formula:
        found = self.formula(0)
        return found if self.i == len(self.tokens) else self.fail("the end")

    def fail(self, wanted: str) -> Any:
        raise ValueError(f"{wanted} expected, {self.here!r} found in a formula")

    @property
    def here(self) -> str:
        return self.tokens[self.i] if self.i < len(self.tokens) else ""

    def next(self) -> str:
        self.i += 1
        return str(self.tokens[self.i - 1] if self.i <= len(self.tokens) else self.fail("more"))

    def take(self, *wanted: str) -> str:
        return self.next() if self.here and self.here in wanted else ""

    def need(self, wanted: str) -> Any:
        return self.take(wanted) or self.fail(repr(wanted))

    def names(self) -> list[str]:
        found = [self.next()]
        while self.take(","):
            found.append(self.next())
        return found

    def formula(self, tight: int) -> Formula:
        left = self.prefix()
        while self.here in _TIGHT and tight <= _TIGHT[self.here]:
            op = self.next()
            if op in ("SINCE", "UNTIL"):
                left = (op.lower(), *self.interval(), left, self.formula(2))
                continue
            right = self.formula(_TIGHT[op] + (op != "IMPLIES"))
            left = ("or", negation(left), right) if op == "IMPLIES" else (op.lower(), left, right)
        return left

    def prefix(self) -> Formula:
        if self.take("NOT"):
            return negation(self.formula(9))
        if self.take("TRUE"):
            return ("cmp", "=", ("const", 0), ("const", 0))
        if op := self.take(*_TIMED):
            return (_TIMED[op], *self.interval(), self.formula(3))
        if op := self.take("ALWAYS", "PAST_ALWAYS"):
            return ("not", ("once" if "_" in op else "eventually", *self.interval(), negation(self.formula(3))))
        if op := self.take("EXISTS", "FORALL"):
            names, _, part = self.names(), self.need("."), self.formula(4)
            return ("exists", names, part) if op == "EXISTS" else ("not", ("exists", names, negation(part)))
        if self.here.isidentifier() and self.tokens[self.i + 1 : self.i + 2] == ["("]:
            name, _, args = self.next(), self.next(), list[Formula]()
            while not self.take(")"):
                args.append(self.term())
                _ = self.here == ")" or self.need(",")
            return ("atom", name, args)
        if self.take("("):
            inner, _ = self.formula(0), self.need(")")
            return inner
        left = self.term()
        if self.take("<-"):
            op, over, groups = self.next(), self.next(), self.names() if self.take(";") else []
            return ("agg", left, op, over, groups, self.formula(4))
        op = self.take("=", "<=", "<", ">=", ">") or self.fail("a comparison")
        right = self.term()
        return ("cmp", {">": "<", ">=": "<="}[op], right, left) if op in (">", ">=") else ("cmp", op, left, right)

    def interval(self) -> tuple[int, float]:
        """Least and greatest whole number of days."""
        if not (self.here == "[" or (self.here == "(" and self.tokens[self.i + 2 : self.i + 3] == [","])):
            return 0, math.inf
        opening, low, _ = self.next(), float(self.next()), self.need(",")
        high, closing = math.inf if self.take("*") else float(self.next()), self.next()
        least = math.floor(low) + 1 if opening == "(" else math.ceil(low)
        return least, high if math.isinf(high) else math.ceil(high) - 1 if closing == ")" else math.floor(high)

    def term(self) -> Formula:
        token = self.next()
        if token[0] in "\"'":
            return ("const", token[1:-1])
        if token[0].isdigit():
            return ("const", float(token) if "." in token else int(token))
        self.blanks += token == "_"
        return ("var", f"_{self.blanks}" if token == "_" else token) if token.isidentifier() else self.fail("a term")


def reach(f: Formula) -> tuple[float, float]:
    """How many days a formula looks back and ahead."""
    inner = [reach(part) for part in f[1:] if isinstance(part, tuple) and f[0] != "cmp" and part[0] != "var"]
    back, ahead = max((b for b, _ in inner), default=0.0), max((a for _, a in inner), default=0.0)
    more = 1 if f[0] in ("prev", "next") else f[2] if f[0] in ("once", "since", "eventually", "until") else 0
    return (back, ahead + more) if f[0] in ("next", "eventually", "until") else (back + more, ahead)
