"""Choose the few numbers of decoding on PolNeAR dev, by the exported model itself.

usage: python -m training.tune --model DIR [--write]

Each number is moved in turn over a short list, twice round, and stays where `worth` is greatest; ties keep the earlier
value. Then what a word must have to go on without a cue is chosen on our own reports kept apart: as much as can be had
where precision is at least `PRECISE`, since to give a reporter's words to somebody is the worse mistake. ``--write``
puts the settings into DIR/attribution.json. Needs no torch.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from comity.reading.model.decode import Settings
from comity.reading.model.runtime import Model, load
from comity.reading.model.windows import TALKS, windows
from training import labels, measure, talks

DATA = Path(__file__).parents[1].parent / "shared" / "data"
CHOICES: dict[str, tuple[float, ...]] = {
    "cue": (-1.2, -0.9, -0.6, -0.3, 0.0, 0.3, 0.6, 0.9),
    "cue_turn": (0.0, 0.25, 0.5, 1.0, 1.5, 2.0),
    "source": (-3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5),
    "content": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "source_tags": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "content_tags": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "borders": (0.0, 0.25, 0.5, 0.75, 1.0, 1.5),
    "turn": (0.0, 0.5, 1.0, 2.0, 3.0, 4.0),
}
GOES_ON: dict[str, tuple[float, ...]] = {
    "more": (0.0, 0.5, 1.0, 1.5, 2.0, 2.5),
    "more_turn": (0.0, 2.0, 4.0, 8.0, 16.0),
}
PRECISE = 0.88
"""The least precision over letters of what goes on without a cue."""


def worth(figures: Mapping[str, float]) -> float:
    """What is tuned for: finding attributions with their sources, and, half as much, exact spans."""
    exact = sum(value for name, value in figures.items() if name.startswith("exact"))
    return round(figures["attribution"] + figures["attribution + source"] + exact / 2, 2)


def _what_goes_on(model: Model, settings: Settings) -> tuple[Settings, float]:
    """`settings` with the numbers of `GOES_ON` that read our own reports kept apart best, and the precision there."""
    apart = talks.kept_apart()
    read = measure.read_talks(apart, lambda text: windows(text, model.tokenizer, register=TALKS), model.scores)

    def worth_of(tried: Settings) -> float:
        found = measure.of_talks(read, model.heads, tried)
        return found.recall if found.precision >= PRECISE else found.precision - 1

    tried = [replace(settings, more=more, more_turn=turn) for more in GOES_ON["more"] for turn in GOES_ON["more_turn"]]
    best = max(tried, key=worth_of)
    found = measure.of_talks(read, model.heads, best)
    print("our own reports:", json.dumps(measure.f1(found.found)))
    print(f"goes on: precision {found.precision:.3f}, recall {found.recall:.3f}")
    return best, round(found.precision, 3)


def main() -> None:
    """Tune and print figures on the way."""
    ask = argparse.ArgumentParser(prog="python -m training.tune", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--model", type=Path, required=True)
    ask.add_argument("--data", type=Path, default=DATA)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    model = load(given.model)
    dev = labels.load(given.data / "polnear" / "dev.jsonl.gz")
    read = measure.pages(dev, lambda text: windows(text, model.tokenizer), model.scores)
    best = Settings()
    figures = measure.f1(measure.count(read, model.heads, best))
    print("as trained:", json.dumps(figures), flush=True)
    for _ in range(2):
        for name, values in CHOICES.items():
            for value in values:
                tried = replace(best, **{name: value})
                found = measure.f1(measure.count(read, model.heads, tried))
                if worth(found) > worth(figures):
                    best, figures = tried, found
                    print(f"  {name} {value}: {json.dumps(figures)}", flush=True)
    print("tuned:", json.dumps(figures))
    best, more = _what_goes_on(model, best)
    print(json.dumps(asdict(best)))
    if given.write:
        path = given.model / "attribution.json"
        about = json.loads(path.read_text(encoding="utf-8"))
        about["settings"], about["dev"], about["more"] = asdict(best), figures, more
        path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
