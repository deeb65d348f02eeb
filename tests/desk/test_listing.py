"""Lists: a table that fits, JSON and CSV that can be trusted."""

from __future__ import annotations

import csv
import io
import json

from comity.desk.listing import render

ROWS = [
    {"id": "a", "quote": "=1+1", "n": 2, "list": ["x", "y"]},
    {"id": "b", "quote": "\x1b[31mred", "n": None, "list": []},
]


def test_json_and_lines_keep_everything() -> None:
    assert json.loads(render(ROWS, ["id"], "json")) == ROWS
    assert [json.loads(line) for line in render(ROWS, ["id"], "jsonl").splitlines()] == ROWS


def test_no_cell_of_a_csv_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(render(ROWS, ["id", "quote", "n", "list"], "csv"))))
    assert rows[0] == ["id", "quote", "n", "list"]
    assert rows[1] == ["a", "'=1+1", "2", '["x","y"]']


def test_a_table_fits_and_sends_nothing_to_the_terminal() -> None:
    rows = [{"id": "long-identifier-of-a-document", "quote": "word " * 100, "n": "x" * 200}]
    text = render(rows + ROWS, ["id", "quote", "n"], "table")
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    assert text.count("word") == 100, "nothing is cut away"
    assert "long-identifier-of-a-document" in text


def test_words_that_find_no_room_stand_below_their_row() -> None:
    words = "the boats will be moved back by twelve miles if the other side does the same at once"
    rows = [{"id": "001_a-report-with-a-long-name-0a1b2c3d#4", "speaker": "Ana Holt", "issue": "patrols", "n": 4}]
    shown = render([rows[0] | {"words": words}], ["id", "speaker", "issue", "words"], "table")
    assert shown.splitlines()[1] == "001_a-report-with-a-long-name-0a1b2c3d#4 · Ana Holt · patrols"
    assert all(line.startswith("    ") and len(line) <= 80 for line in shown.splitlines()[2:])
    assert words in " ".join(shown.split())
    both = render([{"key": rows[0]["id"], "one": words, "other": words}], ["key", "one", "other"], "table")
    assert "    one: the boats" in both
    assert "    other: the boats" in both
    assert "words" in render([rows[0] | {"words": words}], ["n", "words"], "table").splitlines()[0].split()
