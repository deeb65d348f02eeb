"""Whole batches, and everything that can be wrong with a file."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from comity.record import Failure, Given, Limits, doubts, load, number
from comity.words import Document, DocumentKind, Handling


def names(results: list[Document | Failure]) -> list[str]:
    return [r.name for r in results]


def test_folders_are_read_sorted_with_all_below(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/B.txt", ".hidden", "a/.DS_Store", "~$lock.docx", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Text of {name}.")
    results = list(load([tmp_path]))
    assert names(results) == ["a/B.txt", "a/z.txt", "b.txt"]
    assert not any(str(tmp_path) in str(r) for r in results)


def test_bad_files_do_not_stop_the_rest(tmp_path: Path, make_pdf) -> None:
    bad = {
        "empty.txt": (b"", "the file is empty"),
        "blank.txt": (b" \n\t\n", "there is no text in it, only blanks"),
        "binary.txt": (bytes(range(256)) * 10, "binary data"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture, not a text; run text recognition"),
        "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(500), "an old Office file"),
        "cut.pdf": (make_pdf([["Some text of the talks."]])[:200], "the PDF is cut"),
        "cut.zip": (b"PK\x03\x04" + bytes(50), "broken or cut"),
        "agenda.toml": (b"[parties]\n", "a .toml file is not taken for a document"),
        "page.html": (b"<html><script>1</script></html>", "no text"),
        "feed.rss": (b"<rss><channel/></rss>", "no entries"),
        "rows.csv": (b"a,b\n1,2\n", "no column for the text"),
        "rows.jsonl": (b'{"text": \n', "not JSON"),
        "case.comity": (b"SQLite format 3\x00" + bytes(100), "a database"),
        "rich.rtf": (b"{\\rtf1 hello}", "rich text"),
        "wide.txt": (b"\xff\xfe\x00\xd8\x00\x00A\x00", "not UTF-16-LE"),
    }
    for name, (data, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("Good.")
    results = list(load([tmp_path]))
    assert [r.name for r in results if isinstance(r, Document)] == ["good.txt"]
    lines = {r.name: str(r) for r in results if isinstance(r, Failure)}
    assert set(lines) == set(bad)
    for name, (_, expected) in bad.items():
        assert expected in lines[name], lines[name]
        assert lines[name].startswith(name)
        assert "\n" not in lines[name]
        assert len(lines[name]) < 240


def test_a_text_of_200_megabytes_is_refused_unread(tmp_path: Path, failed) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
        stream.write(b"words ")
    assert failed(path) == (
        "big.txt: the file is too large to be one document: 200 MB, the limit is 100 MB; "
        "split it into one file a document, or use JSON lines"
    )


def test_a_long_text_and_a_long_line_are_refused(tmp_path: Path) -> None:
    limits = Limits(text_chars=1000, file_bytes=5000)
    (tmp_path / "a.txt").write_text("x " * 600)
    (tmp_path / "b.jsonl").write_text('{"text": "' + "x" * 6000 + '"}\n{"text": "Good."}\n')
    results = list(load([tmp_path], limits=limits))
    assert [str(r) for r in results if isinstance(r, Failure)] == [
        "a.txt: the text is too long to be one document: 1,200 characters, the limit is 1,000; split it",
        "b.jsonl, line 1: the line is too long to be one document",
    ]
    assert [r.text for r in results if isinstance(r, Document)] == ["Good."]


def test_paths_that_are_no_files(tmp_path: Path, failed) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert failed(tmp_path / "gone.txt") == "gone.txt: a link that leads nowhere"
    assert failed(tmp_path / "absent.txt") == "absent.txt: there is no such file or folder"
    os.mkfifo(tmp_path / "pipe")
    assert failed(tmp_path / "pipe") == "pipe: neither a file nor a folder"


def test_a_folder_that_links_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert names(list(load([tmp_path]))) == ["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_no_permission(tmp_path: Path, failed) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    path.chmod(0)
    assert failed(path) == "a.txt: cannot be read: Permission denied"


def test_names_that_are_no_text(tmp_path: Path) -> None:
    odd = os.fsdecode(b"odd\xff\n.txt")
    (tmp_path / odd).write_text("Text.")
    (document,) = load([tmp_path])
    assert isinstance(document, Document)
    (document.id + document.name).encode()
    assert "\n" not in document.id


def test_text_under_any_name(tmp_path: Path, one) -> None:
    (tmp_path / "REPORT").write_text("Talks.")
    assert one(tmp_path / "REPORT").id == "REPORT"
    (tmp_path / "talks of 4.3. in port").write_text("Talks.")
    assert one(tmp_path / "talks of 4.3. in port").id == "talks of 4.3. in port"


def test_a_parser_that_breaks_is_a_failure_of_that_file(tmp_path: Path, monkeypatch, failed) -> None:
    import feedparser

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("inner\nworkings")

    monkeypatch.setattr(feedparser, "parse", broken)
    (tmp_path / "a.rss").write_text("<rss/>")
    assert failed(tmp_path / "a.rss").startswith("a.rss: cannot be read: RuntimeError: inner workings")


def test_an_interrupt_is_not_swallowed(tmp_path: Path) -> None:
    for i in range(3):
        (tmp_path / f"{i}.txt").write_text("Talks.")

    def stop(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise KeyboardInterrupt

    loaded = []
    with pytest.raises(KeyboardInterrupt):
        loaded.extend(load([tmp_path], progress=stop))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.txt", "1.txt", "2.txt"]


def test_progress_counts_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks.")
    (tmp_path / "b.bin").write_bytes(b"\x00")
    seen: list[tuple[int, int]] = []
    list(load([tmp_path, tmp_path / "no"], progress=lambda done, total: seen.append((done, total))))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_given_reaches_every_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks.")
    (tmp_path / "b.jsonl").write_text('{"text": "Talks."}')
    given = Given(source="Desk", kind=DocumentKind.PRIVATE, handling=Handling.INTERNAL)
    for document in load([tmp_path], given=given):
        assert isinstance(document, Document)
        assert (document.source, document.kind, document.handling) == ("Desk", DocumentKind.PRIVATE, Handling.INTERNAL)


def test_doubts_are_told_and_never_stored(tmp_path: Path, one) -> None:
    from datetime import date

    path = tmp_path / "a.txt"
    path.write_text("Source: Harbour Times\nDate: 4 March 2031\n\nTalks.")
    document = one(path)
    assert doubts(document, today=date(2031, 3, 4)) == ()
    assert doubts(document, today=date(2030, 1, 1)) == ("a: published 2031-03-04 lies in the future",)
    path.write_text("Date: 03/04/2031\n\nTalks.")
    assert doubts(one(path)) == (
        "a: no date of publication was found ('03/04/2031' can be 3 April or 4 March 2031)", "a: no outlet was found"
    )  # fmt: skip


def test_numbers_do_not_depend_on_the_order_of_import(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talks.txt").write_text(f"Talks, told by {folder}.")
        (tmp_path / folder / f"only-{folder}.txt").write_text("Once.")
    (tmp_path / "b" / "copy").mkdir()
    (tmp_path / "b" / "copy" / "talks.txt").write_text("Talks, told by b.")
    documents = [d for d in load([tmp_path]) if isinstance(d, Document)]
    expected = number(documents)
    assert len(expected) == 6
    assert [d.id for d in expected if d.id.startswith("only")] == ["only-a", "only-b", "only-c"]
    assert all(d.id == f"talks-{d.identity[:8]}" for d in expected if d.id.startswith("talks"))
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        assert number(documents) == expected
    assert all(d.id.endswith(d.identity[:8]) for d in number(documents, for_case=True))


def test_one_publication_loaded_twice_keeps_the_stricter_label() -> None:
    (document,) = number([Document("a", "x", name="1"), Document("a", "x", handling=Handling.PROTECTED, name="2")])
    assert (document.id, document.name, document.handling) == ("a", "1", Handling.PROTECTED)


def test_ids_stay_unique_where_a_stem_looks_numbered() -> None:
    twins = [Document("a", "one"), Document("a", "two")]
    trap = Document(f"a-{twins[0].identity[:8]}", "three")
    ids = [d.id for d in number([*twins, trap])]
    assert len(set(ids)) == 3


def test_an_export_of_a_case_keeps_its_ids() -> None:
    first = number([Document("a", "one"), Document("a", "two"), Document("b", "x")], for_case=True)
    assert number(first, for_case=True) == first
    assert number(first) == first
    again = number([*first, Document("b", "x", name="later")], for_case=True)
    assert [d.id for d in again] == [d.id for d in first]
