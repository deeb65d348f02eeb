"""Formats of a brief, and the names of files that tell them."""

from __future__ import annotations

from pathlib import Path

from comity.words import InputError

FORMATS = ("term", "html", "md", "json", "docx", "pdf")
_BY_SUFFIX = {
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".markdown": "md",
    ".json": "json",
    ".docx": "docx",
    ".pdf": "pdf",
    ".txt": "term",
}


def format_of(path: str | Path) -> str:
    """The format that a file's name tells. Raises InputError if it tells none.

    >>> format_of("out/brief.HTML")
    'html'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _BY_SUFFIX:
        known = ", ".join(_BY_SUFFIX)
        raise InputError("its name tells no format", file=str(path), hint=f"end it in one of {known}, or give --format")
    return _BY_SUFFIX[suffix]
