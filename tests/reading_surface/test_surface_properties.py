"""What holds for any text: spans lie in it, stretches cover it, and nothing crashes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.reading.segments import post_of, segment
from comity.reading.times import find_times
from comity.words import Reading

PIECES = """
on in the last next two 12 May march Friday , . - — 2031 1990s quarter 's week years ago later (@x) https://t.co/a will
said Norway Oslo President Aldo Merikanto he it they # 1. “ ” via Photo: date 2031-03-07 🙂 אב 5/3/31
"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n\n", "\n", "\r\n", "e\u0301"]), max_size=40).map(" ".join)
TEXTS = WORDS | st.text(max_size=200)
DATES = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(TEXTS)
def test_segments_cover_what_is_not_blank_in_order(text: str) -> None:
    found = segment(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = bytearray(len(text))
    for s in found:
        covered[s.start : s.end] = b"\x01" * (s.end - s.start)
    assert all(c or text[i].isspace() for i, c in enumerate(covered))
    post_of(text, found)


@given(TEXTS, DATES)
def test_times_are_spans_of_the_text_with_ordered_bounds(text: str, published: date | None) -> None:
    found = find_times(text, published)
    assert found == find_times(text, published)
    for t in found:
        assert 0 <= t.start < t.end <= len(text)
        assert t.type in ("DATE", "TIME", "DURATION", "SET")
        assert t.value
        if t.earliest and t.latest and not t.value.endswith("_REF"):
            assert t.earliest <= t.latest or "before" in text or "since" in text


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_names_and_events_never_fail_and_name_what_is_there(surface: Callable[..., Reading], text: str) -> None:
    reading = surface(text)
    known = {e.id for e in reading.entities}
    assert len(known) == len(reading.entities)
    for m in reading.mentions:
        assert 0 <= m.start < m.end <= len(text)
        assert m.entity in known
    for event in reading.events:
        assert all(0 <= start < end <= len(text) for start, end in event.spans)
