"""First-order metric temporal logic: terms and formulas as values.

Past and bounded future operators, aggregations and let-definitions, with the meaning of MonPoly's language
(Basin, Klaedtke, Müller and Zălinescu 2015; Basin, Klaedtke, Marinovic and Zălinescu 2015 for aggregations).
A formula is printed as MonPoly prints it.

>>> from comity.accord.syntax import parse_formula
>>> str(parse_formula("P(x) AND NOT ONCE[0,7d] Q(x)"))
'P(x) AND (NOT ONCE[0,604800] Q(x))'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

Value = int | float | str

# --- terms ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Var:
    """A variable; `_` alone is anonymous and made unique by the parser."""

    name: str

    def __str__(self) -> str:
        return "_" if self.name.startswith("_") else self.name


@dataclass(frozen=True)
class Const:
    """A number or a string."""

    value: Value

    def __str__(self) -> str:
        return f'"{self.value}"' if isinstance(self.value, str) else show_number(self.value)


@dataclass(frozen=True)
class Apply:
    """`+`, `-`, `*`, `/`, `MOD`, unary minus (`neg`), or a conversion such as `f2i`."""

    function: str
    args: tuple[Term, ...]

    def __str__(self) -> str:
        shown = [str(a) for a in self.args]
        if self.function == "neg":
            return f"-{shown[0]}"
        if len(shown) == 1:
            return f"{self.function}({shown[0]})"
        nested = [
            f"({s})" if isinstance(a, Apply) and len(a.args) == 2 else s for s, a in zip(shown, self.args, strict=True)
        ]
        return f" {self.function} ".join(nested)


Term = Var | Const | Apply


def show_number(value: int | float) -> str:
    """A number as MonPoly prints it: six significant digits for floats.

    >>> show_number(4.0), show_number(4 / 3)
    ('4', '1.33333')
    """
    return str(value) if isinstance(value, int) else f"{value:g}"


def term_variables(term: Term) -> tuple[str, ...]:
    """Names of the variables of a term, each once, in order of appearance."""
    if isinstance(term, Var):
        return (term.name,)
    if isinstance(term, Const):
        return ()
    return unique(name for arg in term.args for name in term_variables(arg))


def unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


# --- intervals -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Interval:
    """Bounds of a temporal operator in seconds; `high` None is unbounded. Open ends are marked."""

    low: float = 0
    high: float | None = None
    open_low: bool = False
    open_high: bool = False

    def above(self, distance: float) -> bool:
        """True if `distance` lies beyond the upper bound."""
        if self.high is None:
            return False
        return distance >= self.high if self.open_high else distance > self.high

    def below(self, distance: float) -> bool:
        """True if `distance` lies before the lower bound."""
        return distance <= self.low if self.open_low else distance < self.low

    def __contains__(self, distance: float) -> bool:
        return not self.below(distance) and not self.above(distance)

    @property
    def bounded(self) -> bool:
        return self.high is not None

    @property
    def empty(self) -> bool:
        if self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))

    def __str__(self) -> str:
        high = "*)" if self.high is None else f"{show_number(self.high)}{')' if self.open_high else ']'}"
        return f"{'(' if self.open_low else '['}{show_number(self.low)},{high}"


# --- formulas ------------------------------------------------------------------------------------------------------


class Formula:
    """Base of all formulas. `free` are the free variables in order of appearance."""

    @cached_property
    def free(self) -> tuple[str, ...]:
        return unique(name for part in self.parts for name in part.free)

    @property
    def parts(self) -> tuple[Formula, ...]:
        return ()


@dataclass(frozen=True)
class Atom(Formula):
    """``P(t1, …, tn)``."""

    name: str
    args: tuple[Term, ...]

    @cached_property
    def free(self) -> tuple[str, ...]:
        return unique(v for arg in self.args for v in term_variables(arg))

    def __str__(self) -> str:
        return f"{self.name}({','.join(map(str, self.args))})"


@dataclass(frozen=True)
class Compare(Formula):
    """``t1 = t2``, ``<``, ``<=`` or ``SUBSTRING``."""

    op: str
    left: Term
    right: Term

    @cached_property
    def free(self) -> tuple[str, ...]:
        return unique((*term_variables(self.left), *term_variables(self.right)))

    def __str__(self) -> str:
        return f"{self.left} {self.op} {self.right}"


@dataclass(frozen=True)
class Matches(Formula):
    """``t MATCHES r"…" (t1, …, tn)``: the regular expression occurs in `t`; groups equal the terms (None: any)."""

    term: Term
    pattern: str
    groups: tuple[Term | None, ...] = ()

    @cached_property
    def free(self) -> tuple[str, ...]:
        return unique(
            (*term_variables(self.term), *(v for g in self.groups if g is not None for v in term_variables(g)))
        )

    def __str__(self) -> str:
        groups = ", ".join("_" if g is None else str(g) for g in self.groups)
        return f'{self.term} MATCHES r"{self.pattern}"' + (f" ({groups})" if self.groups else "")


def _nested(part: Formula) -> str:
    return str(part) if isinstance(part, Atom | Compare | Matches) else f"({part})"


def _prefixed(part: Formula) -> str:
    plain = isinstance(part, Atom | Compare | Matches | Prefix)
    return str(part) if plain else f"({part})"


@dataclass(frozen=True)
class Not(Formula):
    part: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.part,)

    def __str__(self) -> str:
        return f"NOT {_prefixed(self.part)}"


@dataclass(frozen=True)
class Binary(Formula):
    """``AND``, ``OR``, ``IMPLIES`` or ``EQUIV``."""

    op: str
    left: Formula
    right: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.left, self.right)

    def __str__(self) -> str:
        right = str(self.right) if isinstance(self.right, Prefix) else _nested(self.right)
        left = str(self.left) if isinstance(self.left, Prefix) else _nested(self.left)
        return f"{left} {self.op} {right}"


@dataclass(frozen=True)
class Quantified(Formula):
    """``EXISTS`` or ``FORALL`` over variables."""

    op: str
    names: tuple[str, ...]
    part: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.part,)

    @cached_property
    def free(self) -> tuple[str, ...]:
        return tuple(v for v in self.part.free if v not in self.names)

    def __str__(self) -> str:
        names = ", ".join("_" if n.startswith("_") else n for n in self.names)
        return f"{self.op} {names}. {_nested(self.part)}"


@dataclass(frozen=True)
class Prefix(Formula):
    """``PREVIOUS``, ``NEXT``, ``ONCE``, ``EVENTUALLY``, ``PAST_ALWAYS`` or ``ALWAYS``."""

    op: str
    interval: Interval
    part: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.part,)

    def __str__(self) -> str:
        return f"{self.op}{self.interval} {_prefixed(self.part)}"


@dataclass(frozen=True)
class Temporal(Formula):
    """``SINCE`` or ``UNTIL``."""

    op: str
    interval: Interval
    left: Formula
    right: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.left, self.right)

    @cached_property
    def free(self) -> tuple[str, ...]:
        return unique((*self.right.free, *self.left.free))

    def __str__(self) -> str:
        left = str(self.left) if isinstance(self.left, Prefix) else _nested(self.left)
        right = str(self.right) if isinstance(self.right, Prefix) else _nested(self.right)
        return f"{left} {self.op}{self.interval} {right}"


@dataclass(frozen=True)
class Aggregate(Formula):
    """``result <- OP over; groups formula`` with OP among CNT, SUM, MIN, MAX, AVG, MED."""

    result: Term
    op: str
    over: str
    groups: tuple[str, ...]
    part: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.part,)

    @cached_property
    def free(self) -> tuple[str, ...]:
        return unique((*term_variables(self.result), *self.groups))

    def __str__(self) -> str:
        groups = f"; {','.join(self.groups)}" if self.groups else ""
        return f"{self.result} <- {self.op} {self.over}{groups} {_prefixed(self.part)}"


@dataclass(frozen=True)
class Let(Formula):
    """``LET name(params) = definition IN body``."""

    name: str
    params: tuple[str, ...]
    definition: Formula
    body: Formula

    @property
    def parts(self) -> tuple[Formula, ...]:
        return (self.definition, self.body)

    @cached_property
    def free(self) -> tuple[str, ...]:
        return self.body.free

    def __str__(self) -> str:
        return f"LET {self.name}({','.join(self.params)}) = {self.definition} IN {self.body}"


TRUE = Compare("=", Const(0), Const(0))
FALSE = Not(TRUE)
