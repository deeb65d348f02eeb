"""Terms as functions of a row, with MonPoly's arithmetic: whole numbers divide towards zero, bad conversions give 0."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from comity.accord.formula import Compare, Const, Term, Value, Var

RowFunction = Callable[[Sequence[Any]], Any]


def _divide(a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int):
        quotient = abs(a) // abs(b)
        return quotient if (a < 0) == (b < 0) else -quotient
    return a / b


def _modulo(a: Any, b: Any) -> Any:
    return int(math.fmod(a, b)) if isinstance(a, int) else math.fmod(a, b)


def _string_to(kind: type[int] | type[float]) -> Callable[[str], Value]:
    def convert(text: str) -> Value:
        try:
            return kind(text)
        except ValueError:
            return kind(0)

    return convert


def _float_to_string(value: float) -> str:
    shown = f"{value:.12g}"
    return shown if any(c in shown for c in ".einf") else shown + "."


def _float_to_int(value: float) -> int:
    return int(value) if math.isfinite(value) else 0


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "MOD": _modulo,
    "neg": operator.neg,
    "f2i": _float_to_int,
    "i2f": float,
    "i2s": str,
    "s2i": _string_to(int),
    "f2s": _float_to_string,
    "s2f": _string_to(float),
}

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    "SUBSTRING": lambda part, whole: part in whole,
}


def compile_term(term: Term, columns: Sequence[str]) -> RowFunction:
    """A function from a row with these columns to the value of `term`.

    >>> from comity.accord.formula import Apply, Const, Var
    >>> compile_term(Apply("/", (Var("x"), Const(2))), ("x",))((-7,))
    -3
    """
    if isinstance(term, Const):
        value = term.value
        return lambda row: value
    if isinstance(term, Var):
        return operator.itemgetter(columns.index(term.name))
    function = FUNCTIONS[term.function]
    parts = [compile_term(arg, columns) for arg in term.args]
    if len(parts) == 1:
        (only,) = parts
        return lambda row: function(only(row))
    first, second = parts
    return lambda row: function(first(row), second(row))


def compile_comparison(formula: Compare, columns: Sequence[str]) -> Callable[[Sequence[Any]], bool]:
    """A function from a row to whether the comparison holds."""
    test = COMPARISONS[formula.op]
    left, right = compile_term(formula.left, columns), compile_term(formula.right, columns)
    return lambda row: test(left(row), right(row))
