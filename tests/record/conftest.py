"""Files made on the spot: no binary fixtures, so that a reader sees what is in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from comity.record import Failure, load
from comity.words import Document

Loader = Callable[..., Document]


@pytest.fixture
def one() -> Loader:
    """Loads a path that holds one document."""

    def loaded(path: Path, **options: Any) -> Document:
        results = list(load([path], **options))
        assert len(results) == 1, results
        assert isinstance(results[0], Document), results[0]
        return results[0]

    return loaded


@pytest.fixture
def failed() -> Callable[..., str]:
    """The one line that a path which cannot be read gives."""

    def loaded(path: Path, **options: Any) -> str:
        results = list(load([path], **options))
        assert len(results) == 1, results
        assert isinstance(results[0], Failure), results[0]
        line = str(results[0])
        assert "\n" not in line
        assert line.startswith(results[0].name)
        return line

    return loaded


@pytest.fixture
def places() -> Callable[[Document], dict[str, str]]:
    """Field to place of `Document.found`."""
    return lambda document: {found.field: found.place for found in document.found}


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """A PDF with a text layer: one list of lines a page."""

    def made(pages: Sequence[Sequence[str]], info: str = "") -> bytes:
        objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
        kids = []
        for lines in pages:
            shown = " ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T*" for line in lines)
            content = f"BT /F1 11 Tf 13 TL 60 760 Td {shown} ET" if lines else "0 0 100 100 re f"
            objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
            font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
                f"/Resources << /Font {font} >> >>"
            )
            kids.append(f"{len(objects)} 0 R")
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
        if info:
            objects.append(f"<< {info} >>")
        out = io.BytesIO()
        out.write(b"%PDF-1.4\n")
        offsets = []
        for number, body in enumerate(objects, start=1):
            offsets.append(out.tell())
            out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252"))
        start = out.tell()
        out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
        out.write("".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode())
        reference = f" /Info {len(objects)} 0 R" if info else ""
        out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{reference} >>\n".encode())
        out.write(f"startxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()

    return made
