from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def made() -> docx.document.Document:
    document = docx.Document()
    document.core_properties.title = "No deal"
    document.core_properties.created = datetime(2031, 3, 5)
    document.add_heading("No deal in the old port", 1)
    document.add_paragraph("SOUTHPORT, 4 March 2031 (AFP) – The delegations met.")
    return document


def save(tmp_path: Path, document: docx.document.Document) -> Path:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def test_paragraphs_tables_and_fields(tmp_path: Path, one) -> None:
    document = made()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "abcd", strict=True):
        cell.text = text
    document.add_paragraph("End.")
    document.sections[0].header.paragraphs[0].text = "Running head"
    loaded = one(save(tmp_path, document))
    assert loaded.text == (
        "No deal in the old port\n\nSOUTHPORT, 4 March 2031 (AFP) – The delegations met.\n\na\tb\nc\td\n\nEnd."
    )
    assert (loaded.title, loaded.published, loaded.source) == ("No deal", date(2031, 3, 4), "AFP")


def test_changes_are_read_as_accepted(tmp_path: Path, one) -> None:
    document = made()
    paragraph = document.add_paragraph("Twelve")._p
    paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText> weeks</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t xml:space='preserve'> months</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:r {W}><w:tab/><w:t>left</w:t><w:br/><w:t>and gone</w:t></w:r>"))
    assert one(save(tmp_path, document)).text.endswith("Twelve months\tleft\nand gone")


def test_broken_cut_and_empty_files(tmp_path: Path, failed) -> None:
    whole = save(tmp_path, made()).read_bytes()
    path = tmp_path / "a.docx"
    path.write_bytes(whole[: len(whole) // 2])
    assert "the Word file is broken or cut" in failed(path)
    save(tmp_path, docx.Document())
    assert "the file has no text" in failed(path)


def test_a_bomb_in_word_clothes(tmp_path: Path, failed) -> None:
    path = save(tmp_path, made())
    data = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.bin", bytes(40 * 1024 * 1024))
    path.write_bytes(data.getvalue())
    assert "a zip bomb" in failed(path)
