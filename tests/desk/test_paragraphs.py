"""The analyst's own paragraphs, from a file and from decisions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.desk.paragraphs import load_paragraphs, paragraph_decision, paragraphs_of, section_named
from comity.desk.parts.phrases import SECTIONS
from comity.words import Handling, InputError


def test_every_section_is_found_by_its_id_and_by_its_heading() -> None:
    for section, heading in SECTIONS.items():
        assert section_named(section) == section_named(heading.upper()) == section
    assert section_named("elsewhere") is None


def test_a_file_of_notes(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("\n# Bottom line\n\nOne.\n\nTwo.\n\n## moves\nThree.\n# Sources\n\n", encoding="utf-8")
    found = load_paragraphs(path)
    assert [(p.section, p.text) for p in found] == [("bottom-line", "One.\n\nTwo."), ("moves", "Three.")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# No such part\nx", r"line 1: no section is called 'No such part'"),
        ("loose words\n# Moves\n", r"line 1: words above the first heading"),
    ],
)
def test_a_heading_that_is_none_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        load_paragraphs(path)


def test_notes_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"\xff\xfe\x00")
    for name in ("b.md", "absent.md"):
        with pytest.raises(InputError, match="cannot read the notes"):
            load_paragraphs(tmp_path / name)


def test_paragraphs_go_through_decisions() -> None:
    at = datetime(2031, 3, 7, tzinfo=UTC)
    made = paragraph_decision("What would have to move", " Test it. ", "ada", Handling.INTERNAL, at)
    (found,) = paragraphs_of([made])
    assert (found.section, found.text, found.coder, found.handling) == ("moves", "Test it.", "ada", Handling.INTERNAL)
    with pytest.raises(InputError, match="without words"):
        paragraph_decision("moves", "  ", "ada", Handling.PUBLIC)
    with pytest.raises(InputError, match="no section"):
        paragraph_decision("nowhere", "x", "ada", Handling.PUBLIC)
