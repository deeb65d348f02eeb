"""The monitor against the semantics as textbooks write it, and MonPoly's formats."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.accord import Monitor, NotMonitorable, TimePoint, parse_formula, parse_log, parse_signature
from comity.accord.formula import Formula
from comity.accord.textbook import domain, holds
from comity.words import InputError

SIGNATURE = parse_signature("P(int) Q(int) R(int,int) T()")
VALUES = (0, 1, 2)


@st.composite
def traces(draw: st.DrawFn) -> list[TimePoint]:
    points, time = [], 0
    for index in range(draw(st.integers(1, 7))):
        time += draw(st.integers(0, 3))
        events: dict[str, set[tuple[int, ...]]] = {
            "P": {(v,) for v in draw(st.sets(st.sampled_from(VALUES)))},
            "Q": {(v,) for v in draw(st.sets(st.sampled_from(VALUES)))},
            "R": set(draw(st.sets(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), max_size=4))),
            "T": {()} if draw(st.booleans()) else set(),
        }
        points.append(TimePoint(index, time, events))  # type: ignore[arg-type]
    return points


intervals = st.sampled_from(["", "[0,2]", "[1,3]", "(0,2)", "[2,2]", "[1,*]", "[0,0]"])
bounded = st.sampled_from(["[0,2]", "[1,3]", "(0,2)", "[2,2]", "[0,0]", "[0,4)"])
unary = st.sampled_from(
    ["P(x)", "Q(x)", "(EXISTS y. R(x,y))", "(P(x) OR Q(x))", "(P(x) AND NOT Q(x))", "(P(x) AND x < 2)"]
)


@st.composite
def formulas(draw: st.DrawFn, depth: int = 2) -> str:
    """Monitorable formulas over x."""
    if depth == 0:
        return draw(unary)
    a, b = draw(formulas(depth - 1)), draw(formulas(depth - 1))
    past, future = draw(intervals), draw(bounded)
    neg = draw(st.sampled_from(["", "NOT "]))
    return draw(
        st.sampled_from(
            [
                f"({a}) AND ({b})",
                f"({a}) OR ({b})",
                f"({a}) AND NOT ({b})",
                f"({neg}({a})) SINCE{past} ({b})",
                f"({neg}({a})) UNTIL{future} ({b})",
                f"ONCE{past} ({a})",
                f"EVENTUALLY{future} ({a})",
                f"PREVIOUS{past} ({a})",
                f"NEXT{past} ({a})",
                f"({a}) AND PAST_ALWAYS{past} NOT ({b})",
                f"({a}) AND ALWAYS{future} NOT (({b}) AND P(x))",
                f"1 <- CNT y; x (R(x,y) AND ({a}))",
                f"LET D(x) = {a} IN D(x) AND ONCE{past} ({b})",
            ]
        )
    )


def expected(formula: Formula, trace: list[TimePoint]) -> dict[int, set[tuple[object, ...]]]:
    values = domain(trace, formula)
    return {
        i: {
            row
            for row in product(values, repeat=len(formula.free))
            if holds(formula, trace, i, dict(zip(formula.free, row, strict=True)), values)
        }
        for i in range(len(trace))
    }


@settings(max_examples=150, deadline=None)
@given(formulas(), traces())
def test_every_decided_verdict_is_the_textbooks(text: str, trace: list[TimePoint]) -> None:
    formula = parse_formula(text)
    # The end of the trace is far away, so that what lies beyond cannot matter to the textbook either.
    padded = [*trace, *(TimePoint(len(trace) + k, trace[-1].time + 100 * (k + 1), {}) for k in range(3))]
    want = expected(formula, padded)
    got = {v.index: set(v.rows) for v in Monitor(formula, SIGNATURE).run(padded)}
    assert set(range(len(trace))) <= set(got)
    for index in range(len(trace)):
        assert got[index] == want[index], (text, index)


@settings(max_examples=60, deadline=None)
@given(formulas(), traces())
def test_a_verdict_never_changes_when_more_is_known(text: str, trace: list[TimePoint]) -> None:
    whole = {v.index: v for v in Monitor(parse_formula(text), SIGNATURE).run(trace)}
    for n in range(len(trace)):
        for verdict in Monitor(parse_formula(text), SIGNATURE).run(trace[:n]):
            assert whole[verdict.index] == verdict


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("NOT P(x)", "NOT stands alone"),
        ("P(x) OR R(x,y)", "same free variables"),
        ("EVENTUALLY P(x)", "needs an upper bound"),
        ("P(x) AND x < y", "must be bound"),
        ("R(x,y) SINCE P(x)", "must be free on its right"),
        ("ONCE[3,2] P(x)", "interval is empty"),
        ("x < 3", "stands only beside"),
    ],
)
def test_what_cannot_be_monitored_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotMonitorable, match=reason):
        Monitor(parse_formula(text), SIGNATURE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("P(x", "line 1: expected ','"),
        ("P(x) AND\n\nOR Q(x)", "line 3"),
        ("P(x) $", "unexpected character"),
        ("ONCE[a,3] P(x)", "expected a number"),
    ],
)
def test_a_bad_formula_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_formula(text, "f.mfotl")
    assert says in str(caught.value)
    assert str(caught.value).startswith("f.mfotl")


@pytest.mark.parametrize(
    ("log", "says"),
    [
        ("@1 P(1)\n@0 P(2)", "line 2: time goes back from 1 to 0"),
        ("@1 X(1)", "unknown predicate 'X'"),
        ("@1 P(1,2)", "P takes 1 values, found 2"),
        ("@1 P(one)", "'one' is no int"),
        ("@x P(1)", "not a time"),
        ("@1 P(1", "ends inside a tuple"),
    ],
)
def test_a_bad_log_is_told_with_its_line(log: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        list(parse_log(log, SIGNATURE, "log"))
    assert says in str(caught.value)


def test_a_formula_prints_and_reads_back() -> None:
    for text in ("P(x) AND NOT (ONCE[0,604800] Q(x))", "n <- CNT y; x R(x,y)", "LET A(x) = P(x) IN A(3)"):
        assert parse_formula(str(parse_formula(text))) == parse_formula(text)


@pytest.mark.data
def test_monpolys_own_suite_agrees() -> None:
    data = Path(__file__).parents[2].parent / "shared" / "data" / "monitoring"
    if not data.exists():
        pytest.skip("needs the shared data folder beside the checkout")
    from bench.conformance import cases

    judged = list(cases(data))
    assert not [case for case in judged if case[2] == "wrong"]
    outside = [case for case in judged if case[2] == "outside"]
    assert len(outside) <= 0.08 * sum(case[0] != "random" for case in judged)
    assert not [case for case in outside if case[0] == "random"]
