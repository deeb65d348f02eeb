"""MonPoly's formula and signature formats, read as they are.

Precedence, loosest first: ``LET … IN``; ``SINCE``, ``UNTIL`` (right); ``PREVIOUS`` and the other one-place temporal
operators; quantifiers and aggregations; ``EQUIV``; ``IMPLIES`` (right); ``OR``; ``AND``; ``NOT``; comparisons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from comity.accord.formula import (
    FALSE,
    TRUE,
    Aggregate,
    Apply,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Interval,
    Let,
    Matches,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Term,
    Var,
)
from comity.words import InputError


class Token(NamedTuple):
    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*|\(\*.*?\*\))
      | (?P<regex>r"[^"]*")
      | (?P<string>"[^"]*"|'[^']*')
      | (?P<number>\d+\.\d*(?:e[+-]?\d+)?|\d+(?:e[+-]?\d+)?)(?P<unit>[smhdMy]\b)?
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<op><-|<=|>=|[<>=+\-*/(),;.\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS = {
    "AND", "OR", "NOT", "IMPLIES", "EQUIV", "EXISTS", "FORALL", "PREV", "PREVIOUS", "NEXT", "ONCE", "EVENTUALLY",
    "SOMETIMES", "ALWAYS", "PAST_ALWAYS", "HISTORICALLY", "SINCE", "UNTIL", "TRUE", "FALSE", "LET", "IN", "SUBSTRING",
    "MATCHES", "MOD", "CNT", "SUM", "AVG", "MIN", "MAX", "MED", "EX", "FA",
}  # fmt: skip
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PREFIXES = {
    "PREV": "PREVIOUS",
    "PREVIOUS": "PREVIOUS",
    "NEXT": "NEXT",
    "ONCE": "ONCE",
    "EVENTUALLY": "EVENTUALLY",
    "SOMETIMES": "EVENTUALLY",
    "ALWAYS": "ALWAYS",
    "PAST_ALWAYS": "PAST_ALWAYS",
    "HISTORICALLY": "PAST_ALWAYS",
}
_FUNCTIONS = {"f2i", "i2f", "i2s", "s2i", "f2s", "s2f", "DAY_OF_MONTH", "MONTH", "YEAR", "FORMAT_DATE", "R2S", "S2R"}
_AGGREGATES = {"CNT", "SUM", "AVG", "MIN", "MAX", "MED"}
_TIGHT = {"EQUIV": 5, "IMPLIES": 6, "OR": 7, "AND": 8}


def tokens(text: str, file: str | None = None) -> list[Token]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise InputError(f"unexpected character {text[at]!r}", file=file, line=text.count("\n", 0, at) + 1)
        kind = match.lastgroup or ""
        if match["number"] is not None:
            found.append(Token("number", match["number"], at))
            if match["unit"]:
                found.append(Token("unit", match["unit"], match.start("unit")))
        elif kind == "name" and match[0] in _WORDS:
            found.append(Token("word", match[0], at))
        elif kind != "space":
            found.append(Token(kind, match[0], at))
        at = match.end()
    found.append(Token("end", "", len(text)))
    return found


class _Parser:
    """A precedence-climbing parser over the tokens of one formula."""

    def __init__(self, text: str, file: str | None) -> None:
        self.text, self.file = text, file
        self.tokens, self.i = tokens(text, file), 0
        self.anonymous = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.i]

    def fail(self, wanted: str) -> NoReturn:
        shown = self.here.text or "the end"
        raise InputError(
            f"expected {wanted}, found {shown!r}", file=self.file, line=self.text.count("\n", 0, self.here.at) + 1
        )

    def take(self, *texts: str) -> str | None:
        """The text of the next token, taken, if it is one of `texts` (not a string or a plain name)."""
        if self.here.kind in ("word", "op") and self.here.text in texts:
            self.i += 1
            return self.tokens[self.i - 1].text
        return None

    def need(self, text: str) -> None:
        if not self.take(text):
            self.fail(repr(text))

    def name(self, wanted: str = "a name") -> str:
        if self.here.kind != "name":
            self.fail(wanted)
        self.i += 1
        return self.tokens[self.i - 1].text

    # formulas

    def formula(self, tight: int = 0) -> Formula:
        left = self.prefix()
        while self.here.kind == "word":
            op = self.here.text
            if op in ("SINCE", "UNTIL") and tight <= 2:
                self.i += 1
                interval = self.interval()
                left = Temporal(op, interval, left, self.formula(2))
            elif op in _TIGHT and tight <= _TIGHT[op]:
                self.i += 1
                right_tight = _TIGHT[op] if op == "IMPLIES" else _TIGHT[op] + 1
                left = Binary(op, left, self.formula(right_tight))
            else:
                break
        return left

    def prefix(self) -> Formula:
        if self.take("NOT"):
            return Not(self.formula(9))
        if self.take("LET"):
            return self.let()
        if op := self.take(*_PREFIXES):
            interval = self.interval()
            return Prefix(_PREFIXES[op], interval, self.formula(3))
        if op := self.take("EXISTS", "FORALL", "EX", "FA"):
            names = [self.name("a variable")]
            while self.take(","):
                names.append(self.name("a variable"))
            self.need(".")
            return Quantified("EXISTS" if op.startswith("EX") else "FORALL", tuple(names), self.formula(4))
        if self.take("TRUE"):
            return TRUE
        if self.take("FALSE"):
            return FALSE
        return self.atom()

    def let(self) -> Formula:
        name, params = self.name("a predicate"), list[str]()
        self.need("(")
        while not self.take(")"):
            params.append(self.name("a parameter"))
            self.take(",")
        self.need("=")
        definition = self.formula()
        self.need("IN")
        return Let(name, tuple(params), definition, self.formula())

    def atom(self) -> Formula:
        start = self.i
        if self.here.kind == "name" and self.tokens[self.i + 1][:2] == ("op", "(") and self.here.text not in _FUNCTIONS:
            name, args = self.name(), list[Term]()
            self.need("(")
            while not self.take(")"):
                args.append(self.term())
                if self.here.text != ")":
                    self.need(",")
            if self.here.text not in ("<-",):
                return Atom(name, tuple(args))
            self.i = start
        if self.here.text == "(" and self.here.kind == "op":
            self.i += 1
            try:
                inner = self.formula()
                self.need(")")
            except InputError:
                self.i = start  # perhaps a term in brackets: (a + b) * 2 = c
            else:
                if self.here.text not in ("+", "-", "*", "/", "=", "<", "<=", ">", ">=", "MOD"):
                    return inner
                self.i = start
        return self.comparison()

    def comparison(self) -> Formula:
        left = self.term()
        if self.take("<-"):
            return self.aggregate(left)
        if self.take("MATCHES"):
            return self.matches(left)
        op = self.take("=", "<=", "<", ">=", ">", "SUBSTRING")
        if op is None:
            self.fail("a comparison")
        right = self.term()
        if op in (">", ">="):
            return Compare("<" if op == ">" else "<=", right, left)
        return Compare(op, left, right)

    def matches(self, term: Term) -> Formula:
        if self.here.kind != "regex":
            self.fail('a regular expression r"…"')
        pattern, groups = self.here.text[2:-1], list[Term | None]()
        self.i += 1
        if self.take("("):
            while not self.take(")"):
                if self.here.text == "_":
                    self.i += 1
                    groups.append(None)
                else:
                    groups.append(self.term())
                self.take(",")
        return Matches(term, pattern, tuple(groups))

    def aggregate(self, result: Term) -> Formula:
        op = self.take(*_AGGREGATES)
        if op is None:
            self.fail("an aggregation (CNT, SUM, AVG, MIN, MAX, MED)")
        over, groups = self.name("a variable"), list[str]()
        if self.take(";"):
            groups.append(self.name("a variable"))
            while self.take(","):
                groups.append(self.name("a variable"))
        return Aggregate(result, op, over, tuple(groups), self.formula(4))

    def interval(self) -> Interval:
        opening = None
        if self.here.text == "[" or (self.here.text == "(" and self._interval_ahead()):
            opening = self.here.text
            self.i += 1
        if opening is None:
            return Interval()
        low = self.bound()
        self.need(",")
        high = None if self.take("*") else self.bound()
        closing = self.take("]", ")")
        if closing is None:
            self.fail("']' or ')'")
        return Interval(low or 0, high, opening == "(", closing == ")" and high is not None)

    def _interval_ahead(self) -> bool:
        """True if a round bracket opens an interval: a number, perhaps a unit, then a comma."""
        kinds = [t.kind if t.kind in ("number", "unit") else t.text for t in self.tokens[self.i + 1 : self.i + 4]]
        return kinds[:2] == ["number", ","] or kinds[:3] == ["number", "unit", ","]

    def bound(self) -> float:
        if self.here.kind != "number":
            self.fail("a number")
        value = float(self.here.text)
        self.i += 1
        if self.here.kind == "unit":
            if self.here.text not in _SECONDS:
                self.fail("a unit among s, m, h, d")
            value *= _SECONDS[self.here.text]
            self.i += 1
        return int(value) if value == int(value) else value

    # terms

    def term(self, tight: int = 0) -> Term:
        left = self.factor()
        while self.here.text in ("+", "-", "*", "/", "MOD") and self.here.kind in ("op", "word"):
            op, strength = self.here.text, 1 if self.here.text in "+-" else 2
            if strength <= tight:
                break
            self.i += 1
            left = Apply(op, (left, self.term(strength)))
        return left

    def factor(self) -> Term:
        token = self.here
        if self.take("-"):
            inner = self.factor()
            if isinstance(inner, Const) and not isinstance(inner.value, str):
                return Const(-inner.value)
            return Apply("neg", (inner,))
        if self.take("("):
            term = self.term()
            self.need(")")
            return term
        self.i += 1
        if token.kind == "number":
            exact = "." not in token.text and "e" not in token.text
            return Const(int(token.text) if exact else float(token.text))
        if token.kind == "string":
            return Const(token.text[1:-1])
        if token.kind == "name":
            if token.text in _FUNCTIONS and self.take("("):
                argument = self.term()
                self.need(")")
                return Apply(token.text, (argument,))
            if token.text == "_":
                self.anonymous += 1
                return Var(f"_{self.anonymous}")
            return Var(token.text)
        self.i -= 1
        self.fail("a term")


def parse_formula(text: str, file: str | None = None) -> Formula:
    """The formula that `text` writes. Raises InputError with the line of the fault."""
    parser = _Parser(text, file)
    formula = parser.formula()
    if parser.here.kind != "end":
        parser.fail("the end of the formula")
    return formula


@dataclass(frozen=True)
class Signature:
    """Predicates with the types of their arguments: "int", "float", "string" or "regexp"."""

    predicates: dict[str, tuple[str, ...]]


_DECLARATION = re.compile(r"\s*([A-Za-z_][\w-]*)\s*\(([^)]*)\)")


def parse_signature(text: str, file: str | None = None) -> Signature:
    """The signature that `text` writes: ``P(x:int, string) Q()``.

    >>> parse_signature("P(x:int, string)").predicates
    {'P': ('int', 'string')}
    """
    predicates: dict[str, tuple[str, ...]] = {}
    plain = re.sub(r"#[^\n]*|\(\*.*?\*\)", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)
    at = 0
    while plain[at:].strip():
        match = _DECLARATION.match(plain, at)
        line = plain.count("\n", 0, at + len(plain[at:]) - len(plain[at:].lstrip())) + 1
        if not match:
            raise InputError("not a declaration", file=file, line=line, hint="write NAME(type, …)")
        types = tuple(part.split(":")[-1].strip() for part in match[2].split(",") if part.strip())
        for kind in types:
            if kind not in ("int", "float", "string", "regexp"):
                raise InputError(f"unknown type {kind!r}", file=file, line=line, hint="use int, float or string")
        predicates[match[1]] = types
        at = match.end()
    return Signature(predicates)
