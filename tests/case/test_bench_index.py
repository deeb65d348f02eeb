"""`python -m bench`: names the benches without importing them, and refuses what it does not know."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_every_bench_is_listed_with_what_it_says_of_itself():
    lines = bench("--list").stdout.splitlines()
    assert any(line.startswith("soak ") and " quick " in line and "byte for byte" in line for line in lines)
    assert any(line.startswith("case_speed ") and " quick " in line for line in lines)
    names = [line.split()[0] for line in lines]
    assert "reports" not in names  # a module that others use
    assert all(len(line.split()) > 2 for line in lines)


def test_a_bench_that_is_not_there():
    done = bench("nothing")
    assert done.returncode == 2
    assert "no bench is called nothing" in done.stderr
