"""Answers against brute force and literal definitions on thousands of small random models.

usage: python -m bench.bargaining_checks

Runs the suite's own comparisons over 4,000 seeds instead of 120 (2 to 5 parties with dependencies, bans, conditions and
alternatives; conflicts with infeasible states and irreversible moves, coalitions too) and prints how many models each
compared. Takes about half an hour on one core; COMITY_FULL=2000 in the environment compares that many.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
TESTS = ("test_frontier.py", "test_blockers.py", "test_stability.py", "test_axioms.py")
WANTED = ("brute_force", "definitions", "alone", "same_openings", "axioms")


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:xdist",
            "-o",
            "junit_family=xunit1",
            f"--junitxml={report}",
        ]
        command += [
            "-k",
            " or ".join(WANTED),
            *arguments,
            *(str(ROOT / "tests" / "bargaining" / name) for name in TESTS),
        ]
        code = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "COMITY_FULL": os.environ.get("COMITY_FULL", "4000")}
        ).returncode
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            told = {p.get("name"): p.get("value") for p in case.iter("property")}
            verdict = "FAILED" if case.find("failure") is not None else "equal"
            count = f"{told['compared']} models " if "compared" in told else ""
            print(f"{case.get('name')}: {count}{verdict}, {float(case.get('time', 0)):.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
