"""Three readings of one formula agree: the monitor online, the batch by columns, and the textbook."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.accord import History, Monitor, TimePoint, leaves, parse_formula, parse_log, parse_signature
from comity.accord.log import pieces, read_tokens
from comity.accord.scan import scan
from comity.accord.textbook import domain, satisfying
from comity.words import InputError

SIGNATURE = parse_signature("P(int) Q(int) R(int,int) T()")
VALUES = (0, 1, 2)


@st.composite
def traces(draw: st.DrawFn, longest: int = 7) -> list[TimePoint]:
    points, time = [], 0
    for index in range(draw(st.integers(1, longest))):
        time += draw(st.integers(0, 3))
        events: dict[str, set[tuple[int, ...]]] = {
            "P": {(v,) for v in draw(st.sets(st.sampled_from(VALUES)))},
            "Q": {(v,) for v in draw(st.sets(st.sampled_from(VALUES)))},
            "R": set(draw(st.sets(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), max_size=4))),
            "T": {()} if draw(st.booleans()) else set(),
        }
        points.append(TimePoint(index, time, events))  # type: ignore[arg-type]
    return points


intervals = st.sampled_from(["", "[0,2]", "[1,3]", "(0,2)", "[2,2]", "[1,*]", "[0,0]", "[0,1.5]"])
bounded = st.sampled_from(["[0,2]", "[1,3]", "(0,2)", "[2,2]", "[0,0]", "[0,4)", "[0.5,2.5]"])
unary = st.sampled_from(
    ["P(x)", "Q(x)", "(EXISTS y. R(x,y))", "(P(x) OR Q(x))", "(P(x) AND NOT Q(x))", "(P(x) AND x < 2)", "R(x,x)"]
)
figures = st.sampled_from(["CNT", "SUM", "MIN", "MAX", "AVG", "MED"])


@st.composite
def formulas(draw: st.DrawFn, depth: int = 2) -> str:
    """Monitorable formulas over x."""
    if depth == 0:
        return draw(unary)
    a, b, c = (draw(formulas(depth - 1)) for _ in range(3))
    past, future = draw(intervals), draw(bounded)
    neg, figure = draw(st.sampled_from(["", "NOT "])), draw(figures)
    return draw(
        st.sampled_from(
            [
                f"({a}) AND ({b})",
                f"({a}) OR ({b})",
                f"({a}) AND NOT ({b})",
                f"({neg}({a})) SINCE{past} ({b})",
                f"({neg}({a})) UNTIL{future} ({b})",
                f"(NOT ({a}) AND NOT ({c})) SINCE{past} ({b})",
                f"(NOT ({a}) AND ({c})) UNTIL{future} ({b})",
                f"(NOT T()) SINCE{past} ({b})",
                f"ONCE{past} ({a})",
                f"EVENTUALLY{future} ({a})",
                f"PREVIOUS{past} ({a})",
                f"NEXT{past} ({a})",
                f"({a}) AND PAST_ALWAYS{past} NOT ({b})",
                f"({a}) AND ALWAYS{future} NOT (({b}) AND P(x))",
                f"1 <- {figure} y; x (R(x,y) AND ({a}))",
                f"EXISTS n. (n <- {figure} y; x (ONCE{past} R(x,y))) AND n < 2 AND ({a})",
                f"EXISTS n. ({a}) AND (n <- CNT y (ONCE{past} P(y))) AND x < n",
                f"x <- CNT y (ONCE{past} R(y,z))",
                f"EXISTS y. ({a}) AND (ONCE{past} R(x,y)) AND NOT (EXISTS x. R(y,x) AND x < y)",
                f"EXISTS y. (ONCE{past} R(x,y)) AND (ONCE{past} Q(y)) AND ({a})",
                f"LET D(x) = {a} IN D(x) AND ONCE{past} ({b})",
            ]
        )
    )


def far(trace: list[TimePoint]) -> list[TimePoint]:
    """The trace with its end far away, so that what lies beyond cannot matter to the textbook either."""
    return [*trace, *(TimePoint(len(trace) + k, trace[-1].time + 100 * (k + 1), {}) for k in range(3))]


@settings(max_examples=40, deadline=None)
@given(formulas(depth=1), traces(4))
def test_every_decided_verdict_is_the_textbooks(text: str, trace: list[TimePoint]) -> None:
    formula, padded = parse_formula(text), far(trace)
    # Figures may lie beyond the values of the trace.
    want = satisfying(formula, padded, sorted({*domain(padded, formula), 0.5, 1.5, *range(10)}))
    for way, verdicts in (
        ("online", list(Monitor(formula, SIGNATURE).run(padded))),
        ("batch", list(History.of(padded, SIGNATURE).satisfied(formula).verdicts())),
    ):
        got = {v.index: set(v.rows) for v in verdicts}
        assert set(range(len(trace))) <= set(got)
        for index in range(len(trace)):
            assert got[index] == want[index], (way, text, index)


@settings(max_examples=80, deadline=None)
@given(formulas(), traces(12), st.booleans())
def test_batch_gives_the_verdicts_of_the_monitor(text: str, trace: list[TimePoint], close: bool) -> None:
    formula = parse_formula(text)
    online = list(Monitor(formula, SIGNATURE).run(trace, close=close))
    assert list(History.of(trace, SIGNATURE).satisfied(formula, close=close).verdicts()) == online


@settings(max_examples=20, deadline=None)
@given(formulas(), traces())
def test_a_verdict_never_changes_when_more_is_known(text: str, trace: list[TimePoint]) -> None:
    whole = {v.index: v for v in Monitor(parse_formula(text), SIGNATURE).run(trace)}
    for n in range(len(trace)):
        for verdict in Monitor(parse_formula(text), SIGNATURE).run(trace[:n]):
            assert whole[verdict.index] == verdict


def written(trace: list[TimePoint], draw: Random) -> str:
    """The trace as a log, the events of each time-point in any order, in one or several lists."""
    out = list[str]()
    for point in trace:
        events = [(name, row) for name, rows in point.events.items() for row in rows]
        draw.shuffle(events)
        shown = [f"{name}({','.join(map(str, row))})" if row else name for name, row in events]
        out.append(" ".join([f"@{point.time}", *shown]) + draw.choice(["\n", " ", ";\n"]))
    return "".join(out)


@settings(max_examples=40, deadline=None)
@given(traces(), st.randoms(use_true_random=False))
def test_order_within_a_time_point_is_of_no_matter(trace: list[TimePoint], draw: Random) -> None:
    log = written(trace, draw)
    assert scan(log.encode(), SIGNATURE) is not None
    plain = [(point.time, {name: rows for name, rows in point.events.items() if rows}) for point in trace]
    assert [(point.time, point.events) for point in parse_log(log, SIGNATURE)] == plain
    assert list(read_tokens(log, SIGNATURE)) == plain


@settings(max_examples=25, deadline=None)
@given(formulas(), traces(), st.randoms(use_true_random=False))
def test_a_log_in_any_order_of_time(text: str, trace: list[TimePoint], draw: Random) -> None:
    apart = [TimePoint(k, 3 * k + point.time, point.events) for k, point in enumerate(trace)]
    shuffled = draw.sample(apart, len(apart))
    log = "".join(written([point], Random(0)).strip(";\n ") + "\n" for point in shuffled)
    formula = parse_formula(text)
    sorted_ = list(Monitor(formula, SIGNATURE).run(apart))
    assert list(Monitor(formula, SIGNATURE).run(parse_log(log, SIGNATURE, strict=False))) == sorted_
    history = History.read(log.encode(), SIGNATURE, strict=False)
    assert list(history.satisfied(formula).verdicts()) == sorted_
    back = next((k for k in range(1, len(apart)) if shuffled[k].time < shuffled[k - 1].time), None)
    if back is not None:
        went = f"log, line {back + 1}: time goes back from {shuffled[back - 1].time} to {shuffled[back].time}"
        for read in (
            lambda: list(parse_log(log, SIGNATURE, "log")),
            lambda: History.read(log.encode(), SIGNATURE, "log"),
        ):
            with pytest.raises(InputError) as caught:
                read()
            assert str(caught.value) == went


witnessed = st.sampled_from(
    [
        "P(x) AND ONCE[1,5] Q(x)",
        "(ONCE[0,3] R(x,y)) AND (ONCE[0,4] Q(y))",
        "(NOT Q(x)) SINCE[0,4] P(x)",
        "(NOT Q(x)) UNTIL[1,4] P(x)",
        "P(x) AND NOT ONCE[0,2] Q(x)",
        "EVENTUALLY[0,3] (P(x) AND ONCE[0,2] Q(x))",
        "EXISTS y. (PREVIOUS R(x,y)) AND (NEXT P(y))",
        "LET D(x) = (ONCE[0,2] P(x)) AND Q(x) IN ONCE[0,3] D(x)",
        "(ONCE[0,2] P(x)) OR (PREVIOUS Q(x))",
    ]
)


@settings(max_examples=50, deadline=None)
@given(witnessed, traces())
def test_the_witnesses_alone_prove_a_row(text: str, trace: list[TimePoint]) -> None:
    for verdict in Monitor(parse_formula(text), SIGNATURE).run(trace, close=True):
        assert set(verdict.witnesses) == verdict.rows
        for row, witness in verdict.witnesses.items():
            kept = [p if p.index in leaves(witness) else TimePoint(p.index, p.time, {}) for p in trace]
            again = {v.index: v for v in Monitor(parse_formula(text), SIGNATURE).run(kept, close=True)}
            assert row in again[verdict.index].rows


def test_pieces_of_any_size_make_the_same_log() -> None:
    log = "".join(f'@{k} N("a\n@{k}")(")@(") P({k})({k + 1}) T\n' for k in range(40)).encode()
    for size in (1, 7, 64, 1000):
        assert b"".join(pieces(io.BytesIO(log), size)) == log
        assert all(piece.count(b'"') % 2 == 0 for piece in pieces(io.BytesIO(log), size))
    signature = parse_signature("N(string) P(int) T()")
    scanned = scan(log, signature)
    assert scanned is not None
    assert ")@(" in scanned.strings
    assert list(parse_log(log.decode(), signature)) == [
        TimePoint(k, k, {"N": {(f"a\n@{k}",), (")@(",)}, "P": {(k,), (k + 1,)}, "T": {()}}) for k in range(40)
    ]


@pytest.mark.parametrize(
    "values",
    [
        [-5, 0, 999_999_999_999_999_999, 10**19],
        [0.5, -2.25, 3.0, 1e300],
        ["", "a", "ab", "abcdefgh", "abcdefghi", "ü (2)", "a" * 40],
    ],
)
def test_values_read_alike_by_columns_and_by_tokens(values: list[object]) -> None:
    kind = type(values[0]).__name__.replace("str", "string")
    signature = parse_signature(f"V({kind},int)")
    for chosen in [values, *([value] for value in values)]:
        quote = '"' if kind == "string" else ""
        log = "".join(f"@{k} V({quote}{v}{quote},{k})\n" for k, v in enumerate(chosen))
        got = list(parse_log(log, signature))
        assert [(point.time, point.events) for point in got] == list(read_tokens(log, signature))
        answers = History.read(log.encode(), signature).satisfied(parse_formula("V(x,y)"))
        assert [row for _, _, row in answers.rows()] == [(v, k) for k, v in enumerate(chosen)]


def test_large_numbers_and_floats_are_compared_as_they_are() -> None:
    signature = parse_signature("A(int) B(float) C(string)")
    log = f'@1 A({2**70})(3) B(0.1)(3.0)(1e30) C("b") C("a")\n@2 A({2**70}) B(0.30000000000000004)'
    for text in (
        "A(x) AND 4 < x", "A(x) AND ONCE[1,1] A(x)", "B(x) AND 3.0 <= x", "C(x) AND x < \"b\"", "A(x) AND y = x * x",
        "s <- SUM x (ONCE B(x))", "s <- AVG x (ONCE B(x))", "B(x) AND y = x / 3.0", "C(x) AND \"a\" = x",
        'C(x) AND x MATCHES r"[ab]"', 'C(x) AND NOT x MATCHES r"a"', "s <- SUM x A(x)", "n <- CNT x C(x)",
        "A(x) AND NOT x = 3", "m <- MED x; y (A(y) AND x = y + 1)", 'm <- MAX x (ONCE C(x))',
        'C(x) AND "b" SUBSTRING x',
    ):  # fmt: skip
        formula = parse_formula(text)
        online = list(Monitor(formula, signature).run(parse_log(log, signature)))
        assert list(History.read(log.encode(), signature).satisfied(formula).verdicts()) == online, text
        assert any(verdict.rows for verdict in online), text


@pytest.mark.data
def test_batch_equals_online_on_every_conformance_case() -> None:
    data = Path(__file__).parents[2].parent / "shared" / "data" / "monitoring"
    if not data.exists():
        pytest.skip("needs the shared data folder beside the checkout")
    from bench.conformance import batch_differs

    assert list(batch_differs(data)) == []
