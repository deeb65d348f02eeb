"""What deals, openings and stability cost on one core: python -m bench.bargaining

Options: ``--peers PYTHON``, ``--row NAME`` (may be repeated), ``--quick``.

Every row runs in a process of its own with one thread, held to one core; seconds are processor time of the work alone
(models are made before; wall time stands beside it, it is longer where others use the core), memory is the peak of the
process so far. Peers run in the same way, with the Python that ``--peers`` names (by default the one that runs this); a
peer that is not installed there is said to be so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

QUICK = ("--quick",)
HERE = Path(__file__).parent
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


def one_core() -> None:
    """Hold this process and its children to one core, the last of those it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measured(row: str, quick: bool) -> list[dict[str, Any]]:
    """The lines of one row, from a new process."""
    command = [sys.executable, "-m", "bench.bargaining_rows", row, *(["--quick"] if quick else [])]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **_ONE_THREAD}, cwd=HERE.parent)
    if done.returncode:
        raise SystemExit(f"row {row} failed:\n{done.stderr}")
    lines: list[dict[str, Any]] = json.loads(done.stdout)
    return lines


def peer(name: str, python: str, tables: list[list[list[int]]]) -> dict[str, Any]:
    """A peer's answer; {"missing": …} where it is not installed or fails."""
    done = subprocess.run(
        [python, str(HERE / "bargaining_peers.py")],
        input=json.dumps({"peer": name, "tables": tables}),
        capture_output=True,
        text=True,
        env={**os.environ, **_ONE_THREAD},
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        return {"missing": last[0]}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def beside(line: dict[str, Any], python: str) -> list[str]:
    """What the peers say of a line that carries its tables: how much longer they take, and whether points agree."""
    told = []
    for name in ("negmas", "moocore"):
        answer = peer(name, python, line["tables"])
        if "missing" in answer:
            told.append(f"{name}: not installed ({answer['missing']})")
            continue
        ours, times = line["points"], answer["seconds"] / line["seconds"]
        words = [f"{name} {answer['version']}: {answer['seconds']:.2f} s, {times:.0f} times as long"]
        for what in ("frontier", "nash", "egalitarian", "kalai-smorodinsky"):
            if what in answer:
                same = {tuple(p) for p in answer[what]} == {tuple(p) for p in ours[what]}
                words.append(f"{what} {'the same' if same else 'differs'} ({len(ours[what])} points)")
        told.append("; ".join(words))
        theirs = answer.get("kalai-smorodinsky")
        if theirs and {tuple(p) for p in theirs} != {tuple(p) for p in ours["kalai-smorodinsky"]}:
            tops = [max(sum(max(row) for row in table), 1) for table in line["tables"]]
            least = [
                max(min(u / t for u, t in zip(p, tops, strict=True)) for p in side)
                for side in (ours["kalai-smorodinsky"], theirs)
            ]
            told.append(
                f"  Kalai-Smorodinsky: {name} takes the most even shares, we the largest least share; "
                f"least share {least[0]:.4f} here, {least[1]:.4f} there"
            )
    return told


def main(arguments: list[str]) -> int:
    from bench.bargaining_rows import ROWS

    parser = argparse.ArgumentParser(prog="python -m bench.bargaining", description=__doc__)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="a Python that has negmas")
    parser.add_argument("--row", action="append", choices=list(ROWS), help="only this row; may be repeated")
    parser.add_argument("--quick", action="store_true", help="fewer seeds, and without the rows that take long")
    given = parser.parse_args(arguments)
    one_core()
    print(f"Python {platform.python_version()}, {platform.machine()}, one core. Generators: bench/bargaining_models.py")
    short = []
    for name, row in ROWS.items():
        if (given.row and name not in given.row) or (given.quick and row.slow and not given.row):
            continue
        print(f"\n{row.title}\n  asked: {row.asked}\n  model: {row.model}", flush=True)
        for line in measured(name, given.quick):
            memory = f"  {line['memory']:.0f} MB" if line.get("memory") else ""
            mark = "" if line["met"] else "  SHORT OF WHAT IS ASKED"
            print(
                f"  {line['label']:34} {line['seconds']:8.3f} s ({line['wall']:.3f}){memory}  {line['note']}{mark}",
                flush=True,
            )
            if not line["met"]:
                short.append(f"{name}: {line['label']}")
            if "tables" in line:
                for told in beside(line, given.peers):
                    print(f"    {told}", flush=True)
        if row.peers:
            print(f"  peers: {row.peers}")
    print("\nshort of what is asked: " + ("; ".join(short) or "nothing"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
