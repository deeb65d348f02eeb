"""Formulas that are monitored only after rearranging give the answers of the textbook to the formula as written."""

from __future__ import annotations

from random import Random

import pytest

from comity.accord import History, Monitor, NotMonitorable, TimePoint, normal_form, parse_formula, parse_signature
from comity.accord.rewriting import prepared
from comity.accord.textbook import satisfying

SIGNATURE = parse_signature("P(int) Q(int) R(int,int) S(string) F(float) T()")
VALUES = (0, 1, 2)

REARRANGED = (
    "NOT P(x) AND Q(x)",
    "x > 0 AND P(x)",
    "y = x AND P(x)",
    "Q(y) AND (x = y AND P(x))",
    "(x < y AND P(x)) AND Q(y)",
    "P(x) AND (x > 1 OR x < 1)",
    "P(x) AND (NOT Q(x) OR x > 0)",
    "P(x) AND (T() OR Q(x))",
    "P(x) AND (Q(x) IMPLIES x > 0)",
    "P(x) AND (Q(x) EQUIV x > 0)",
    "P(x) AND (Q(x) EQUIV R(x,x))",
    "NOT (P(x) IMPLIES Q(x))",
    "FORALL x. P(x) IMPLIES Q(x)",
    "FORALL x. (NOT P(x)) OR Q(x)",
    "FORALL x, y. R(x,y) IMPLIES (P(x) OR Q(y))",
    "P(x) AND FORALL y. (R(x,y) IMPLIES Q(y))",
    "FORALL x. P(x) IMPLIES ONCE[0,3] Q(x)",
    "FORALL x. P(x) IMPLIES EVENTUALLY[0,3] Q(x)",
    "FORALL x. ALWAYS[0,3] (P(x) IMPLIES Q(x))",
    "EXISTS y. (P(x) AND (NOT R(x,y)) AND Q(y))",
    "EXISTS x. (P(x) OR T())",
    "ONCE[0,4] (NOT P(x) AND Q(x))",
    "(NOT P(x) AND Q(x)) SINCE[0,4] (x > 0 AND Q(x))",
    "(T() AND Q(x)) UNTIL[0,4] (NOT P(x) AND Q(x))",
    "LET D(x) = NOT P(x) AND Q(x) IN x < 2 AND D(x)",
    "P(x) AND NOT (Q(x) AND (x > 0 OR R(x,x)))",
)


def trace_of(draw: Random) -> list[TimePoint]:
    points, time = [], 0
    for index in range(5):
        time += draw.randint(0, 2)
        events = {
            "P": {(v,) for v in VALUES if draw.random() < 0.5},
            "Q": {(v,) for v in VALUES if draw.random() < 0.5},
            "R": {(v, w) for v in VALUES for w in VALUES if draw.random() < 0.35},
            "T": {()} if draw.random() < 0.5 else set(),
        }
        points.append(TimePoint(index, time, events))  # type: ignore[arg-type]
    return [*points, *(TimePoint(5 + k, time + 100 * (k + 1), {}) for k in range(2))]


@pytest.mark.parametrize("text", REARRANGED)
def test_the_answers_are_the_textbooks(text: str) -> None:
    formula, draw = parse_formula(text), Random(text)
    for _ in range(6):
        trace = trace_of(draw)
        want = satisfying(formula, trace, VALUES)
        online = {v.index: set(v.rows) for v in Monitor(formula, SIGNATURE).run(trace)}
        batch = {v.index: set(v.rows) for v in History.of(trace, SIGNATURE).satisfied(formula).verdicts()}
        for index in range(5):
            assert online[index] == batch[index] == want[index], (text, index)


def test_what_is_monitorable_is_left_as_it_is() -> None:
    for text in ("P(x) AND (Q(x) AND NOT R(x,x))", "NOT (T() OR T())", "P(x) AND (x = 1 OR x = 2)", "x = 5 AND P(y)"):
        formula = parse_formula(text)
        assert prepared(formula, SIGNATURE) == normal_form(formula)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("T() AND (x < 1)", "variables of a comparison must be bound"),
        ("P(x) OR Q(y)", "both sides of OR"),
        ("FORALL y. R(x,y) IMPLIES Q(y)", "NOT R\\(x,y\\): NOT stands alone"),
        ("ALWAYS[0,3] (P(x) IMPLIES Q(x))", "NOT stands alone"),
        ("P(x) AND NOT Q(y)", "variables of the negated part"),
        ("(x < 3) SINCE Q(x)", "stands only beside a formula"),
        ("FORALL x. P(x) IMPLIES EVENTUALLY Q(x)", "NOT stands alone"),
        ("F(x) AND YEAR(x) = 1970", "YEAR is not computed here"),
    ],
)
def test_what_stays_outside_is_told_as_it_was_written(text: str, said: str) -> None:
    with pytest.raises(NotMonitorable, match=said):
        Monitor(parse_formula(text), SIGNATURE)


def test_a_formula_that_would_grow_without_end_is_given_up() -> None:
    either = " AND ".join(f"(x = {n} OR x > {n})" for n in range(12))
    with pytest.raises(NotMonitorable):
        Monitor(parse_formula(f"{either} AND P(y)"), SIGNATURE)
