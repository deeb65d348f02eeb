"""`python -m bench.soak` in small: 200 documents, killed three times, byte-identical exports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_two_hundred_documents_killed_three_times():
    command = [sys.executable, "-m", "bench.soak", "--documents", "200", "--kills", "3", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\nkill ") == 3
    assert done.stdout.endswith("exports      byte-identical\n")
