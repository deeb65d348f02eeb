"""Decoding: what the numbers say plainly comes out exactly; no numbers give spans that cannot be."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.reading.model.decode import Heads, Scores, Settings, buckets, by_word, decode, links

N, DEPTH = 12, 4
HEADS = Heads(np.zeros(2), np.zeros((2, 65)))


def told(source: range, cue: range, content: range, sure: float = 8.0) -> Scores:
    """Numbers that say plainly which pieces are source, cue and content."""
    tags = np.zeros((N, 3, 3))
    tags[:, :, 0] = sure / 2
    for k, run in enumerate((source, cue, content)):
        for i in run:
            tags[i, k] = [0, sure if i == run[0] else 0, 0 if i == run[0] else sure]
    queries, keys = np.zeros((N, 2, DEPTH)), np.zeros((N, 2, DEPTH))
    queries[list(cue), :, 0] = 1.0
    keys[:, :, 0] = -sure
    keys[list(source), 0, 0] = sure
    keys[list(content), 1, 0] = sure
    return Scores(tags, queries, keys)


def test_a_plain_attribution_comes_out_exactly() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 9))
    (one,) = decode(scores, np.zeros(N, dtype=bool), HEADS, Settings())
    assert (one.source, one.cue, one.content) == (((1, 3),), (3, 4), ((4, 9),))
    assert all(0.9 < each <= 1.0 for each in one.sure)


def test_a_cue_without_content_is_no_attribution() -> None:
    scores = told(range(1, 3), range(3, 4), range(0))
    assert decode(scores, np.zeros(N, dtype=bool), HEADS, Settings()) == []


def test_a_cue_may_have_no_source() -> None:
    (one,) = decode(told(range(0), range(3, 4), range(4, 9)), np.zeros(N, dtype=bool), HEADS, Settings())
    assert one.source == ()
    assert one.sure[0] > 0.9


def test_no_span_begins_or_ends_inside_a_word() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 9))
    within = np.zeros(N, dtype=bool)
    within[[2, 5, 8]] = True
    (one,) = decode(scores, within, HEADS, Settings())
    for start, end in (*one.source, one.cue, *one.content):
        assert not within[start]
        assert not within[end]


def test_pieces_of_a_word_share_their_mean_and_cannot_begin() -> None:
    rng = np.random.default_rng(1)
    scores = Scores(rng.normal(size=(N, 3, 3)), rng.normal(size=(N, 2, DEPTH)), rng.normal(size=(N, 2, DEPTH)))
    within = np.zeros(N, dtype=bool)
    within[[4, 5]] = True
    shared = by_word(scores, within)
    assert np.allclose(shared.keys[3], scores.keys[3:6].mean(0))
    assert np.allclose(shared.keys[3], shared.keys[5])
    assert (shared.tags[within].argmax(-1) != 1).all()
    assert np.allclose(shared.tags[[0, 1, 2, 6]], scores.tags[[0, 1, 2, 6]])


def test_distance_counts_from_the_cue_and_by_side() -> None:
    assert buckets(np.array([-1, 0, 1]), 32).tolist() == [28, 32, 36]
    distance = np.zeros((2, 65))
    distance[0, :32] = 5.0  # sources before the cue
    scores = Scores(np.zeros((N, 3, 3)), np.zeros((N, 2, DEPTH)), np.zeros((N, 2, DEPTH)))
    found = links(scores, Heads(np.zeros(2), distance), (6, 7))
    assert found[0].tolist() == [5.0] * 6 + [0.0] * 6
    assert not found[1].any()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(3, 40), st.floats(0.1, 8))
def test_spans_are_in_order_and_inside(seed: int, n: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    scores = Scores(
        rng.normal(size=(n, 3, 3)) * spread, rng.normal(size=(n, 2, DEPTH)), rng.normal(size=(n, 2, DEPTH)) * spread
    )
    within = rng.random(n) < 0.3
    within[[0, 1, -1]] = False
    found = decode(scores, within, HEADS, Settings())
    assert [one.cue for one in found] == sorted(one.cue for one in found)
    for one in found:
        assert len(one.source) <= 1
        assert one.content
        for runs in (one.source, (one.cue,), one.content):
            assert all(0 < a < b < n for a, b in runs)
            assert all(b <= c for (_, b), (c, _) in pairwise(runs))
        assert all(0 <= each <= 1 for each in one.sure)
