"""How well the example is read: statements, tensions and states against the reading by hand.

usage: python -m bench.example_score [-v] [--without-agenda] [--reader NAME]

The definitions are those of `bench.measures`. A gold tension is found if a predicted one names a statement of each of
its sides and at most four that belong to neither; one predicted tension serves one gold tension. ``-v`` lists what was
missed, wrong and false. Without the agenda, issues are the machine's own and are not counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.measures import Names, letters, overlaps, score, speakers
from comity.desk import flow
from comity.ledger import load_agenda
from comity.reading import DEFAULT, READERS
from comity.words import Agenda, Ledger, Reading, Tension

EXAMPLE = Path(__file__).parents[1] / "examples" / "strait"
QUICK = ()
STRAY = 4
"""How many statements of neither side a predicted tension may name."""


def pairs(gold: Mapping[str, Any], texts: Mapping[str, str], readings: Sequence[Reading]) -> dict[str, str]:
    """The predicted statement that each gold statement was found as."""
    names = Names(gold["entities"])
    predicted = {reading.document: reading.statements for reading in readings}
    found = {}
    for one in gold["statements"]:
        text = texts[one["doc"]]
        wanted = letters(text, one["start"], one["end"])
        right = speakers(one, names)
        ranked = [
            (overlaps(wanted, letters(text, s.passage.start, s.passage.end)), -n, s.id)
            for n, s in enumerate(predicted.get(one["doc"], ()))
            if names.canonical(s.speaker) in right
        ]
        best = max(ranked, default=(0.0, 0, ""))
        if best[0]:
            found[one["id"]] = best[2]
    return found


def tensions_found(
    gold: Mapping[str, Any], found: Mapping[str, str], tensions: Sequence[Tension]
) -> tuple[list[str], list[Tension]]:
    """Ids of the gold tensions that were found, and the predicted ones that found none."""
    free, hits = list(tensions), []
    for one in gold["tensions"]:
        a, b = ({found[name] for name in one[side] if name in found} for side in ("statements", "against"))
        for tension in free:
            named = {*tension.statements, *tension.against}
            if a & named and b & named and len(named - a - b) <= STRAY:
                hits.append(one["id"])
                free.remove(tension)
                break
    return hits, free


def states_right(gold: Mapping[str, Any], ledger: Ledger) -> dict[str, tuple[str, str]]:
    """The state of each issue: by hand, and as derived."""
    derived = {status.issue: status.state.value for status in ledger.statuses}
    return {one["issue"]: (one["status"], derived.get(one["issue"], "–")) for one in gold["issue_status"]}


def report(
    gold: Mapping[str, Any], texts: Mapping[str, str], agenda: Agenda | None, verbose: bool, reader: str = DEFAULT
) -> Iterator[str]:
    """The figures as a person reads them."""
    material = flow.from_paths([str(EXAMPLE / "reports")], agenda, reader=reader)
    made = flow.ledger_of(material)
    result = score(gold, texts, material.readings)
    yield from result.lines()
    hits, false = tensions_found(gold, pairs(gold, texts, material.readings), made.tensions)
    whole, given = len(gold["tensions"]), len(made.tensions)
    yield f"tensions found          {len(hits)}/{whole}, precision {len(hits)}/{given}"
    states = states_right(gold, made)
    yield f"states of issues right  {sum(a == b for a, b in states.values())}/{len(states)}"
    yield f"statements told once    {told_once(gold, texts, material.readings, made)}"
    if verbose:
        yield from ("", "missed:", *result.missed, "", "wrong:", *result.wrong, "", "false:", *result.false)
        yield from ("", "tensions missed:")
        yield from (f"{one['id']} {one['text']}" for one in gold["tensions"] if one["id"] not in hits)
        yield from ("", "tensions not in the gold:", *(f"{t.kind.value} {t.statements} {t.against}" for t in false))
        yield from ("", "states:", *(f"{issue}: {b} for {a}" for issue, (a, b) in states.items() if a != b))


def told_once(gold: Mapping[str, Any], texts: Mapping[str, str], readings: Sequence[Reading], made: Ledger) -> str:
    """How many utterances told twice are counted once, of those whose two tellings were both found."""
    found = pairs(gold, texts, readings)
    first = {s.id: s.same_utterance_as or s.id for s in made.statements}
    both = [
        (found[one["id"]], found[one["same_utterance_as"]])
        for one in gold["statements"]
        if one["same_utterance_as"] and {one["id"], one["same_utterance_as"]} <= found.keys()
    ]
    return f"{sum(first.get(a) == first.get(b) for a, b in both)}/{len(both)} utterances told twice"


def main(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m bench.example_score", description=__doc__.partition("\n")[0])
    options.add_argument("-v", "--verbose", action="store_true", help="list what was missed, wrong and false")
    options.add_argument("--without-agenda", action="store_true", help="let the agenda be proposed")
    options.add_argument("--reader", choices=tuple(READERS), default=DEFAULT)
    given = options.parse_args(arguments)
    gold = json.loads((EXAMPLE / "gold.json").read_text(encoding="utf-8"))
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in sorted((EXAMPLE / "reports").glob("0*.txt"))}
    agenda = None if given.without_agenda else load_agenda(EXAMPLE / "agenda.toml")
    for line in report(gold, texts, agenda, given.verbose, given.reader):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
