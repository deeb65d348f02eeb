"""Whatever is written is read back the same: ids, texts, fields, and so every quote."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.record import load, number, write
from comity.words import Document, DocumentKind, Found, Handling, InputError

TRICKY = [
    *["😀", "👩‍👩‍👧", "𝔸", "e\u0301", "ї", "السلام", "\u202b", "\u200f", "€", "\xa0", "\ufeff"],
    *["\r\n", "\r", "\n", "\u2028", "\u2029", "\x85", "\x0b", "\x1b", "\x07", "\t"],
    *['"', "'", ",", ";", "\\", "---\n", "\\u0041", "=1+1", "{", "}", "found: []\n"],
]
PIECES = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=6),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=14).map("".join).filter(str.strip)
FIELD = st.none() | TEXTS
DOCUMENTS = st.builds(
    Document,
    id=TEXTS.map(lambda s: s[:40]),
    text=TEXTS,
    published=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    source=FIELD,
    title=FIELD,
    url=FIELD,
    language=st.none() | st.sampled_from(["en", "uk"]),
    kind=st.sampled_from(list(DocumentKind)),
    handling=st.sampled_from(list(Handling)),
    supersedes=FIELD,
    name=st.just("") | TEXTS,
    found=st.lists(st.builds(Found, TEXTS, TEXTS, st.just("") | TEXTS), max_size=3).map(tuple),
)
BATCHES = st.lists(DOCUMENTS, min_size=1, max_size=4, unique_by=lambda d: d.id)
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("format", ["jsonl", "csv"])
@RELAXED
@given(batch=BATCHES)
def test_every_field_comes_back(format: str, batch: list[Document]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{format}"
        write(batch, path, format)
        assert list(load([path])) == batch
        first = path.read_bytes()
        write(load([path]), path, format)  # type: ignore[arg-type]
        assert path.read_bytes() == first


@RELAXED
@given(batch=BATCHES)
def test_every_quote_comes_back(batch: list[Document]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonl"
        numbered = number(batch, for_case=True)
        write(numbered, path)
        again = {d.id: d for d in load([path]) if isinstance(d, Document)}
        for document in numbered:
            for start in range(0, len(document.text), 3):
                assert document.passage(start, start + 1).holds_in(again[document.id])


@RELAXED
@given(batch=BATCHES)
def test_markdown_brings_every_field_back_or_says_that_it_cannot(batch: list[Document]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        if any("\r" in d.text for d in batch):
            with pytest.raises(InputError, match="carriage returns"):
                write(batch, path, "md")
            assert not path.exists()
        else:
            write(batch, path, "md")
            assert sorted(load([path]), key=lambda d: d.id) == sorted(batch, key=lambda d: d.id)  # type: ignore[union-attr]


@RELAXED
@given(text=TEXTS)
def test_a_text_file_holds_what_every_tool_reads(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(text.encode())
        results = list(load([path]))
        read = path.read_text(encoding="utf-8-sig")
        if isinstance(results[0], Document) and "\x00" not in text:
            assert results[0].text == read
        else:
            assert not read.strip() or "binary" in str(results[0])


def test_nothing_half_written_on_a_full_disk(tmp_path: Path, monkeypatch) -> None:
    import errno
    import os

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "out.jsonl"
    path.write_text("before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device; nothing was written"):
        write([Document("a", "x")], path)
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left"):
        write([Document("a", "x")], tmp_path / "folder", "md")
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_interrupt_while_writing_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    from comity.record import columns

    def interrupted(_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(columns, "one_line", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write([Document("a", "x")], tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="documents cannot be written as pdf; use one of jsonl, csv, md, txt"):
        write([], tmp_path / "a", "pdf")
    with pytest.raises(InputError, match="no format 'odt'"):
        write([], tmp_path / "a", "odt")
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        write([Document("a", "x")], tmp_path / "no" / "a.jsonl")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    with pytest.raises(InputError, match="there is something here already"):
        write([Document("a", "x")], tmp_path / "full", "md")


def test_a_protected_document_stays_protected(tmp_path: Path) -> None:
    from comity.record import Given

    write([Document("a", "x", handling=Handling.PROTECTED)], tmp_path / "a.jsonl")
    (document,) = load([tmp_path / "a.jsonl"], given=Given(handling=Handling.PUBLIC, source="Desk"))
    assert isinstance(document, Document)
    assert (document.handling, document.source) == (Handling.PROTECTED, "Desk")


def test_an_export_that_was_tampered_with(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write([Document("a", "x")], path)
    path.write_text(path.read_text().replace('"report"', '"rumour"'))
    assert [str(f) for f in load([path])] == ["a.jsonl, line 1, kind: 'rumour' is none of report, note, private"]
