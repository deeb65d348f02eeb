"""Gold attributions as labels over the pieces of a window."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.reading.model.decode import LINKED, ROLES
from comity.reading.model.windows import TALKS, Window, windows
from training.talks import ACTS, Report

Labels = NDArray[np.int64]
LEAST = 5


@dataclass(frozen=True)
class Example:
    """A window with its labels.

    `tags` is roles × pieces (0 outside, 1 begin, 2 inside), `cues` one row of piece mask a gold cue, `links`
    cue × 7 × pieces: inside, beginning and end of the source, the same of the content, and what goes on without a cue,
    which is known only where `told`. `acts` are the statements: first piece, the one after the last, number of the act.
    """

    window: Window
    tags: Labels
    cues: Labels
    links: Labels
    told: bool = False
    acts: tuple[tuple[int, int, int], ...] = ()


def load(path: Path) -> list[dict[str, Any]]:
    """The records of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def mask(spans: list[list[int]], window: Window) -> Labels:
    """1 for each piece that lies in one of the spans."""
    out = np.zeros(len(window.ids), dtype=np.int64)
    starts, ends = window.spans[:, 0], window.spans[:, 1]
    for s, e in spans:
        out |= ((starts < e) & (ends > s) & (ends > starts)).astype(np.int64)
    return out


def bio(spans: list[list[int]], window: Window) -> Labels:
    """0 outside, 1 first piece of a span, 2 inside. Longest first: inner spans keep their own start."""
    out = np.zeros(len(window.ids), dtype=np.int64)
    for s, e in sorted(spans, key=lambda span: span[0] - span[1]):
        inside = np.flatnonzero(mask([[s, e]], window))
        if len(inside):
            out[inside[1:]] = 2
            out[inside[0]] = 1
    return out


def borders(spans: list[list[int]], window: Window) -> tuple[Labels, Labels, Labels]:
    """Which pieces lie in the spans, begin one and end one."""
    begin, end = (np.zeros(len(window.ids), dtype=np.int64) for _ in range(2))
    for span in spans:
        inside = np.flatnonzero(mask([span], window))
        if len(inside):
            begin[inside[0]] = end[inside[-1]] = 1
    return mask(spans, window), begin, end


def examples(document: dict[str, Any], tokenizer: Any) -> list[Example]:
    """The windows of one annotated document of PolNeAR with their labels."""
    return [_example(window, document["attributions"]) for window in windows(document["text"], tokenizer)]


def told_examples(report: Report, tokenizer: Any) -> list[Example]:
    """The windows of one of our own reports: with what goes on without a cue, and acts."""
    return [
        replace(_example(window, report.attributions()), told=True, acts=tuple(_acts(report, window)))
        for window in windows(report.text, tokenizer, register=TALKS)
    ]


def _acts(report: Report, window: Window) -> Iterator[tuple[int, int, int]]:
    """The statements, and the stretches of at least `LEAST` pieces between them, which state nothing."""
    free = ~window.marks
    for m in report.acts():
        inside = np.flatnonzero(mask([[m.start, m.end]], window))
        if len(inside):
            yield int(inside[0]), int(inside[-1]) + 1, ACTS.index(m.kind)
            free[inside] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[0], free.astype(int), [0]])))
    for start, end in edges.reshape(-1, 2):
        if end - start >= LEAST:
            yield int(start), int(end), len(ACTS)


def _example(window: Window, attributions: list[dict[str, Any]]) -> Example:
    tags = np.stack([bio([span for a in attributions for span in a.get(role) or []], window) for role in ROLES])
    here = [(a, cue) for a in attributions if (cue := mask(a.get("cue") or [], window)).any()]
    links = [
        np.stack(
            [
                *(each for role in LINKED for each in borders(a.get(role) or [], window)),
                mask(a.get("more") or [], window),
            ]
        )
        for a, _ in here
    ]
    n = len(window.ids)
    return Example(
        window,
        tags,
        np.array([cue for _, cue in here], dtype=np.int64).reshape(-1, n),
        np.array(links, dtype=np.int64).reshape(-1, 3 * len(LINKED) + 1, n),
    )
