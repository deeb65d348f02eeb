from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.record import load, write
from comity.words import Document, Found, Handling


def test_front_matter_is_metadata_and_the_rest_is_text(tmp_path: Path, one, places) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: 'It''s off'\ndate: 2031-03-04\ntags:\n  - talks\nsource: Harbour Times\n# c\nurl: https://example.org/a\n---\n"
        "# Heading\n\nText *as it stands*.\n",
        encoding="utf-8",
    )
    document = one(path)
    assert document.text == "# Heading\n\nText *as it stands*.\n"
    assert (document.title, document.published, document.source) == ("It's off", date(2031, 3, 4), "Harbour Times")
    assert document.url == "https://example.org/a"
    assert places(document)["title"] == "metadata"


def test_the_first_heading_is_the_title(tmp_path: Path, one) -> None:
    path = tmp_path / "a.md"
    path.write_text("# No deal yet\n\nText.\n\n---\n\nMore.", encoding="utf-8")
    document = one(path)
    assert document.title == "No deal yet"
    assert document.text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["---\nnot closed\n", "---\n---\nx", "--- \nx", "", "plain"])
def test_rules_that_are_no_front_matter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text + "\nEnd.", encoding="utf-8")
    (document,) = load([path])
    assert isinstance(document, Document)
    assert document.text.endswith("End.")


def test_every_field_comes_back(tmp_path: Path) -> None:
    documents = [
        Document("a", "---\nTalks\n---\n", date(2031, 3, 4), 'The "Times": a\n#', "T\u2028", "u:x", "en", name="a.txt",
                 handling=Handling.PROTECTED, found=(Found("published", "head", "n"),), supersedes="b"),
        Document("b", "", found=()),
    ]  # fmt: skip
    write(documents, tmp_path / "out", "md")
    assert list(load([tmp_path / "out"])) == documents
