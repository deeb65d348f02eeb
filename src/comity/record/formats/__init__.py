"""The formats, one file each, and the registry that knows them all.

A further format is a `Format` object that an installed package names as an entry point in the group ``comity.formats``.
"""

from __future__ import annotations

import functools
from importlib.metadata import entry_points

from comity.record.formats import csv, docx, eml, feed, gzip, html, jsonl, markdown, pdf, text, zip
from comity.record.values import Format, Input
from comity.words import ComityError, InputError

GROUP = "comity.formats"
_BUILT_IN = (
    pdf.FORMAT,
    docx.FORMAT,
    zip.FORMAT,
    gzip.FORMAT,
    feed.FORMAT,
    html.FORMAT,
    jsonl.FORMAT,
    eml.FORMAT,
    csv.FORMAT,
    markdown.FORMAT,
    text.FORMAT,
)
# What else is met in folders of reports, told by its first bytes: what it is, and what to do.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a picture", "run text recognition on it and add the text"),
    (b"\xff\xd8\xff", "a picture", "run text recognition on it and add the text"),
    (b"GIF8", "a picture", "run text recognition on it and add the text"),
    (b"II*\x00", "a picture", "run text recognition on it and add the text"),
    (b"MM\x00*", "a picture", "run text recognition on it and add the text"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .msg)", "save it as .docx, .csv or .eml"),
    (b"{\\rtf", "rich text (.rtf)", "save it as .docx or .txt"),
    (b"SQLite format 3\x00", "a database (a case file?)", "open a case file with the case commands"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it, or pack it as .zip"),
    (b"Rar!", "a RAR archive", "unpack it, or pack it as .zip"),
    (b"BZh", "a bzip2 file", "unpack it, or pack it as .zip"),
    (b"\xfd7zXZ", "an xz file", "unpack it, or pack it as .zip"),
    (b"\x7fELF", "a program", "it holds no report"),
    (b"MZ\x90\x00", "a program", "it holds no report"),
    (b"ID3", "a sound file", "add a transcript"),
    (b"OggS", "a sound or video file", "add a transcript"),
    (b"wOF", "a font", "it holds no report"),
)
_NO_DOCUMENTS_TEXT = """
.toml .ini .cfg .yaml .yml .css .js .mjs .py .svg .ics .sh .bat .tex .bib .db .sqlite .log .map .woff .ttf
"""
_NO_DOCUMENTS = frozenset(_NO_DOCUMENTS_TEXT.split())


@functools.cache
def formats() -> tuple[Format, ...]:
    """All formats, in the order in which they are asked whether they know an input; plug-ins first.

    >>> [f.name for f in formats() if f.write]
    ['jsonl', 'csv', 'md', 'txt']
    """
    plugged: list[Format] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        try:
            loaded = point.load()
        except Exception as error:  # whatever a plug-in raises, a person must be told which one it was
            raise ComityError(
                f"format plug-in {point.name!r} cannot be loaded: {error}; repair or uninstall it"
            ) from error
        if not isinstance(loaded, Format):
            raise ComityError(f"format plug-in {point.name!r} is no Format ({point.value}); repair or uninstall it")
        plugged.append(loaded)
    return (*plugged, *_BUILT_IN)


def format_named(name: str) -> Format:
    """The format with this name. Raises InputError if there is none."""
    for each in formats():
        if each.name == name:
            return each
    raise InputError(f"no format {name!r}", hint=f"known are {', '.join(sorted(f.name for f in formats()))}")


def detect(source: Input) -> Format:
    """The format of an input: by its content, then by its suffix; text if it is text under any other name.

    Raises InputError for what is known to be no document.
    """
    head = source.head()
    if not head:
        raise InputError("the file is empty", file=source.name)
    suffix = source.suffix
    for each in formats():
        if each.recognises(head, suffix):
            return each
    for magic, what, hint in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"{what}, not a text", file=source.name, hint=hint)
    if suffix in _NO_DOCUMENTS:
        raise InputError(
            f"a {suffix} file is not taken for a document",
            file=source.name,
            hint="rename it to .txt if it is one",
        )
    for each in formats():
        if suffix in each.suffixes:
            return each
    return text.FORMAT
