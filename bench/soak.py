"""Documents into a case, killed at random times: are the exports those of an undisturbed run, byte for byte?

usage: python -m bench.soak [--documents N] [--kills K] [--seed S] [--cli]

Makes N reports in a folder, adds them to a case in a process of its own, and once more to another case in a process
that is killed (SIGKILL: it cannot clean up) at K random times and started again. Then compares what both cases hold,
projections included. Prints documents a second and the peak memory of the process; ends with 1 if anything differs.
With --cli the process is `comity add`, which also reads what it adds (many times slower).
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from random import Random

from bench.reports import write_folder
from comity.case import Case
from comity.words import CaseError

QUICK = ("--documents", "200")
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Run:
    """One run of the process: how long, how much memory at its peak, whether it came to its end and left others."""

    seconds: float
    peak_mib: float
    ended: bool
    orphans: bool


def command_line(case: Path, folder: Path) -> list[str]:
    """`comity add`, on a case that is made if there is none."""
    comity = [sys.executable, "-c", "from comity.desk.cli import main; main()"]
    if not case.exists():
        subprocess.run([*comity, "new", str(case), "--quiet"], check=True)
    return [*comity, "add", str(case), str(folder), "--quiet"]


def add(command: list[str], case: Path, kill_at: int | None = None, kill_after: float = 0.0) -> Run:
    """Runs `command`, which adds to `case`, and kills it so long after the file has grown to so many bytes."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        if kill_at is not None:
            while not _ended(process) and (not case.exists() or case.stat().st_size < kill_at):
                time.sleep(0.001)
            time.sleep(kill_after)
            if not _ended(process):
                process.send_signal(signal.SIGKILL)
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        orphans = _end_group(process.pid)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, -signal.SIGKILL):
        sys.exit(f"adding ended with {process.returncode}")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(time.monotonic() - began, usage.ru_maxrss / scale, process.returncode == 0, orphans)


def _end_group(leader: int) -> bool:
    """Whether processes that a dead one had started are still there after five seconds; they are then ended."""
    for _ in range(50):
        try:
            os.killpg(leader, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    os.killpg(leader, signal.SIGKILL)
    return True


def _ended(process: subprocess.Popen[bytes]) -> bool:
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def count(case: Path) -> int:
    """How many documents a case that may have been interrupted holds."""
    try:
        with Case.open(case) as opened:
            return opened.count()
    except CaseError:
        return 0  # killed before there was a case


def first_difference(one: Path, other: Path) -> str | None:
    """The first line of the dumps that differs, or None."""
    with Case.open(one) as a, Case.open(other) as b:
        pairs = zip_longest(a.dump(projections=True), b.dump(projections=True), fillvalue="nothing")
        for number, (x, y) in enumerate(pairs, 1):
            if x != y:
                return f"line {number}: {x[:200]!r} against {y[:200]!r}"
    return None


def soak(folder: Path, documents: int, kills: int, seed: int, cli: bool) -> str | None:
    """Runs it all in `folder`; what is wrong, or None."""
    reports, calm, killed = folder / "reports", folder / "calm.comity", folder / "killed.comity"
    different = write_folder(reports, seed, documents)
    batch = max(4, min(64, documents // 50))  # so that there is enough to be killed in the middle of

    def command(case: Path) -> list[str]:
        if cli:
            return command_line(case, reports)
        return [sys.executable, "-m", "bench.soak_add", str(case), str(reports), str(batch)]

    run = add(command(calm), calm)
    print(
        f"undisturbed  {documents} documents in {run.seconds:.1f} s: {documents / run.seconds:.0f} documents a second"
    )
    print(f"             peak memory {run.peak_mib:.0f} MiB, case file {calm.stat().st_size / 2**20:.1f} MiB")
    draw = Random(seed)
    done = 0
    while done < kills:
        size = killed.stat().st_size if killed.exists() else 0
        target = size + int((calm.stat().st_size - size) * draw.uniform(0.1, 0.6))
        broken = add(command(killed), killed, target, draw.uniform(0, 2 * run.seconds * batch / documents))
        if broken.orphans:
            return "a process that was killed left others behind"
        if broken.ended:  # too late: once more from the start
            killed.unlink()
            done = 0
            continue
        done += 1
        journal = killed.with_name(f"{killed.name}-journal").exists()
        after = f"after {broken.seconds:.1f} s{', in the middle of a transaction' if journal else ''}"
        print(f"kill {done}       {after}: {count(killed)} documents are in", flush=True)
    add(command(killed), killed)
    with Case.open(killed) as case:
        wrong = case.check()
    if wrong:
        return f"the case is damaged: {wrong[0]}"
    if count(killed) != different or count(calm) != different:
        return f"{count(killed)} and {count(calm)} documents, not {different}"
    return first_difference(calm, killed)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cli", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        wrong = soak(Path(folder), given.documents, given.kills, given.seed, given.cli)
    print(f"exports      {wrong or 'byte-identical'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
