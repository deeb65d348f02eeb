"""Certificates: accepted as made, refused when altered, true or false as every completion of the log says."""

from __future__ import annotations

import ast
import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bench.certificates import drawn, run

from comity.accord import formula as F
from comity.accord.certificate import certificate, sealed
from comity.accord.clauses.writing import written
from comity.accord.incidents import end_of
from comity.accord.verdicts.ground import parsed
from comity.accord.verdicts.ground import reach as our_reach
from comity.accord.verdicts.table import day_bounds
from comity.check import check
from comity.check.formula import reach, read
from comity.words import Compliance, InputError

CHECKER = Path(__file__).parents[2] / "src" / "comity" / "check"


def test_a_batch_of_generated_verdicts_and_mutants():
    """`python -m bench.certificates` has ten thousand of each."""
    counts = run(90, seed=20)
    wrong = {name: number for name, number in counts.items() if name.startswith("WRONG") and number}
    assert not wrong
    assert counts["mutants, false, rejected"] > 10
    assert counts["mutants, true, accepted"] > 10


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, Any], Any, Any]:
    """A certificate of a dispute, its accord and its log."""
    draw = random.Random(4)
    while True:
        s, log, case, decision = drawn(draw, 1)
        if decision.verdict is Compliance.DISPUTED and len(s.incidents) > 2:
            content = certificate(s.accord, s.clause, case, end_of(s.until, "UTC"), decision)
            return json.loads(json.dumps(content)), s.accord, log


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [p for key, part in items for p in _paths(part, (*path, key))]
    return found or [path]


def test_a_certificate_altered_in_any_field_is_rejected(made: tuple[dict[str, Any], Any, Any]):
    content, accord, log = made
    assert check(content, accord, log).problems == ()
    paths = _paths(content)
    assert len(paths) > 40
    for path in paths:
        altered = copy.deepcopy(content)
        place = altered
        for key in path[:-1]:
            place = place[key]
        old = place[path[-1]]
        place[path[-1]] = f"{old}x" if isinstance(old, str) else not old if isinstance(old, bool) else [old, 1]
        assert check(altered, accord, log).problems, path


def test_a_wrong_step_of_an_explanation_is_told(made: tuple[dict[str, Any], Any, Any]):
    content, accord, log = made
    altered = copy.deepcopy(content)
    altered["proof"]["value"] = True
    result = check(sealed(altered), accord, log)
    assert result.problems == ()  # the verdict still follows
    assert "does not hold" in result.remarks[0]


def test_resealed_without_its_binding_or_under_other_words_it_is_rejected(made: tuple[dict[str, Any], Any, Any]):
    draw = random.Random(9)
    while True:
        s, log, case, decision = drawn(draw, 1)
        if s.binding:
            break
    content = certificate(s.accord, s.clause, case, end_of(s.until, "UTC"), decision)
    assert check(content, s.accord, log).problems == ()
    for field, value in (
        ("binding", {}), ("binding", {**content["binding"], "w": "a"}), ("title", "Another accord"),
        ("cited", [{"source": "x", "quote": "other words", "start": None}]), ("accord", "0" * 64),
    ):  # fmt: skip
        assert check(sealed({**content, field: value}), s.accord, log).problems, field
    missing = {key: part for key, part in content.items() if key != "proof"}
    assert check(sealed(missing), s.accord, log).problems == (
        "not a certificate that can be checked: no field 'proof'",
    )


def test_what_is_no_certificate_is_refused_in_one_line(made: tuple[dict[str, Any], Any, Any]):
    _, accord, log = made
    for content in ({}, {"seal": 1}, {"seal": "", "accord": 3, "clause": [], "logic": {}}):
        problems = check(content, accord, log).problems
        assert problems
        assert all("\n" not in problem for problem in problems)


def test_the_checker_is_small_and_imports_nothing_of_the_engine():
    lines = 0
    for path in CHECKER.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        names += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        ours = {".".join(name.split(".")[:2]) for name in names if name.startswith("comity")}
        assert ours <= {"comity.check", "comity.words"}
        lines += text.count("\n")
        assert max(map(len, text.splitlines())) <= 120
    assert lines < 400  # of everything: docstrings, comments and blank lines too
    loaded = "import sys, comity.check; print(any(m.startswith('comity.accord') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True).stdout.strip() == "False"


