"""From scores to attributions: numpy only, the same code that runs beside onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Found:
    """An attribution as spans of characters."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    confidence: float


def tag_runs(tags: np.ndarray, threshold: float = 0.0) -> list[tuple[int, int]]:
    """Piece runs ``[a, b)`` from BIO scores (pieces × 3). An I after O opens a run (a missed B)."""
    best = tags.argmax(-1)
    runs: list[tuple[int, int]] = []
    start = None
    for i, tag in enumerate([*best, 0]):
        if start is not None and tag != 2:
            runs.append((start, i))
            start = None
        if tag == 1 or (tag == 2 and start is None):
            start = i
    return runs


def characters(run: tuple[int, int], spans: np.ndarray) -> tuple[int, int]:
    return int(spans[run[0], 0]), int(spans[run[1] - 1, 1])


def mask_runs(inside: np.ndarray, gap: int = 1) -> list[tuple[int, int]]:
    """Runs of a mask; gaps of at most `gap` pieces are closed."""
    runs: list[tuple[int, int]] = []
    for i in np.flatnonzero(inside):
        if runs and i - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], int(i) + 1)
        else:
            runs.append((int(i), int(i) + 1))
    return runs
