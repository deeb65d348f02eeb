"""The monitor's speed: five formulas over an agreement's log, online and in batch, beside reelay and rtamt.

usage: python -m bench.accord [--events N] [--repeat K] [--peers PYTHON]

Events a second of CPU time on one core, the best of K runs, reading MonPoly's log format included: *online* with a
witness for every row, *batch* by columns, both until every breach is at hand. Beside them a plain loop (additions a
second) tells how fast this machine is now. Peers run where PYTHON (default: this one) has them, on the formulas they
can express; what they cannot is said.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from math import exp, log
from pathlib import Path

from bench.accord_log import QUESTIONS, Question
from bench.accord_log import log as made_log
from bench.accord_peers import FORMULAS
from comity.accord import History, Monitor, parse_formula, parse_log, parse_signature

QUICK = ("--events", "20000", "--repeat", "1")
TARGETS = {"online": 60_000, "batch": 400_000}
_PEER_EVENTS = {"reelay": 100_000, "rtamt": 20_000}
_CANNOT = {
    "reelay": {
        "answered": "no future operators", "count": "no counting",
        "join": "one monitor a zone cannot join units, parties and zones",
    },
    "rtamt": {"count": "no counting", "join": "one monitor a zone cannot join units, parties and zones"},
}  # fmt: skip


def calibration() -> float:
    """Million additions a second in a plain loop."""
    began, total = time.process_time(), 0
    for i in range(1_000_000):
        total += i
    return 1 / (time.process_time() - began)


def online(question: Question, data: bytes) -> int:
    signature = parse_signature(question.signature)
    monitor = Monitor(parse_formula(question.formula), signature)
    return sum(len(verdict.witnesses) for verdict in monitor.run(parse_log(data.decode(), signature)))


def batch(question: Question, data: bytes) -> int:
    history = History.read(data, parse_signature(question.signature))
    return len(list(history.satisfied(parse_formula(question.formula)).rows()))


def best(way: Callable[[Question, bytes], int], question: Question, data: bytes, repeat: int) -> tuple[float, int]:
    """(CPU seconds of the best run, breaches found)."""
    spent, found = list[float](), 0
    for _ in range(repeat):
        gc.collect()
        began = time.process_time()
        found = way(question, data)
        spent.append(time.process_time() - began)
    return min(spent), found


def mean(rates: list[float]) -> float:
    """Geometric mean."""
    return exp(sum(map(log, rates)) / len(rates))


def peers(python: str, folder: Path) -> None:
    script = Path(__file__).with_name("accord_peers.py")
    for tool, formulas in FORMULAS.items():
        for question in QUESTIONS:
            if question.name not in formulas:
                print(f"  {tool:8}{question.name:10}cannot: {_CANNOT[tool][question.name]}")
                continue
            path = folder / f"{tool}-{question.name}.log"
            path.write_bytes(made_log(question, _PEER_EVENTS[tool]))
            ran = subprocess.run(
                [python, str(script), tool, question.name, str(path)], capture_output=True, text=True, cwd=folder
            )
            answer = json.loads(ran.stdout) if not ran.returncode else {"error": ran.stderr.strip()[-200:]}
            if "error" in answer:
                print(f"  {tool:8}{question.name:10}not run: {answer['error']}", flush=True)
                continue
            rate = answer["events"] / answer["seconds"]
            print(f"  {tool:8}{question.name:10}{rate:>10,.0f}  {answer['breaches']:>8,} ({answer['events']:,} events)")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.accord", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="a Python with reelay and rtamt")
    given = parser.parse_args(arguments)
    ways = {"online": online, "batch": batch}
    rates: dict[str, list[float]] = {way: [] for way in ways}
    speed = [calibration()]
    print(f"  {'':8}{'':10}{'events/s':>10}  {'breaches':>8}")
    for question in QUESTIONS:
        data = made_log(question, given.events)
        for way, run in ways.items():
            seconds, found = best(run, question, data, given.repeat)
            rates[way].append(given.events / seconds)
            print(f"  {way:8}{question.name:10}{rates[way][-1]:>10,.0f}  {found:>8,}", flush=True)
        speed.append(calibration())
    now = sum(speed) / len(speed)
    print(f"  a plain loop meanwhile: {now:.1f} million additions a second ({min(speed):.1f} to {max(speed):.1f})")
    for way, found_rates in rates.items():
        rate = mean(found_rates)
        reached = "reached" if rate >= TARGETS[way] else "MISSED"
        print(f"  {way:8}geometric mean {rate:>10,.0f} events/s: target {TARGETS[way]:,} {reached}", end="; ")
        print(f"{now * 1e6 / rate:.0f} additions of the loop an event")
    with tempfile.TemporaryDirectory() as folder:
        peers(given.peers, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
