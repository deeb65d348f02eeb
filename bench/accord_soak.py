"""Ten million events through the monitor: does memory stay within the window?

usage: python -m bench.accord_soak [--events N] [--question NAME] [--limit MIB]

The log is written into a pipe by one process as it is read by another, so no one ever holds it. Prints events a second
of the monitor's CPU time and its peak memory at each tenth; ends with 1 if the peak passes the limit, or if it still
grows by more than a tenth over the second half.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from itertools import islice
from typing import BinaryIO

from bench.accord_log import QUESTIONS, lines
from comity.accord import Monitor, parse_formula, parse_signature, read_log

QUICK = ("--events", "100000")


def peak() -> float:
    """MiB at the peak of this process."""
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def write(question: str, events: int) -> None:
    chosen = next(each for each in QUESTIONS if each.name == question)
    endless = lines(chosen)
    left = events
    while left:
        part = "".join(islice(endless, min(left, 10_000)))
        sys.stdout.write(part)
        left -= min(left, 10_000)


def watch(question: str, events: int, source: BinaryIO) -> list[float]:
    """Peak memory in MiB at each tenth."""
    chosen = next(each for each in QUESTIONS if each.name == question)
    signature = parse_signature(chosen.signature)
    monitor = Monitor(parse_formula(chosen.formula), signature)
    peaks, breaches, began = list[float](), 0, time.process_time()
    tenth = max(1, events // 10)
    for seen, point in enumerate(read_log(source, signature), 1):
        for verdict in monitor.step(point):
            breaches += len(verdict.rows)
        if seen % tenth == 0:
            peaks.append(peak())
            rate = seen / (time.process_time() - began)
            shown = f"{seen:>12,} events  {rate:>9,.0f} events/s  {breaches:>10,} breaches  peak {peaks[-1]:.0f} MiB"
            print(f"  {question:10}{shown}", flush=True)
    return peaks


def soak(question: str, events: int, limit: float) -> str | None:
    """What is wrong, or None."""
    command = [sys.executable, "-m", "bench.accord_soak", "--write", "--events", str(events), "--question", question]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        peaks = watch(question, events, writer.stdout)
    if writer.returncode:
        return f"the writer ended with {writer.returncode}"
    if peaks[-1] > limit:
        return f"{question}: peak {peaks[-1]:.0f} MiB, over {limit:.0f}"
    if peaks[-1] > 1.1 * peaks[len(peaks) // 2]:
        return f"{question}: memory grows, {peaks[len(peaks) // 2]:.0f} MiB half-way and {peaks[-1]:.0f} at the end"
    return None


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.accord_soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--question", choices=[each.name for each in QUESTIONS], default="count")
    parser.add_argument("--limit", type=float, default=1024, help="MiB")
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.write:
        write(given.question, given.events)
        return 0
    wrong = soak(given.question, given.events, given.limit)
    print(f"memory       {wrong or 'bounded by the window'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
