"""Incidents from real and large sources: the UCDP window, late and corrected logs, a million rows.

usage: python -m bench.incidents [--ucdp] [--logs N] [--rows N]

``--ucdp``: how many UCDP events with a count of at least one happened certainly, and how many possibly, from
15 February to 17 March 2015 inclusive, found by the verdict engine from their uncertain days and counts. ``--logs N``:
N random logs, shuffled, delayed, corrected and withdrawn: final verdicts against those of the corrected, sorted log,
as-of answers against fresh runs. ``--rows N``: a table of N rows with three bad ones. Without options, all in small.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from comity.accord.incidents import load
from comity.accord.syntax import parse_formula
from comity.accord.verdicts.evaluate import Evaluation
from comity.accord.verdicts.values import bounds
from comity.accord.verdicts.world import Trace, World
from comity.words import EventKind

QUICK = ("--ucdp", "--rows", "20000")
UCDP = Path(__file__).parents[2] / "shared" / "data" / "incidents" / "ucdp_ged_ukraine_2014_2023.cp1252.csv"
FIRST, LAST = date(2015, 2, 15), date(2015, 3, 17)


def ucdp(path: Path = UCDP) -> tuple[int, int]:
    """(certainly, possibly) within the window: bounds of one aggregation over the uncertain log."""
    incidents = load([str(path)], "Europe/Kyiv").incidents
    kinds = {"fighting": EventKind("fighting", ("region", "id"))}
    start = date(2014, 1, 1)
    trace = Trace(start, (LAST - start).days + 1, 10**6)
    within = (LAST - FIRST).days
    formula = parse_formula(f"c <- CNT i (ONCE[0,{within}] (EXISTS r. fighting(r,i)))")
    table = Evaluation(World(trace, kinds, incidents, {})).table(formula)
    ((value,),) = [row for row, fact in table.rows.items() if fact.may >> trace.index(LAST) & 1]
    low, high = bounds(value)
    return int(low), int(high - low)


def rows(count: int) -> tuple[int, list[str], float]:
    """Incidents read of a table with three bad rows, what was told of those, and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("id,kind,earliest,latest,known_since,source,low,high,zone\n")
            for n in range(count):
                bad = {count // 3: "2031-02-30", count // 2: "soon", count - 1: ""}
                file.write(f"i{n},fire,{bad.get(n, f'2031-03-{n % 28 + 1:02}')},,,Post,1,1,north\n")
        start = time.perf_counter()
        found = load([str(path)])
        taken = time.perf_counter() - start
    return len(found.incidents), [str(f).replace(f"{path}, ", "") for f in found.faults], taken


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.incidents", description=__doc__.split("\n")[0])
    parser.add_argument("--ucdp", action="store_true")
    parser.add_argument("--logs", type=int, default=0)
    parser.add_argument("--rows", type=int, default=0)
    given = parser.parse_args(arguments)
    everything = not (given.ucdp or given.logs or given.rows)
    if given.ucdp or everything:
        if UCDP.exists():
            certain, possible = ucdp()
            print(f"UCDP events of one death or more, {FIRST} to {LAST}: {certain} certain, {possible} possible")
        else:
            print("UCDP events: needs the shared data folder beside the checkout")
    if given.rows or everything:
        count = given.rows or 20_000
        read, told, seconds = rows(count)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count} rows: {read} incidents and {len(told)} bad rows in {seconds:.1f} s, {memory} MB at most")
        for line in told:
            print(f"    {line}")
    if given.logs or everything:
        environment = {**os.environ, "COMITY_EXAMPLES": str(given.logs or 20)}
        tests = "tests/accord/test_verdicts.py"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", tests, "-k", "shuffled or every_completion"]
        done = subprocess.run(command, cwd=Path(__file__).parents[1], env=environment, capture_output=True, text=True)
        print(f"{given.logs or 20} random logs: {done.stdout.strip().splitlines()[-1]}")
        return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
