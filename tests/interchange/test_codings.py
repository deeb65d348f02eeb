"""Codings as Web Annotations, CSV and Parquet: what goes out comes back, in any script; what does not fit is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.desk.interchange import annotations, parquet, table_csv
from comity.desk.interchange.codings import Coding, ordered
from comity.desk.interchange.offsets import Offsets, Unit
from comity.words import Act, Coder, Document, InputError, Mode, Review, Statement

DOVE = Document("dove", "Київ 🕊 said: “لا نوقع” ✍️ now.", url="https://harbour.example/dove")


def coding(start: int = 14, end: int = 21, of: Document = DOVE, coder: Coder = Coder("ada")) -> Coding:  # noqa: B008
    return Coding(Statement(f"{of.id}#1", of.passage(start, end), Mode.DIRECT, "Varga", Act.REJECT), coder)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_goes_out_comes_back(record, data) -> None:
    documents, codings = data.draw(record)
    wanted = ordered(codings)
    for unit in Unit:
        assert annotations.loads(annotations.dumps(codings, documents, unit), documents) == wanted
    assert table_csv.loads(table_csv.dumps(codings), documents) == wanted
    assert parquet.loads(parquet.dumps(codings), documents) == wanted
    assert parquet.documents_from_bytes(parquet.documents_to_bytes(documents)) == documents


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_order_they_came_in_does_not_show(record, data) -> None:
    documents, codings = data.draw(record)
    back = tuple(reversed(codings))
    assert table_csv.dumps(codings) == table_csv.dumps(back)
    assert annotations.dumps(codings, documents) == annotations.dumps(back, documents)
    assert parquet.dumps(codings) == parquet.dumps(back)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_offsets_count_as_other_tools_do(any_text, data) -> None:
    text = data.draw(any_text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    utf16, utf8 = Offsets(text, Unit.UTF_16), Offsets(text, Unit.BYTES)
    a, b = utf16.outside((start, end))
    assert text.encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") == text[start:end]
    assert utf16.inside((a, b)) == (start, end)
    a, b = utf8.outside((start, end))
    assert text.encode()[a:b].decode() == text[start:end]
    assert utf8.inside((a, b)) == (start, end)


def test_an_offset_within_a_character_is_refused() -> None:
    with pytest.raises(InputError, match="splits"):
        Offsets("a🕊b", Unit.UTF_16).inside((2, 3))
    with pytest.raises(InputError, match="splits"):
        Offsets("é", Unit.BYTES).inside((0, 1))
    with pytest.raises(InputError, match="outside"):
        Offsets("abc", Unit.BYTES).inside((0, 4))
    with pytest.raises(InputError, match="outside"):
        Offsets("abc", Unit.UTF_16).outside((2, 4))


def test_an_annotation_is_one_that_others_read() -> None:
    page = json.loads(annotations.dumps([coding(), coding(coder=Coder("reader 1", "reader"))], [DOVE], Unit.UTF_16))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    one, other = page["items"]
    assert [i["creator"]["type"] for i in (one, other)] == ["Person", "Software"]
    assert one["id"] != other["id"]
    position, quotation = one["target"]["selector"]
    assert (position["start"], position["end"]) == (15, 22)  # the dove takes two code units
    assert quotation["exact"] == DOVE.text[14:21]
    assert quotation["prefix"] + quotation["exact"] + quotation["suffix"] == DOVE.text
    assert one["target"]["source"] == DOVE.url
    assert {"type": "TextualBody", "purpose": "tagging", "value": "act: reject"} in one["body"]


def annotation(**selectors: object) -> str:
    target = {"source": DOVE.url, "selector": list(selectors.values())}
    return json.dumps({"type": "Annotation", "body": "tag", "target": target})


def test_annotations_of_other_tools() -> None:
    position = {"type": "TextPositionSelector", "start": 15, "end": 22}
    quote = {"type": "TextQuoteSelector", "exact": DOVE.text[14:21]}
    for text, unit in (
        (annotation(p=position, q=quote), Unit.UTF_16),
        (annotation(q=quote), Unit.CODE_POINTS),
        (annotation(p={**position, "start": 14, "end": 21}), Unit.CODE_POINTS),
    ):
        ((passage, _, values),) = annotations.passages(text, [DOVE], unit)
        assert (passage.span, values) == ((14, 21), ("tag",))
    with pytest.raises(InputError, match="does not stand"):
        annotations.passages(annotation(p=position, q=quote), [DOVE])
    twice = Document("twice", "no and no", url=DOVE.url)
    with pytest.raises(InputError, match="2 times"):
        annotations.passages(annotation(q={"type": "TextQuoteSelector", "exact": "no"}), [twice])
    near = {"type": "TextQuoteSelector", "exact": "no", "prefix": "and "}
    assert annotations.passages(annotation(q=near), [twice])[0][0].span == (7, 9)
    with pytest.raises(InputError, match="neither"):
        annotations.passages(annotation(), [twice])


def test_a_quote_is_never_attached_elsewhere() -> None:
    moved = Document(DOVE.id, "x" + DOVE.text, url=DOVE.url)
    for loads, text in (
        (annotations.loads, annotations.dumps([coding()], [DOVE])),
        (table_csv.loads, table_csv.dumps([coding()])),
        (parquet.loads, parquet.dumps([coding()])),
    ):
        with pytest.raises(InputError, match="does not stand"):
            loads(text, [moved])  # type: ignore[operator]
        with pytest.raises(InputError, match="no document"):
            loads(text, [])  # type: ignore[operator]


def test_a_table_cell_is_no_formula() -> None:
    made = Statement("dove#1", DOVE.passage(14, 21), Mode.DIRECT, "=HYPERLINK(1)", Act.REJECT)
    cells = table_csv.dumps([Coding(made, Coder("+1"), Review.WRITTEN, note="@x")]).splitlines()[1].split(",")
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


@pytest.mark.parametrize(
    ("loads", "bad", "told"),
    [
        (table_csv.loads, "", "no table"),
        (table_csv.loads, "a,b\n1,2\n", "no table"),
        (table_csv.loads, table_csv.dumps([]) + "x\n", "1 cells"),
        (table_csv.loads, table_csv.dumps([coding()]).replace(",reject,", ",refuse,"), "line 2"),
        (table_csv.loads, table_csv.dumps([coding()]).replace(",14,", ",x,"), "start"),
        (annotations.loads, "{", "not JSON"),
        (annotations.loads, "{}", "no annotations"),
        (annotations.loads, '{"items": [{"comity:statement": {}}]}', "not complete"),
        (parquet.loads, b"PAR1", "not Parquet"),
        (parquet.loads, parquet.documents_to_bytes([DOVE]), "no column"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line(loads, bad, told) -> None:
    with pytest.raises(InputError, match=told) as error:
        loads(bad, [DOVE], "given.file")
    assert str(error.value).startswith("given.file")
    assert "\n" not in str(error.value)
