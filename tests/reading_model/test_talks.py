"""Our own marked reports: marks are read as written, and the shipped ones are sound."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from training import talks
from training.talks import MarkError, Report, parse, problems


def test_marks_nest_and_leave_the_text_plain() -> None:
    text, marks = parse("[s1: Lys] [q1: said] [c1: {offer: a truce [s2: she] [q2: called] [c2: {assess: good}]} now].")
    assert text == "Lys said a truce she called good now."
    told = {(m.kind, m.number): text[m.start : m.end] for m in marks}
    assert told["offer", 0] == "a truce she called good"
    assert told["c", 1] == "a truce she called good now"
    assert (told["s", 2], told["q", 2], told["c", 2], told["assess", 0]) == ("she", "called", "good", "good")


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("[s1: Lys said", "not closed"),
        ("Lys] said", "closes nothing"),
        ("one\n{wish: peace}", "line 2: no act 'wish'"),
        ("[x1: Lys]", "opens no mark"),
        ("[s1: ]", "empty"),
    ],
)
def test_wrong_marks_say_where(marked: str, said: str) -> None:
    with pytest.raises(MarkError, match=said):
        parse(marked)


def test_an_attribution_needs_cue_and_content() -> None:
    text, marks = parse("[s1: Lys] spoke. [q2: said]")
    assert list(problems(Report("r", text, marks))) == [
        "attribution 1 has no cue [q1: …]",
        "attribution 2 has no content [c2: …]",
    ]


def test_the_shipped_reports_are_sound() -> None:
    reports = talks.load()
    assert not [line for report in reports for line in problems(report)]
    assert len({report.name for report in reports}) == len(reports)
    acts = Counter(m.kind for report in reports for m in report.acts())
    assert set(acts) == set(talks.ACTS)
    assert {talks.apart(report) for report in reports} == {True, False}


def test_a_file_without_a_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no head", encoding="utf-8")
    with pytest.raises(MarkError, match="no report"):
        talks.load(tmp_path)
