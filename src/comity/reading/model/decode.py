"""From the network's numbers to attributions. Numpy only: training measures with the code that reads.

*Tags*: begin, inside and outside for sources, cues and contents. *Links*: given a cue, how strongly each piece belongs
to its source and to its content (bilinear, after Dozat and Manning 2017, and a learnt bias of the signed distance).
Tagged runs that a cue claims become its source and its content; where it claims none, what it claims piece by piece.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROLES = ("source", "cue", "content")
"""In the order of the network's tags."""
LINKED = ("source", "content")
"""In the order of the network's links."""

Floats = NDArray[np.floating[Any]]
Run = tuple[int, int]
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Scores:
    """What the network says of one window of `n` pieces: tags n × 3 × 3, queries and keys n × 2 × depth."""

    tags: Floats
    queries: Floats
    keys: Floats


@dataclass(frozen=True)
class Heads:
    """The linker's own weights: `bias` of 2, and `distance`, 2 × (2·buckets + 1)."""

    bias: Floats
    distance: Floats


@dataclass(frozen=True)
class Settings:
    """The few thresholds of decoding, each one number for all texts.

    `cue`, `source` and `content` are added to the score of "outside" of that role's tags (below 0: more runs);
    `from_source` and `from_content` are the least mean link of a run that is taken; `whole` is the share of a run that
    the cue must claim for it to be taken whole, else it is cut to the part claimed; `gap` is the longest stretch of
    unclaimed pieces inside a content that is read piece by piece.
    """

    cue: float = 0.0
    source: float = 0.0
    content: float = 0.0
    from_source: float = 0.5
    from_content: float = 0.5
    whole: float = 0.85
    gap: int = 1

    @classmethod
    def of(cls, values: dict[str, Any]) -> Settings:
        """Settings from their JSON form; unknown names are refused by the constructor."""
        known = {f.name for f in fields(cls)}
        return cls(**{name: values[name] for name in values if name in known})


@dataclass(frozen=True)
class Decoded:
    """One attribution in pieces; `sure` holds the raw probability of each role, before calibration."""

    source: Runs
    cue: Run
    content: Runs
    sure: tuple[float, float, float]


def tag_runs(tags: Floats, outside: float = 0.0) -> list[Run]:
    """Runs ``[a, b)`` from the scores of outside, begin, inside (n × 3). An inside after an outside opens a run.

    >>> best = np.eye(3)[[0, 1, 2, 0, 2, 1]]
    >>> tag_runs(best)
    [(1, 3), (4, 5), (5, 6)]
    """
    moved = tags + np.array([outside, 0.0, 0.0], dtype=tags.dtype)
    runs: list[Run] = []
    start = None
    for i, tag in enumerate([*moved.argmax(-1), 0]):
        if start is not None and tag != 2:
            runs.append((start, i))
            start = None
        if tag == 1 or (tag == 2 and start is None):
            start = i
    return runs


def mask_runs(inside: NDArray[np.bool_], gap: int = 1) -> list[Run]:
    """Runs of a mask; gaps of at most `gap` pieces are closed.

    >>> mask_runs(np.array([1, 1, 0, 1, 0, 0, 1], dtype=bool))
    [(0, 4), (6, 7)]
    """
    runs: list[Run] = []
    for i in np.flatnonzero(inside):
        if runs and i - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], int(i) + 1)
        else:
            runs.append((int(i), int(i) + 1))
    return runs


def buckets(offsets: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Signed logarithmic distance buckets, 0 to 2·most."""
    size = np.minimum((np.log2(np.abs(offsets).astype(np.float32) + 1) * 4).astype(np.int64), most)
    return np.where(offsets < 0, most - size, most + size)


def links(scores: Scores, heads: Heads, cue: Run) -> Floats:
    """How likely each piece belongs to the source and to the content of `cue`: 2 × n, from 0 to 1."""
    query = scores.queries[cue[0] : cue[1]].mean(0)
    raw = np.einsum("rd,nrd->rn", query, scores.keys)
    place = buckets(np.arange(len(scores.keys)) - cue[0], (heads.distance.shape[1] - 1) // 2)
    logits = raw + heads.bias[:, None] + heads.distance[:, place]
    claimed: Floats = 1 / (1 + np.exp(-logits))
    claimed[:, 0] = claimed[:, -1] = 0.0  # [CLS] and [SEP]
    return claimed


def decode(scores: Scores, heads: Heads, settings: Settings) -> list[Decoded]:
    """The attributions of one window, in order of their cues. One without content is none."""
    last = len(scores.tags) - 1
    moved = {"source": settings.source, "cue": settings.cue, "content": settings.content}
    runs = {
        role: [r for r in tag_runs(scores.tags[:, k], moved[role]) if r[0] > 0 and r[1] <= last]
        for k, role in enumerate(ROLES)
    }
    found = []
    for cue in runs["cue"]:
        claimed = links(scores, heads, cue)
        source = _taken(runs["source"], claimed[0], settings.from_source, settings)
        source = sorted(source, key=lambda r: (-float(claimed[0, r[0] : r[1]].mean()), r))[:1]
        content = _taken(runs["content"], claimed[1], settings.from_content, settings)
        if content:
            sure = (_sure_source(claimed[0], source), _sure_cue(scores.tags[:, 1], cue), _sure(claimed[1], content))
            found.append(Decoded(tuple(source), cue, tuple(content), sure))
    return found


def _taken(runs: list[Run], claimed: Floats, least: float, settings: Settings) -> list[Run]:
    chosen = [r for r in runs if claimed[r[0] : r[1]].mean() > least]
    return [_trimmed(r, claimed, settings.whole) for r in chosen] or mask_runs(claimed > 0.5, settings.gap)


def _trimmed(run: Run, claimed: Floats, whole: float) -> Run:
    """A run that the cue claims only in part is cut to that part."""
    inside = np.flatnonzero(claimed[run[0] : run[1]] > 0.5)
    if len(inside) and len(inside) < whole * (run[1] - run[0]):
        return run[0] + int(inside[0]), run[0] + int(inside[-1]) + 1
    return run


def _sure(claimed: Floats, runs: list[Run]) -> float:
    return float(np.mean(np.concatenate([claimed[a:b] for a, b in runs])))


def _sure_source(claimed: Floats, runs: list[Run]) -> float:
    """Of a source: how strongly it is claimed; of none: how weakly the strongest piece is."""
    return _sure(claimed, runs) if runs else float(1 - claimed.max())


def _sure_cue(tags: Floats, cue: Run) -> float:
    shifted = np.exp(tags[cue[0] : cue[1]] - tags[cue[0] : cue[1]].max(-1, keepdims=True))
    return float((1 - shifted[:, 0] / shifted.sum(-1)).mean())


def characters(run: Run, spans: NDArray[np.int64]) -> tuple[int, int]:
    """The characters ``[start, end)`` of a run of pieces."""
    return int(spans[run[0], 0]), int(spans[run[1] - 1, 1])
