"""JSON lines, JSON and CSV: rows with columns."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comity.record import Failure, load
from comity.words import Document, Handling

ROW = {
    "Headline": "No deal",
    "Outlet": "Harbour Times",
    "Pub Date": "2031-03-04",
    "Body": "The delegations met.",
    "Link": "https://h.example/1",
}


def save(tmp_path: Path, content: str | bytes, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def check(document: Document) -> None:
    assert (document.text, document.title, document.source) == ("The delegations met.", "No deal", "Harbour Times")
    assert (document.published, document.url) == (date(2031, 3, 4), "https://h.example/1")


def test_sensible_names_are_guessed(tmp_path: Path, one) -> None:
    check(one(save(tmp_path, json.dumps(ROW) + "\n", "a.jsonl")))
    check(one(save(tmp_path, json.dumps([ROW], indent=2), "a.json")))
    check(one(save(tmp_path, json.dumps({"status": "ok", "articles": [ROW]}), "b.json")))
    check(one(save(tmp_path, json.dumps(ROW, indent=1), "c.json")))
    check(one(save(tmp_path, ",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n", "a.csv")))
    check(one(save(tmp_path, ";".join(ROW) + "\r\n" + ";".join(ROW.values()) + "\r\n", "b.csv")))
    check(one(save(tmp_path, "\t".join(ROW) + "\n" + "\t".join(ROW.values()) + "\n", "a.tsv")))


def test_a_mapping_wins_and_reaches_into_objects(tmp_path: Path, one) -> None:
    row = {"id": "r7", "text": "not this", "meta": {"when": "2031-03-04", "outlet": {"name": "Wire"}}, "raw": "This."}
    columns = {"text": "raw", "published": "meta.when", "source": "meta.outlet"}
    document = one(save(tmp_path, json.dumps(row), "a.jsonl"), columns=columns)
    assert (document.id, document.text, document.published, document.source) == (
        "r7",
        "This.",
        date(2031, 3, 4),
        "Wire",
    )


def test_fields_in_objects_are_guessed_too(tmp_path: Path, one) -> None:
    row = {"text": "This.", "source": {"id": None, "name": "Wire"}, "document": {"date": "2031-03-04"}}
    document = one(save(tmp_path, json.dumps(row), "a.jsonl"))
    assert (document.published, document.source) == (date(2031, 3, 4), "Wire")


def test_rows_without_an_id_are_named_by_number(tmp_path: Path) -> None:
    documents = list(load([save(tmp_path, '{"text": "A."}\n\n{"text": "B."}\n', "set.jsonl")]))
    assert [(d.id, d.name) for d in documents if isinstance(d, Document)] == [
        ("set-00001", "set.jsonl!1"), ("set-00003", "set.jsonl!3")
    ]  # fmt: skip


def test_each_bad_row_is_told_and_the_rest_read(tmp_path: Path) -> None:
    lines = ['{"text": "A."}', "{broken", "[1, 2]", '{"text": ""}', '{"text": 7}', '{"body_of": "x"}', '{"text": "Z."}']
    results = list(load([save(tmp_path, "\n".join(lines), "a.jsonl")]))
    assert [d.text for d in results if isinstance(d, Document)] == ["A.", "Z."]
    assert [str(f).split(";")[0] for f in results if isinstance(f, Failure)] == [
        "a.jsonl, line 2: not JSON: Expecting property name enclosed in double quotes (column 2)",
        "a.jsonl, line 3: not a JSON object",
        "a.jsonl, line 4, text: no text in this row",
        "a.jsonl, line 5, text: the text is no string: '7'",
        "a.jsonl, line 6: no column for the text",
    ]


def test_csv_rows(tmp_path: Path) -> None:
    content = 'id,text\na,"One, with ""quotes""\nand a line"\nb,Two,three\nc,\nd,Four\n'
    results = list(load([save(tmp_path, content, "a.csv")]))
    assert [d.text for d in results if isinstance(d, Document)] == ['One, with "quotes"\nand a line', "Four"]
    assert [str(f) for f in results if isinstance(f, Failure)] == [
        "a.csv, line 4: 3 cells under 2 columns", "a.csv, line 5, text: no text in this row"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,b\n1,2\n", "a.csv, line 1: no column for the text; map one of a, b to it (text=COLUMN)"),
        ("id,text\n", "a.csv: a header and no rows"),
        ("text,text\nx,y\n", "a.csv, line 1: two columns have one name"),
        ('id,text\n1,"never closed\n', "a.csv, line 2: not CSV: unexpected end of data"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path: Path, failed, content: str, expected: str) -> None:
    assert failed(save(tmp_path, content, "a.csv")) == expected


def test_a_column_that_is_not_there(tmp_path: Path, failed) -> None:
    path = save(tmp_path, "id,text\n1,x\n", "a.csv")
    assert (
        failed(path, columns={"published": "when"}) == "a.csv, line 1, published: no column 'when'; there are id, text"
    )
    assert "no field 'colour'" in failed(path, columns={"colour": "id"})


def test_csv_in_an_old_encoding(tmp_path: Path, one) -> None:
    document = one(save(tmp_path, "id,text\n1,“Größe” – was it?\n".encode("cp1252"), "a.csv"))
    assert document.text == "“Größe” – was it?"


def test_large_cells(tmp_path: Path, one) -> None:
    assert len(one(save(tmp_path, "id,text\n1," + "word " * 200_000 + "\n", "a.csv")).text) == 1_000_000


def test_json_lines_under_another_name(tmp_path: Path, one) -> None:
    assert one(save(tmp_path, '{"text": "A."}\n', "a.txt")).text == "A."
    assert one(save(tmp_path, '{"a": "no columns of a document"}\n', "b.txt")).text.startswith('{"a"')


def test_a_handling_label_is_kept_or_refused(tmp_path: Path, one, failed) -> None:
    assert one(save(tmp_path, '{"text": "A.", "handling": "Protected"}', "a.jsonl")).handling is Handling.PROTECTED
    assert "'secret' is no handling label" in failed(save(tmp_path, '{"text": "A.", "handling": "secret"}', "b.jsonl"))


def test_half_characters_and_nulls_do_not_reach_a_text(tmp_path: Path, one) -> None:
    assert one(save(tmp_path, '{"text": "a\\ud83d b\\u0000 c"}', "a.jsonl")).text == "a\ufffd b\ufffd c"


def test_deep_nesting_is_told(tmp_path: Path, failed) -> None:
    assert "a.jsonl" in failed(save(tmp_path, '{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "a.jsonl"))


def test_a_path_is_no_outlet(tmp_path: Path, one) -> None:
    row = {"text": "SOUTHPORT, 4 MAR 89 (EFE) -- THE DELEGATIONS MET.", "source": "corpus/part a/T-1.xhtml"}
    assert one(save(tmp_path, json.dumps(row), "a.jsonl")).source == "EFE"
