from __future__ import annotations

from datetime import date

import pytest

from comity.reading.segments import post_of, segment


def kinds(text: str) -> list[tuple[str, str]]:
    return [(s.kind.value, text[s.start : s.end]) for s in segment(text)]


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (" date 2031-03-07", "Talks went on."),
        ("HAVNA, 9 MAR 31 (TCS RADIO) -- [TEXT]", "THE TALKS WENT ON."),
        ("OSTRA, Norland (AP) —", "Talks went on."),
        ("LUND, Dec 24 (Reuters) -", "Talks went on."),
        ("Published: 3 March 2031", "Talks went on."),
    ],
)
def test_metadata_glued_to_the_first_sentence_is_a_header(head: str, rest: str) -> None:
    assert kinds(f"{head} {rest}") == [("header", head.strip()), ("body", rest)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The Minister’s Demands", "heading"),
        ("## What comes next", "heading"),
        ("via Havna News Agency", "credit"),
        ("Photo: A. Person / Pool", "credit"),
        ("© 2031 The Lisk Observer", "credit"),
        ("FILE - The two ministers shake hands in Lund.", "caption"),
        ("By Aldo Merikanto and Siri Lund", "header"),
        ("Read more: the ten days that made the pact", "boilerplate"),
        ("Subscribe to our newsletter", "boilerplate"),
        ("There is no change.", "body"),
        ("“We go on,” she said.", "body"),
    ],
)
def test_a_paragraph_is_known_by_its_form(line: str, kind: str) -> None:
    text = f"Both sides met on Friday and parted without a word.\n\n{line}\n\nThey will meet again next week, he said."
    assert (kind, line) in kinds(text)


def test_an_embedded_post_is_parted_from_what_its_removal_left() -> None:
    body = "Norland is ready to open the strait, its president said."
    left = "https://t.co/abc pic.twitter.com/xyz — Lisk Observer (@lisk) March 5, 2031"
    text = f"Talks went on.\n\n{body} {left}\n\nThat was all."
    assert kinds(text) == [
        ("body", "Talks went on."),
        ("post", body),
        ("post_residue", left),
        ("body", "That was all."),
    ]
    (post,) = post_of(text, segment(text))
    assert (post.name, post.handle, post.posted) == ("Lisk Observer", "@lisk", date(2031, 3, 5))
    assert post.name_span is not None
    assert text[slice(*post.name_span)] == "Lisk Observer"


def test_a_post_may_stand_above_its_signature() -> None:
    text = "He wrote:\n\nThe strait stays open.\n\n— Aldo Merikanto (@aldo) 5 March 2031"
    assert [k for k, _ in kinds(text)] == ["body", "post", "post_residue"]


def test_numbered_clauses_are_a_quoted_document() -> None:
    text = "The text reads:\n\n1. The strait is open.\n\n2. Fees are paid monthly.\n\nBoth sides signed."
    assert [k for k, _ in kinds(text)] == ["body", "quoted_document", "quoted_document", "body"]


def test_a_lone_number_at_the_head_of_a_paragraph_is_no_clause() -> None:
    assert kinds("Talks went on.\n\n12. March was the day set for the vote, he said.")[1][0] == "body"


def test_a_heading_may_stand_on_the_line_over_its_paragraph() -> None:
    told = "The owners of the ferry told the crews on Monday that they would look at the timetable again."
    text = f"The ferry dispute\n\n14.10\nA thaw at the pier?\n{told}\n\n13.00\n“Nothing new”\n{told}"
    assert kinds(text) == [
        ("heading", "The ferry dispute"),
        ("header", "14.10"),
        ("heading", "A thaw at the pier?"),
        ("body", told),
        ("header", "13.00"),
        ("heading", "“Nothing new”"),
        ("body", told),
    ]


def test_lines_of_one_width_hold_no_heading() -> None:
    text = (
        "The owners of the ferry told the crews on Monday that\nTuesday would be the last day on which they would look"
        "\nat the timetable again before the summer."
    )
    assert [k for k, _ in kinds(text)] == ["body"]
