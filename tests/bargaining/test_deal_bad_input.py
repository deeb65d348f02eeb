"""What a person may get wrong, asked of `comity deal`: one clear line each, and nothing hangs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

HEAD = '[[issue]]\nid="a"\noptions=["x","y"]\n[[issue]]\nid="b"\noptions=["u","v"]\n[[party]]\nid="p"\n'
WORTHS = "worths={a={x=1,y=0},b={u=0,v=1}}"
Ran = tuple[int, str, str]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    from comity.desk.cli import main

    def run(question: str, text: str | bytes, *more: str, name: str = "m.toml") -> Ran:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(SystemExit) as ended:
            main(["deal", *question.split(), str(path), *more])
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


CASES = {
    "no issues": ("blockers", '[[party]]\nid="p"', "issue: no issues"),
    "one option": ("blockers", '[[issue]]\nid="a"\noptions=["x"]\n[[party]]\nid="p"', "only one option"),
    "unknown issue": ("blockers", HEAD + '[[red_line]]\nparty="p"\nissue="c"\nrefuses=["x"]', "no issue 'c'"),
    "unknown option": ("blockers", HEAD + '[[red_line]]\nparty="p"\nissue="a"\nrefuses=["z"]', "no option 'z'"),
    "unknown party": ("blockers", HEAD + '[[red_line]]\nparty="q"\nissue="a"\nrefuses=["x"]', "no party 'q'"),
    "cycle in a ranking": (
        "doubt",
        HEAD + '[[preference]]\nparty="p"\nrankings={a=["x > y", "y > x"]}',
        "the ranking runs in a circle",
    ),
    "contradictory red lines": (
        "blockers",
        HEAD + '[[red_line]]\nparty="p"\nissue="a"\nrefuses=["x"]\n[[red_line]]\nparty="p"\nissue="a"\nrefuses=["y"]',
        "refuses every option of 'a'",
    ),
    "not a number": ("frontier", HEAD + '[[preference]]\nparty="p"\nworths={a={x=nan,y=1}}', "not a finite number"),
    "outside of the bounds": (
        "frontier",
        HEAD + '[[preference]]\nparty="p"\nscale=[0,1]\nworths={a={x=2,y=1}}',
        "worth 2 lies outside 0 to 1",
    ),
    "a billion options": (
        "frontier",
        '[[issue]]\nid="a"\nrange={from=0,to=1e9,step=1}\n[[party]]\nid="p"',
        "makes 1000000001 options",
    ),
    "a billion states": (
        "stability",
        "".join(f'[[issue]]\nid="i{k}"\noptions=["x","y"]\n' for k in range(30))
        + '[[party]]\nid="p"\n[[control]]\nparty="p"\nissue="i0"',
        "1073741824 states are too many",
    ),
    "rules that exclude each other": (
        "blockers",
        HEAD + '[[rule]]\nban=[{issue="a",option="x"},{issue="b",options=["u","v"]}]\n'
        '[[rule]]\nban=[{issue="a",option="y"},{issue="b",options=["u","v"]}]',
        "the rules alone leave no package",
    ),
    "no package is left": (
        "frontier",
        HEAD + f'[[party]]\nid="q"\n[[preference]]\nparty="p"\n{WORTHS}\n'
        '[[red_line]]\nparty="p"\nissue="a"\nrefuses=["x"]\n[[red_line]]\nparty="q"\nissue="a"\nrefuses=["y"]',
        "no package satisfies every constraint; ask `comity deal blockers`",
    ),
    "alternatives that nothing reaches": (
        "openings --floors",
        HEAD + f'[[preference]]\nparty="p"\nreservation=9\n{WORTHS}',
        "no concession opens a deal",
    ),
    "not TOML": ("blockers", "[[issue", "not TOML"),
    "not UTF-8": ("blockers", b'title = "\xff"', "is not UTF-8"),
}


ABOUT_THE_QUESTION = (
    "1073741824 states are too many",
    "the rules alone leave no package",
    "no package satisfies every constraint; ask `comity deal blockers`",
    "no concession opens a deal",
)
"""The file is in order; what was asked of it has no answer."""


@pytest.mark.parametrize("case", CASES)
def test_one_line_with_the_file(case: str, ask: Callable[..., Ran]) -> None:
    question, text, message = CASES[case]
    code, out, err = ask(question, text)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert "m.toml" in err or message in ABOUT_THE_QUESTION


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<utility_space>", "line 1: not XML"),
        ('<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><utility_space>&b;</utility_space>', "document type"),
        ('<utility_space type="nonlinear"><issue/></utility_space>', "the profile is not additive"),
    ],
)
def test_bad_xml_is_one_line(text: str, message: str, ask: Callable[..., Ran]) -> None:
    code, out, err = ask("frontier", text, name="profile.xml")
    assert (code, out) == (2, "")
    assert message in err
    assert "profile.xml" in err
    assert err.count("\n") == 1


def large_model(parties: int, issues: int, floor: float) -> str:
    """Opposed interests, red lines on half of the issues, and alternatives at a share of the best."""
    random = Random(7)
    lines = [f'[[issue]]\nid="i{i}"\noptions=["a","b","c","d","e"]' for i in range(issues)]
    for p in range(parties):
        lines.append(f'[[party]]\nid="p{p}"')
        rows, best = [], 0
        for i in range(issues):
            top, ideal = random.randint(5, 60), (0, 4)[p] if p < 2 else random.randrange(5)
            rows.append(f"i{i}={{{','.join(f'{o}={top * (4 - abs(k - ideal))}' for k, o in enumerate('abcde'))}}}")
            best += 4 * top
            if random.random() < 0.5:
                worst = "abcde"[4 - ideal if ideal in (0, 4) else 0]
                lines.append(f'[[red_line]]\nparty="p{p}"\nissue="i{i}"\nrefuses=["{worst}"]')
        lines.append(f'[[preference]]\nparty="p{p}"\nreservation={int(floor * best)}\nworths={{{",".join(rows)}}}')
    return "\n".join(lines)


def test_a_billion_packages_need_not_be_listed(ask: Callable[..., Ran]) -> None:
    code, out, _ = ask("frontier --rules-only --limit 3 --format json", large_model(2, 30, 0.1))
    assert code == 0
    found = json.loads(out)
    assert found["outcomes"] == 5**30
    assert len(found["points"]) == 3


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("frontier --rules-only", "lost"),
        ("openings --floors", "least"),
        ("blockers --floors", "complete"),
    ],
)
def test_a_time_limit_ends_it_with_what_was_found(question: str, bound: str, ask: Callable[..., Ran]) -> None:
    if "floors" in question:
        pytest.importorskip("ortools")
    start = time.process_time()
    code, out, err = ask(f"{question} --time-limit 0.001 --format json", large_model(4, 24, 0.62))
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["method"]["exact"] is False
    assert found[bound] is not None
    if question.startswith("frontier"):
        assert found["points"]
        assert "at most" in found["method"]["bound"]
    if question.startswith("openings"):
        assert found["openings"]
        assert "no opening gives up fewer than" in found["method"]["bound"]
    assert time.process_time() - start < 15
