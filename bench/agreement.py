"""How far two people agree on what is done with the words: the acts of the golds beside a second person's.

usage: python -m bench.agreement

``training/second.tsv`` has statements of our own reports drawn at random, and the core statements of some of
``tests/reading_unseen``, with the act that somebody gave them by docs/reading.md who saw neither the gold's nor the
reader's. Two acts where either would do, the better first. This is about the most that a reader can be asked for.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from training import talks

from bench.unseen import UNSEEN, gold_of

SECOND = Path(__file__).parents[1] / "training" / "second.tsv"
QUICK = ()
Place = tuple[str, int, int]


def first(folder: str) -> dict[Place, str]:
    """The act of each statement as the gold has it, by its report or name and where it stands."""
    if folder == "talks":
        return {(r.name, m.start, m.end): m.kind for r in talks.load() for m in r.acts()}
    return {(one["id"], one["start"], one["end"]): one["act"] for one in gold_of(UNSEEN / folder)["statements"]}


def rows() -> Iterator[tuple[str, Place, list[str]]]:
    """Where each statement of the second person stands, and its acts."""
    for line in SECOND.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            folder, name, start, end, acts = line.split("\t")
            yield folder, (name, int(start), int(end)), acts.split("/")


def main(arguments: Sequence[str]) -> int:
    """Print a line for each kind of gold."""
    if arguments:
        print(__doc__)
        return 2
    known = {folder: first(folder) for folder, _, _ in rows()}
    counts: dict[str, Counter[str]] = {}
    for folder, place, acts in rows():
        act = known[folder][place]
        count = counts.setdefault(folder.partition("_")[0], Counter())
        count.update(all=1, best=act == acts[0], either=act in acts)
    for kind, count in counts.items():
        share = 100 * count["best"] / count["all"]
        same = f"the same act for {count['best']} of {count['all']} ({share:.0f} %)"
        print(f"{kind:8} {same}; or one of two for {count['either']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
