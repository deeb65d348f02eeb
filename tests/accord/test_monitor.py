"""MonPoly's formats as they are read and refused, and its own suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.accord import Monitor, NotMonitorable, parse_formula, parse_log, parse_signature
from comity.words import InputError

SIGNATURE = parse_signature("P(int) Q(int) R(int,int) T()")


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
        ("@1 P(1))", "')' outside a tuple"),
        ("@1 (2)", "a tuple without a predicate"),
        ("@ @1 P(1)", "not a time: '@'"),
        ("@1 P(1)\n@", "line 2: the log ends after @"),
        ("P(1)", "P before the first time"),
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
