"""Every figure of the reading, beside peers where these are installed: python -m bench.reading [--quick]

Attribution on PolNeAR dev (the model alone, the whole reading, the rules alone; textacy's quotations over spaCy),
chains, the climate talks, time expressions (beside dateparser and recognizers-text), seed reports, speed and memory.
Runs the benches named beside each figure, one after the other, in processes of their own; ``--quick`` takes a part of
each. Published figures for comparison are in the README of the shared data.
"""

from __future__ import annotations

import subprocess
import sys

BENCHES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("attribution, PolNeAR dev: the model alone", "polnear", ("--reader", "model-alone"), ("--limit", "10")),
    ("attribution, PolNeAR dev: the whole reading with the model", "polnear", ("--reader", "model"), ("--limit", "10")),
    ("attribution, PolNeAR dev: the rules alone", "polnear", ("--reader", "rules"), ("--limit", "10")),
    ("attribution, PolNeAR dev: textacy's quotations", "polnear", ("--reader", "textacy"), ("--limit", "10")),
    ("reporting chains and nesting", "chains", ("--reader", "model"), ()),
    ("reporting chains and nesting, by the rules", "chains", ("--reader", "rules"), ()),
    ("actors, predicates, polarity in the climate talks", "enb", ("--reader", "model"), ()),
    ("the same by the rules", "enb", ("--reader", "rules"), ()),
    ("time expressions, beside dateparser and recognizers-text", "times", ("--peers",), ()),
    ("the two seed reports", "seeds", ("--reader", "model"), ()),
    ("the same by the rules", "seeds", ("--reader", "rules"), ()),
    ("names and pronouns", "mentions", (), ()),
    ("reports that no rule was made for", "unseen", (), ("--only", "open_a")),
    ("the same without an agenda", "unseen", ("--without-agenda",), ("--only", "open_a")),
    ("issues of the machine's own", "own_issues", (), ("--only", "open_a")),
    ("speed and memory", "speed", ("--reader", "model"), ("--words", "8000")),
    ("the same by the rules", "speed", ("--reader", "rules"), ("--words", "8000")),
)


def main(arguments: list[str]) -> int:
    failed = []
    for title, name, whole, quick in BENCHES:
        print(f"\n== {title}: python -m bench.{name} {' '.join(whole)}".rstrip(), flush=True)
        given = (*whole, *quick) if "--quick" in arguments else whole
        if subprocess.run([sys.executable, "-m", f"bench.{name}", *given]).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