@pytest.mark.parametrize(
    "text",
    [
        "0 = 0",
        "P(x) AND NOT Q(x)",
        "A() OR B() AND C()",
        "A() IMPLIES B() IMPLIES C()",
        "(ONCE[0,7] P(x)) AND x = \"a\"",
        "ONCE[0,7] P(x) AND Q(x)",
        "NOT P(x) SINCE[1,3] Q(x)",
        "FORALL x, y. R(x,y) IMPLIES P(x)",
        "EXISTS c. (c <- CNT i; z, w (ONCE[0,3] hit(z,w,i))) AND c >= 3",
        "PREVIOUS P(x) OR NEXT[1,1] P(x)",
        "PAST_ALWAYS[0,*) (EVENTUALLY[2,4] P(_))",
    ],
)  # fmt: skip
def test_both_readers_of_formulas_agree(text: str):
    """On what is read, formulas being written as clauses write them; on how far it looks, by the numbers."""
    ours = parsed(text)
    theirs = read(written(ours))
    assert _plain(theirs) == _ours(ours)
    assert reach(theirs) == our_reach(ours)


def _plain(f: Any) -> Any:
    """The checker's tuples, anonymous variables under one name."""
    match f:
        case ("var", name):
            return "_" if name.startswith("_") else name
        case ("const", value):
            return ("=", value)
        case _:
            return tuple(_plain(part) if isinstance(part, tuple) else part for part in f)


def _ours(f: Any) -> Any:
    """A formula of the engine as the checker would have it."""

    def days(op: str, interval: F.Interval) -> tuple[int, float]:
        low, high = day_bounds(interval, 10**6)
        most = float("inf") if interval.high is None else high
        return (max(low, 1), min(most, 1)) if op in ("PREVIOUS", "NEXT") else (low, most)

    def joined(op: str, part: Any) -> list[Any]:
        """What one operator joins, read from the left."""
        same = isinstance(part, F.Binary) and part.op == op
        return [*joined(op, part.left), _ours(part.right)] if same else [_ours(part)]

    match f:
        case F.Var(name):
            return "_" if name.startswith("_") else name
        case F.Const(value):
            return ("=", value)
        case F.Atom(name, args):
            return ("atom", name, *map(_ours, args))
        case F.Compare(op, left, right):
            return ("compare", _ours(left), op, _ours(right))
        case F.Not(part):
            return ("not", _ours(part))
        case F.Binary(op, _, _):
            return (op.lower(), *joined(op, f))
        case F.Quantified(_, bound, part):
            return ("exists", [*bound], _ours(part))
        case F.Prefix(op, interval, part):
            way = "past" if op in ("ONCE", "PREVIOUS") else "future"
            return (way, *days(op, interval), None, _ours(part))
        case F.Temporal(op, interval, left, right):
            return ("past" if op == "SINCE" else "future", *days(op, interval), _ours(left), _ours(right))
        case F.Aggregate(result, op, over, groups, part):
            return ("fold", _ours(result), op, over, [*groups], _ours(part))
    raise AssertionError(f)


@pytest.mark.parametrize(
    "text",
    [
        "P(x", "P(x) AND", "x <", "ONCE[0 P(x)", "P(x) Q(x)", "EXISTS x P(x)", ")", "", "A() AND B() OR C()",
        "EVENTUALLY P(x)", "P(x) UNTIL[0,*) Q(x)", "LET A(x) = B(x) IN A(x)", "x + 1 = 2",
    ],
)  # fmt: skip
def test_the_checker_refuses_what_it_cannot_read(text: str):
    with pytest.raises(ValueError, match="no formula that clauses are written in"):
        read(text)


def test_a_verdict_that_is_not_settled_gets_no_certificate(made: tuple[dict[str, Any], Any, Any]):
    draw = random.Random(4)
    while True:
        s, _, case, decision = drawn(draw, 1)
        if decision.verdict is Compliance.DISPUTED:
            break
    from dataclasses import replace

    with pytest.raises(InputError, match="not settled within"):
        certificate(s.accord, s.clause, case, end_of(s.until, "UTC"), replace(decision, settled=False))
