"""Attribution figures of a part of PolNeAR, with the measure of bench.measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from bench.measures import Counted, attributions

from comity.reading.model.decode import Decoded, Heads, Scores, Settings, characters, decode
from comity.reading.model.windows import Window
from training.talks import ACTS, Report

Pages = list[tuple[dict[str, Any], list[tuple[Window, Scores]]]]
"""Annotated documents, each with its windows and the network's numbers for them."""


def pages(
    documents: Iterable[dict[str, Any]], cut: Callable[[str], list[Window]], ask: Callable[[Window], Scores]
) -> Pages:
    """The network's numbers for each document; one annotated twice is asked once."""
    known: dict[str, list[tuple[Window, Scores]]] = {}
    out = []
    for document in documents:
        name = document["document"]
        if name not in known:
            known[name] = [(window, ask(window)) for window in cut(document["text"])]
        out.append((document, known[name]))
    return out


def spans(one: Decoded, window: Window) -> dict[str, list[tuple[int, int]]]:
    """A decoded attribution as spans of characters."""
    runs = {"source": one.source, "cue": (one.cue,), "content": one.content}
    return {role: [characters(r, window.spans) for r in each] for role, each in runs.items()}


def count(read: Pages, heads: Heads, settings: Settings) -> dict[str, Counted]:
    """Hits, gold and predictions of each figure."""
    total: dict[str, Counted] = {}
    for document, scored in read:
        predicted = [spans(one, w) for w, s in scored for one in decode(s, w.within, w.marks, heads, settings)]
        for name, counted in attributions(document["attributions"], predicted, document["text"]).items():
            total[name] = total.get(name, Counted(0, 0, 0)) + counted
    return total


def f1(counted: Mapping[str, Counted]) -> dict[str, float]:
    """The F1 of each figure, in per cent, one decimal."""
    return {name: round(each.f1, 1) for name, each in counted.items()}


@dataclass(frozen=True)
class Talks:
    """How our own reports are read: counts of attributions, and shares of 1.

    `precision` and `recall` are of the letters that go on without a cue; `acts` is 0 for a model without that head.
    """

    found: Mapping[str, Counted]
    precision: float
    recall: float
    acts: float

    @property
    def goes_on(self) -> float:
        """The F1 of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


Read = list[tuple[Report, list[tuple[Window, Scores]]]]


def read_talks(reports: Iterable[Report], cut: Callable[[str], list[Window]], ask: Callable[[Window], Scores]) -> Read:
    """The network's numbers for each of our own reports."""
    return [(report, [(window, ask(window)) for window in cut(report.text)]) for report in reports]


def of_talks(read: Read, heads: Heads, settings: Settings) -> Talks:
    """Attributions, what goes on without a cue, and acts of the gold's statements where the model tells them."""
    acts = right = hits = gold = predicted = 0
    found: dict[str, Counted] = {}
    for report, scored in read:
        for m in report.acts():
            odds = act_odds(scored, (m.start, m.end))
            acts += 1
            right += odds is not None and ACTS[int(odds[: len(ACTS)].argmax())] == m.kind
        decoded = [
            (one, window) for window, s in scored for one in decode(s, window.within, window.marks, heads, settings)
        ]
        ours = {i for one, window in decoded for run in one.more for i in range(*characters(run, window.spans))}
        theirs = {i for m in report.marks if m.kind == "k" for i in range(m.start, m.end)}
        hits, gold, predicted = hits + len(theirs & ours), gold + len(theirs), predicted + len(ours)
        told = [spans(one, window) for one, window in decoded]
        for name, counted in attributions(report.attributions(), told, report.text).items():
            found[name] = found.get(name, Counted(0, 0, 0)) + counted
    return Talks(found, hits / max(1, predicted), hits / max(1, gold), right / max(1, acts))


def act_odds(read: Iterable[tuple[Window, Scores]], span: tuple[int, int]) -> Any:
    """The mean over the pieces of a stretch of what the network says of its act; None if it says nothing."""
    found = [
        scores.acts[i]
        for window, scores in read
        if scores.acts is not None
        for i in np.flatnonzero((window.spans[:, 0] < span[1]) & (window.spans[:, 1] > span[0]) & ~window.marks)
    ]
    return np.mean(found, axis=0) if found else None
