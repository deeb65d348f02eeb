"""Does the monitor agree with MonPoly? Every case of its own test suite, and random formulas.

usage: python -m bench.conformance [DATA] [--refusals]      DATA: the folder with mfotl_cases.jsonl and so on

A case is *right* if every time-point that both decide has the same rows, *wrong* if one differs or a non-empty verdict
is missing, and *outside* if the monitor refuses the formula or the case needs what it does not do (with the reason).
Refusals are counted apart: formulas that MonPoly refuses, and whether we do.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from comity.accord import History, Monitor, NotMonitorable, Verdict, parse_formula, parse_log, parse_signature
from comity.accord.formula import show_number
from comity.words import InputError

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "monitoring"
_VERDICT = re.compile(r"@(\S+) \(time point (\d+)\): ?(.*)", re.DOTALL)
_ROW = re.compile(r'\(((?:"[^"]*"|[^()"])*)\)')
_VALUE = re.compile(r'"[^"]*"|[^,]+')


def rows(text: str) -> set[tuple[str, ...]]:
    """The rows of a verdict as MonPoly prints them, values as text."""
    text = text.strip()
    if text in ("true", "false", "()"):
        return {()} if text == "true" else set()
    inner = text[1:-1] if text.startswith("((") else text
    return {tuple(value.strip() for value in _VALUE.findall(match)) for match in _ROW.findall(inner)}


def expected(verdicts: str | list[str]) -> dict[int, set[tuple[str, ...]]]:
    found: dict[int, set[tuple[str, ...]]] = {}
    for line in verdicts.split("\n") if isinstance(verdicts, str) else verdicts:
        if match := _VERDICT.match(line):
            found.setdefault(int(match[2]), set()).update(rows(match[3]))
    return found


def shown(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else show_number(value)


def judge(case: dict[str, Any], verdicts: str | list[str], *, close: bool) -> tuple[str, str]:
    """("right" | "wrong" | "outside", what differs or why)."""
    for option, reason in (("-json_log", "logs of records in JSON"), ("-load", "a saved state of MonPoly")):
        if option in case.get("cmd", ""):
            return "outside", reason
    try:
        signature = parse_signature(case["sig"])
        monitor = Monitor(parse_formula(case["formula"]), signature)
    except InputError as error:
        return "outside", str(error)
    want, got = expected(verdicts), {}
    try:
        for verdict in monitor.run(parse_log(case["log"], signature), close=close):
            got[verdict.index] = {tuple(map(shown, row)) for row in verdict.rows}
    except InputError as error:
        if "division by zero" not in str(error):
            return "wrong", str(error)
    for index in sorted(set(want) | set(got)):
        if got.get(index, set()) != want.get(index, set()):
            return "wrong", f"time-point {index}: {sorted(got.get(index, ()))} for {sorted(want.get(index, ()))}"
    return "right", ""


def batch_differs(data: Path) -> Iterator[str]:
    """What the batch path answers otherwise than the monitor, over all cases of both suites."""
    for suite in ("mfotl_cases.jsonl", "mfotl_random.jsonl"):
        for number, line in enumerate(_lines(data / suite), 1):
            case = json.loads(line)
            if "-json_log" in case.get("cmd", ""):
                continue
            for close in (False, True):
                if _answers(_online, case, close) != _answers(_batch, case, close):
                    yield f"{suite} line {number}: {case['formula']}"


Way = Callable[[dict[str, Any], bool], Iterator[Verdict]]


def _online(case: dict[str, Any], close: bool) -> Iterator[Verdict]:
    signature = parse_signature(case["sig"])
    return Monitor(parse_formula(case["formula"]), signature).run(parse_log(case["log"], signature), close=close)


def _batch(case: dict[str, Any], close: bool) -> Iterator[Verdict]:
    history = History.read(case["log"].encode(), parse_signature(case["sig"]))
    return history.satisfied(parse_formula(case["formula"]), close=close).verdicts()


def _answers(way: Way, case: dict[str, Any], close: bool) -> list[Verdict] | str:
    try:
        return list(way(case, close))
    except InputError as error:
        return str(error)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf8").splitlines()


def cases(data: Path) -> Iterator[tuple[str, str, str, str]]:
    """(suite, case, judgement, detail) for each case of both suites."""
    for line in _lines(data / "mfotl_cases.jsonl"):
        case = json.loads(line)
        yield "MonPoly's suite", case["id"], *judge(case, case["verdicts"], close="-nonewlastts" not in case["cmd"])
    for number, line in enumerate(_lines(data / "mfotl_random.jsonl"), 1):
        case = json.loads(line)
        yield "random", f"random#{number}", *judge(case, case["monpoly"], close=False)


def refusals(data: Path) -> Iterator[tuple[str, str, str]]:
    """(case, formula, our reason) for each formula that MonPoly refuses; no reason if it is accepted here."""
    for line in _lines(data / "mfotl_refused.jsonl"):
        case = json.loads(line)
        reason = ""
        try:
            Monitor(parse_formula(case["formula"]), parse_signature(case["sig"]))
        except NotMonitorable as error:
            reason = error.reason
        except InputError as error:
            reason = error.what
        yield case["id"], " ".join(case["formula"].split()), reason


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.conformance", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--refusals", action="store_true", help="each formula that MonPoly refuses, with our reason")
    given = parser.parse_args(arguments)
    suites: dict[str, Counter[str]] = {}
    for suite, name, judgement, detail in cases(given.data):
        suites.setdefault(suite, Counter())[judgement] += 1
        if judgement != "right":
            print(f"{judgement:8s} {name}: {detail}")
    for suite, counted in suites.items():
        inside = 1 - counted["outside"] / counted.total()
        print(
            f"{suite}: {counted['right']} right, {counted['wrong']} wrong, "
            f"{counted['outside']} outside the fragment ({inside:.1%} inside)"
        )
    differs = list(batch_differs(given.data))
    for case in differs:
        print(f"batch differs from online: {case}")
    print(f"batch against online, log open and closed: {len(differs)} of {2 * _comparable(given.data)} runs differ")
    refused = list(refusals(given.data))
    accepted = [case for case, _, reason in refused if not reason]
    print(f"of MonPoly's {len(refused)} refusals: {len(refused) - len(accepted)} refused here too")
    for reason, count in Counter(reason or "ACCEPTED" for _, _, reason in refused).most_common():
        print(f"  {count:4} {reason}")
    if given.refusals:
        for case, formula, reason in refused:
            print(f"{case:12} {formula}: {reason or 'ACCEPTED'}")
    return 1 if differs or any(counted["wrong"] for counted in suites.values()) else 0


def _comparable(data: Path) -> int:
    suites = [_lines(data / "mfotl_cases.jsonl"), _lines(data / "mfotl_random.jsonl")]
    return sum("-json_log" not in json.loads(line).get("cmd", "") for lines in suites for line in lines)


if __name__ == "__main__":
    sys.exit(main())
