"""Decoding: what the numbers say plainly comes out exactly; no numbers give spans that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.reading.model.decode import Heads, Scores, Settings, buckets, decode, links, segments

N, DEPTH = 12, 4
HEADS = Heads(np.zeros(7), np.zeros((7, 65)))
WORDS = np.zeros(N, dtype=bool), np.zeros(N, dtype=bool)


def told(source: range, cue: range, content: range, sure: float = 8.0) -> Scores:
    """Numbers that say plainly which pieces are source, cue and content."""
    tags = np.zeros((N, 3, 3))
    tags[:, :, 0] = sure / 2
    for k, run in enumerate((source, cue, content)):
        for i in run:
            tags[i, k] = [0, sure if i == run[0] else 0, 0 if i == run[0] else sure]
    queries, keys = np.zeros((N, 7, DEPTH)), np.zeros((N, 7, DEPTH))
    queries[list(cue), :, 0] = 1.0
    keys[:, :, 0] = -sure
    keys[list(source), 0, 0] = sure
    keys[list(content), 3, 0] = sure
    keys[:, [1, 2, 4, 5], 0] = 0.0  # of borders nothing is known
    keys[:, 6, 0] = -sure
    return Scores(tags, queries, keys)


def test_a_plain_attribution_comes_out_exactly() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 9))
    (one,) = decode(scores, *WORDS, HEADS, Settings())
    assert (one.source, one.cue, one.content) == (((1, 3),), (3, 4), ((4, 9),))
    assert all(0.9 < each <= 1.0 for each in one.sure)


def test_a_cue_without_content_is_no_attribution() -> None:
    scores = told(range(1, 3), range(3, 4), range(0))
    assert decode(scores, *WORDS, HEADS, Settings()) == []


def test_a_cue_may_have_no_source() -> None:
    (one,) = decode(told(range(0), range(3, 4), range(4, 9)), *WORDS, HEADS, Settings())
    assert one.source == ()
    assert one.sure[0] > 0.9


def test_no_span_begins_or_ends_inside_a_word() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 9))
    within = np.zeros(N, dtype=bool)
    within[[2, 5, 8]] = True
    (one,) = decode(scores, within, WORDS[1], HEADS, Settings())
    for start, end in (*one.source, one.cue, *one.content):
        assert not within[start]
        assert not within[end]


def runs_of(n: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """All ways to choose runs among `n` places, neighbours apart or touching."""
    for start in range(n):
        for end in range(start + 1, n + 1):
            yield ((start, end),)
            for later in runs_of(n - end):
                yield ((start, end), *((a + end, b + end) for a, b in later))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 3))
def test_segments_have_the_greatest_sum(seed: int, n: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    inside, enter, leave = rng.normal(size=(3, rows, n)) * 2

    def worth(r: int, runs: Iterable[tuple[int, int]]) -> float:
        return float(sum(inside[r, a:b].sum() + enter[r, a] + leave[r, b - 1] for a, b in runs))

    for r, found in enumerate(segments(inside, enter, leave)):
        best = max([0.0, *(worth(r, runs) for runs in runs_of(n))])
        assert abs(worth(r, found) - best) < 1e-9


def test_where_a_content_begins_decides_between_equals() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 9))
    scores.keys[4, 3, 0] = 0.0  # the first word of the content may belong or not
    plain = decode(scores, *WORDS, HEADS, Settings(content=0.5, turn=0.0, borders=0.0, content_tags=0.0))
    assert plain[0].content == ((5, 9),)
    scores.keys[:, 4, 0] = -8.0
    scores.keys[4, 4, 0] = 8.0
    told_where = decode(scores, *WORDS, HEADS, Settings(content=0.5, turn=0.0, borders=0.5, content_tags=0.0))
    assert told_where[0].content == ((4, 9),)


def test_a_wavering_word_inside_does_not_tear_a_content() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 9))
    scores.keys[6, 3, 0] = -0.5
    (one,) = decode(scores, *WORDS, HEADS, Settings(content_tags=0.0))
    assert one.content == ((4, 9),)


def test_nothing_crosses_a_mark() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 9))
    marks = np.zeros(N, dtype=bool)
    marks[6] = True
    (one,) = decode(scores, np.zeros(N, dtype=bool), marks, HEADS, Settings())
    assert one.content == ((4, 6), (7, 9))


def test_distance_counts_from_the_cue_and_by_side() -> None:
    assert buckets(np.array([-1, 0, 1]), 32).tolist() == [28, 32, 36]
    distance = np.zeros((7, 65))
    distance[0, :32] = 5.0  # sources before the cue
    scores = Scores(np.zeros((N, 3, 3)), np.zeros((N, 7, DEPTH)), np.zeros((N, 7, DEPTH)))
    found = links(scores, Heads(np.zeros(7), distance), (6, 7))
    assert found[0].tolist() == [5.0] * 6 + [0.0] * 6
    assert not found[1:].any()


def test_what_goes_on_without_a_cue_is_no_content() -> None:
    scores = told(range(1, 3), range(3, 4), range(4, 7))
    scores.keys[7:11, 6, 0] = 8.0
    (one,) = decode(scores, *WORDS, HEADS, Settings())
    assert (one.content, one.more) == (((4, 7),), ((7, 11),))
    scores.keys[5:11, 6, 0] = 8.0  # what a content holds already does not go on
    (one,) = decode(scores, *WORDS, HEADS, Settings())
    assert one.more == ((7, 11),)


def test_words_go_on_for_the_likelier_speaker() -> None:
    scores = told(range(1, 2), range(2, 3), range(3, 4))
    both = told(range(1, 2), range(5, 6), range(6, 7))
    scores.tags[5:7] = both.tags[5:7]
    scores.queries[5] = both.queries[5]
    scores.keys[6, 3, 0] = 8.0
    scores.keys[8:11, 6, 0] = 4.0
    scores.queries[5, 6, 0] = 2.0
    first, second = decode(scores, *WORDS, HEADS, Settings())
    assert (first.more, second.more) == ((), ((8, 11),))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(3, 40), st.floats(0.1, 8))
def test_spans_are_in_order_and_inside(seed: int, n: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    scores = Scores(
        rng.normal(size=(n, 3, 3)) * spread,
        rng.normal(size=(n, 7, DEPTH)),
        rng.normal(size=(n, 7, DEPTH)) * spread,
    )
    within = rng.random(n) < 0.3
    within[[0, 1, -1]] = False
    marks = np.zeros(n, dtype=bool)
    marks[[0, -1]] = True
    found = decode(scores, within, marks, HEADS, Settings())
    assert [one.cue for one in found] == sorted(one.cue for one in found)
    for one in found:
        assert len(one.source) <= 1
        assert one.content
        for runs in (one.source, (one.cue,), one.content, one.more):
            assert all(0 < a < b < n for a, b in runs)
            assert all(b <= c for (_, b), (c, _) in pairwise(runs))
        assert all(0 <= each <= 1 for each in one.sure)
