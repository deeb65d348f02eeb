"""Zip and gzip: what is in them is read, what is a trap is left alone."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.record import Failure, Limits, load
from comity.words import Document

Members = dict[str, bytes | str]


@pytest.fixture
def packed(tmp_path: Path) -> Callable[[Members], Path]:
    def made(members: Members, name: str = "a.zip") -> Path:
        path = tmp_path / name
        path.write_bytes(zipped(members))
        return path

    return made


def zipped(members: Members) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def split(path: Path, **options: object) -> tuple[dict[str, str], list[str]]:
    results = list(load([path], **options))  # type: ignore[arg-type]
    texts = {d.name: d.text for d in results if isinstance(d, Document)}
    return texts, [str(f) for f in results if isinstance(f, Failure)]


def test_members_of_any_format_sorted(packed, make_pdf) -> None:
    page = "<html><body><p>A page about the talks.</p></body></html>"
    path = packed({"b/two.txt": "Two.", "a.html": page, "c.pdf": make_pdf([["A PDF about the talks."]]),
                   "__MACOSX/._a.txt": "x", ".DS_Store": "x", "d/": ""})  # fmt: skip
    texts, failures = split(path)
    assert texts == {
        "a.zip!a.html": "A page about the talks.", "a.zip!b/two.txt": "Two.", "a.zip!c.pdf": "A PDF about the talks."
    }  # fmt: skip
    assert list(texts) == sorted(texts)
    assert failures == []
    assert [d.id for d in load([path]) if isinstance(d, Document)] == ["a", "two", "c"]


def test_a_zip_in_a_zip_and_a_known_depth(packed) -> None:
    inner: Members = {"x.txt": "Deep."}
    for depth in range(3):
        inner = {f"{depth}.zip": zipped(inner)}
    texts, failures = split(packed(inner))
    assert texts == {}
    assert failures == ["a.zip!2.zip!1.zip!0.zip: nested more than 3 archives deep; unpack it"]
    assert split(packed({"b.zip": zipped({"c.zip": zipped({"x.txt": "Deep."})})}))[0] == {
        "a.zip!b.zip!c.zip!x.txt": "Deep."
    }


@pytest.mark.parametrize("name", ["../out.txt", "/etc/passwd", "C:\\out.txt", "a/../../out.txt", "..\\out.txt"])
def test_paths_that_lead_out(packed, name: str) -> None:
    texts, failures = split(packed({name: "x", "z.txt": "Good."}))
    assert list(texts.values()) == ["Good."]
    assert len(failures) == 1
    assert "this member's path leads out of the archive" in failures[0]


def test_links_are_left_alone(packed) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("z.txt", "Good.")
    path = packed({})
    path.write_bytes(data.getvalue())
    texts, failures = split(path)
    assert texts == {"a.zip!z.txt": "Good."}
    assert failures == ["a.zip!link.txt: this member is a link; it was left alone"]


def test_an_encrypted_member(packed) -> None:
    path = packed({"a.txt": "Secret.", "z.txt": "Good."})
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, entry + 8, 1)
    path.write_bytes(bytes(data))
    texts, failures = split(path)
    assert texts == {"a.zip!z.txt": "Good."}
    assert failures == ["a.zip!a.txt: this member is encrypted; unpack the archive with its password"]


def test_a_bomb_by_ratio(packed) -> None:
    texts, failures = split(packed({"bomb.txt": bytes(30 * 1024 * 1024), "z.txt": "Good."}))
    assert texts == {"a.zip!z.txt": "Good."}
    assert len(failures) == 1
    assert "a zip bomb; it was left alone" in failures[0]


def test_a_bomb_that_lies_about_its_size(packed) -> None:
    path = packed({"bomb.txt": b"words " * 5_000_000, "z.txt": "Good."})
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 10)
    path.write_bytes(bytes(data))
    texts, failures = split(path)
    assert texts == {"a.zip!z.txt": "Good."}
    assert len(failures) == 1


def test_many_small_members_share_one_budget(packed) -> None:
    limits = Limits(archive_bytes=1_000_000)
    texts, failures = split(packed({f"{i}.txt": "words " * 50_000 for i in range(9)}), limits=limits)
    assert len(texts) == 3
    assert len(failures) == 6
    assert "unpacks to more than the limit for one archive" in failures[0]


def test_budget_is_shared_with_nested_archives(packed) -> None:
    limits = Limits(archive_bytes=1_000_000)
    inner = {f"{i}.zip": zipped({"x.txt": "words " * 50_000}) for i in range(9)}
    texts, failures = split(packed(inner), limits=limits)
    assert len(texts) == 3
    assert len(failures) == 6


def test_too_many_members(packed) -> None:
    assert split(packed({f"{i}.txt": "x" for i in range(11)}), limits=Limits(archive_members=10))[1] == [
        "a.zip: more than 10 members"
    ]


def test_broken_empty_and_cut_archives(packed, tmp_path: Path) -> None:
    path = packed({"a.txt": "x" * 1000})
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert "the zip archive is broken or cut" in split(path)[1][0]
    assert split(packed({}))[1] == ["a.zip: the archive is empty"]
    data = bytearray(packed({"a.txt": bytes(range(32, 127)) * 99, "z.txt": "Good."}).read_bytes())
    data[60:80] = bytes(20)
    path.write_bytes(bytes(data))
    texts, failures = split(path)
    assert texts == {"a.zip!z.txt": "Good."}
    assert len(failures) == 1


def test_other_office_files_are_named(packed) -> None:
    assert "a spreadsheet (.xlsx)" in split(packed({"xl/workbook.xml": "<x/>"}, "a.xlsx"))[1][0]
    assert (
        "OpenDocument"
        in split(packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}))[1][0]
    )


def test_gzip(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "r1", "text": "One."}\n{"id": "r2", "text": "Two."}\n'))
    assert split(path)[0] == {"set.jsonl.gz!set.jsonl!1": "One.", "set.jsonl.gz!set.jsonl!2": "Two."}
    path.write_bytes(path.read_bytes()[:-12])
    assert "the gzip file is broken" in split(path)[1][0]
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(b"words " * 6_000_000))
    assert "a zip bomb" in split(bomb)[1][0]
    assert len(split(bomb)[1]) == 1


def test_nothing_is_written(packed, tmp_path: Path) -> None:
    split(packed({"../out.txt": "x", "a.txt": "A."}))
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]
    assert not (tmp_path.parent / "out.txt").exists()
