from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.record import Given, load, write
from comity.words import Document, DocumentKind, Handling, InputError


@pytest.mark.parametrize(
    "data", [b" date 2031-03-04 Talks.\n", b"a\r\nb\rc\n\n", "Київ 😀 e\u0301 \u2028 x\x85y\x0c".encode(), b"\n\n  x"]
)
def test_text_is_what_read_text_gives(tmp_path: Path, one, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert one(path).text == path.read_text(encoding="utf-8")


def test_a_byte_order_mark_is_no_text(tmp_path: Path, one) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffTalks.".encode())
    assert one(path).text == "Talks."


def test_fields_and_where_they_were_found(tmp_path: Path, one, places) -> None:
    path = tmp_path / "2031-03-04_harbour-times_no-deal.txt"
    path.write_text("SOUTHPORT, March 5, 2031 (AFP) -- The delegations met.\n", encoding="utf-8")
    document = one(path)
    assert document.id == "2031-03-04_harbour-times_no-deal"
    assert document.name == path.name
    assert (document.published, document.source, document.title) == (date(2031, 3, 5), "AFP", "no deal")
    assert places(document) == {
        "published": "head", "source": "head", "title": "file name", "url": "not found", "language": "not found"
    }  # fmt: skip
    assert document.found[0].note == "the file name says 2031-03-04"


def test_what_a_person_gives_wins(tmp_path: Path, one, places) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Date: 4 March 2031\nSource: Harbour Times\n\nTalks.", encoding="utf-8")
    given = Given(
        date(2031, 3, 6), "Gazette", "A title", "https://example.org/", "en", DocumentKind.NOTE, Handling.PROTECTED
    )
    document = one(path, given=given)
    fields = (document.published, document.source, document.title, document.url, document.language)
    assert fields == (date(2031, 3, 6), "Gazette", "A title", "https://example.org/", "en")
    assert set(places(document).values()) == {"given"}
    assert (document.kind, document.handling) == (DocumentKind.NOTE, Handling.PROTECTED)


def test_decoding_that_took_a_guess_is_told(tmp_path: Path, one) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("“Переговоры” идут, сказал министр в субботу.".encode("cp1251"))
    document = one(path)
    assert document.text.startswith("“Переговоры” идут")
    assert (document.found[-1].field, document.found[-1].note) == ("text", "read as cp1251 (guessed)")


def test_written_texts_read_back(tmp_path: Path) -> None:
    texts = {"a": "One.\n", "b": "\ufeff marked", "c": "Київ\u2028x"}
    write([Document(i, text) for i, text in texts.items()], tmp_path / "out", "txt")
    assert {d.id: d.text for d in load([tmp_path / "out"]) if isinstance(d, Document)} == texts


def test_a_label_or_line_end_that_text_would_lose_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a is protected, and plain text cannot say so"):
        write([Document("a", "x", handling=Handling.PROTECTED)], tmp_path / "out", "txt")
    with pytest.raises(InputError, match="carriage returns"):
        write([Document("a", "x\r\ny")], tmp_path / "out", "txt")
    assert list(tmp_path.iterdir()) == []
