from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from comity.record.formats.pdf import paragraphs

LINES = [
    "Source: Harbour Times",
    "Date: 4 March 2031",
    "",
    "The two delegations met in the old port on Tuesday and will nego-",
    "tiate again next week, the mediator said.",
    "Neither side gave way on the list of prisoners, he added, though",
    "the negotiate-first faction was said to be content.",
]


def save(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return path


def test_text_and_fields(tmp_path: Path, one, make_pdf, places) -> None:
    document = one(save(tmp_path, make_pdf([LINES], "/Title (No deal) /CreationDate (D:20320101)")))
    assert "will negotiate again next week, the mediator said." in document.text
    assert (document.published, document.source, document.title) == (date(2031, 3, 4), "Harbour Times", "No deal")
    assert places(document)["published"] == "head"


def test_the_date_the_file_was_made_is_the_last_resort(tmp_path: Path, one, make_pdf) -> None:
    document = one(save(tmp_path, make_pdf([LINES[3:]], "/CreationDate (D:20310305101500+01'00')")))
    assert document.published == date(2031, 3, 5)
    assert document.found[0].note == "the date the file was made"


def test_encrypted(tmp_path: Path, failed, make_pdf) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([LINES]))))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert "the PDF is encrypted; save it without a password" in failed(save(tmp_path, out.getvalue()))


def test_encrypted_for_printing_only_is_read(tmp_path: Path, one, make_pdf) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([LINES]))))
    writer.encrypt("", "owner", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    assert "delegations" in one(save(tmp_path, out.getvalue())).text


def test_truncated(tmp_path: Path, failed, make_pdf) -> None:
    whole = make_pdf([LINES] * 3)
    for share in (0.05, 0.3, 0.6, 0.9):
        line = failed(save(tmp_path, whole[: int(len(whole) * share)]))
        assert "the PDF is cut: its end is missing; download it again" in line


def test_pictures_only(tmp_path: Path, failed, make_pdf) -> None:
    assert "no text in this PDF (2 pages of pictures)" in failed(save(tmp_path, make_pdf([[], []])))


def test_noise_after_the_magic(tmp_path: Path, failed) -> None:
    assert "the PDF is" in failed(save(tmp_path, b"%PDF-1.7\n" + bytes(range(256)) * 20))


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        f"Harbour Times, 4 May 2031\nTalks on day {i} went on with no end that\nanybody would speak of.\nPage {i} of 3"
        for i in (1, 2, 3)
    ]
    text = paragraphs(pages)
    assert "Harbour Times" not in text
    assert "Page" not in text
    assert text.count("went on with no end that anybody would speak of.") == 3


def test_a_sentence_over_two_pages_stays_whole() -> None:
    assert paragraphs(["The envoy said that the", "list was ready."]) == "The envoy said that the list was ready."


def test_a_list_keeps_its_items() -> None:
    assert (
        paragraphs(["They agreed on these points:\n1. A list\n2. A date"])
        == "They agreed on these points:\n\n1. A list\n\n2. A date"
    )


def test_hyphens_are_kept_where_the_document_writes_them() -> None:
    text = "A long-term plan and another long-\nterm plan; the West-\nEast line; a cease-\nfire."
    assert paragraphs([text]) == "A long-term plan and another long-term plan; the West-East line; a ceasefire."
