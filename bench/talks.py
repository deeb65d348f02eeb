"""Our own marked reports that are kept apart from training: who said what, words without a cue, acts.

usage: python -m bench.talks

Some of the negotiations in ``training/talks``, chosen by hash, are never trained on; thresholds of the model were
chosen there, so its figures are a little kind. *Attribution* is PolNeAR's measure (`bench.measures`), by the model
alone and by each reader, without an agenda. *Acts*: of the statements that a reader finds (more than half of both in
common), how many have the act that the writer gave them. *Without a cue*: letters of sentences without a cue that are
somebody's, how many of them are given to somebody, and how many of the letters that are the article's own.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from training import talks

from bench import acts
from bench.measures import Counted, attributions
from bench.polnear import spans_of
from comity.reading import READERS, model, read
from comity.words import AUTHOR, Document, Statement

QUICK = ()
Letters = set[int]


def own_words(report: talks.Report) -> tuple[Letters, Letters]:
    """Letters that go on for somebody without a cue, and those of the article's own statements."""
    held = {i for m in report.marks if m.kind in "kc" for i in range(m.start, m.end)}
    goes_on = {i for m in report.marks if m.kind == "k" for i in range(m.start, m.end)}
    return goes_on, {i for m in report.acts() for i in range(m.start, m.end)} - held


def count(report: talks.Report, statements: Sequence[Statement]) -> Counter[str]:
    """Counts of one report: statements and acts, and whose the words without a cue are told to be."""
    given = {i for s in statements if s.speaker != AUTHOR for i in range(*s.passage.span)}
    goes_on, own = own_words(report)
    found = [(m.kind, s.act.value) for m in report.acts() if (s := acts.found(m.start, m.end, statements))]
    return Counter(
        found=len(found), right=sum(a == b for a, b in found),
        goes_on=len(goes_on), given=len(goes_on & given), own=len(own), taken=len(own & given),
    )  # fmt: skip


def line(name: str, counted: Sequence[Mapping[str, Counted]]) -> str:
    """Attribution and attribution with the right source, summed."""
    sums = (sum((c[key] for c in counted), Counted(0, 0, 0)) for key in ("attribution", "attribution + source"))
    return f"{name:16}" + "   ".join(
        f"{key} {each}" for key, each in zip(("attribution", "with source"), sums, strict=True)
    )


def main(arguments: Sequence[str]) -> int:
    """Print a line for each reader."""
    if arguments:
        print(__doc__)
        return 2
    apart = talks.kept_apart()
    print(f"{len(apart)} reports of {len({r.name.partition(':')[0] for r in apart})} negotiations, not trained on")
    alone = [attributions(r.attributions(), [vars(t) for t in model.attribute(r.text)], r.text) for r in apart]
    print(line("the model alone", alone))
    for reader in READERS:
        made = [(r, read(Document(id="r", text=r.text), reader=reader)) for r in apart]
        print(line(f"reader {reader}", [attributions(r.attributions(), spans_of(m), r.text) for r, m in made]))
        n = sum((count(r, m.statements) for r, m in made), Counter[str]())
        right, given, taken = (
            100 * n[part] / max(1, n[whole])
            for part, whole in (("right", "found"), ("given", "goes_on"), ("taken", "own"))
        )
        print(
            f"{'':16}acts {right:.1f} % of {n['found']} statements found; without a cue: given to somebody "
            f"{given:.1f} %, of the article's own {taken:.1f} %"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
