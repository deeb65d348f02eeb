"""Adds a folder of reports to a case: what `bench.soak` kills in the middle.

usage: python -m bench.soak_add CASE FOLDER BATCH      BATCH: documents a transaction, 64 at most
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

from comity.case import Case
from comity.record import load, number
from comity.words import Document


def main(case_file: Path, folder: Path, size: int) -> int:
    failures = 0
    with Case.open(case_file) if case_file.exists() and case_file.stat().st_size else Case.create(case_file) as case:
        loaded = load([folder])
        while batch := list(islice(loaded, size)):
            documents = [each for each in batch if isinstance(each, Document)]
            failures += len(batch) - len(documents)
            case.add(number(documents, for_case=True))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
