"""Plain text. The document's text is what ``Path.read_text(encoding="utf-8")`` gives: line ends become LF.

Nothing else is touched: leading blanks and labels in the head stay, offsets are into the file as every tool reads it.
A byte order mark is no part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from comity.record.decode import read_text
from comity.record.files import member_names, write_folder
from comity.record.values import Context, Extract, Format, Input
from comity.words import Document, Handling, InputError


def read(source: Input, context: Context) -> Iterator[Extract]:
    decoded = read_text(source.data(context.limits), name=source.name)
    yield Extract(
        decoded.text,
        source.name,
        source.stem,
        encoding="" if decoded.encoding == "utf-8" else decoded.encoding,
        note=decoded.note,
    )


def write(documents: Sequence[Document], path: Path) -> None:
    """Writes ``<id>.txt`` for each document into the folder `path`. Only the text is kept, so nothing else may be lost:
    a document that is not public, or whose text holds carriage returns, is refused."""
    for document in documents:
        if document.handling is not Handling.PUBLIC:
            raise InputError(
                f"{document.id} is {document.handling}, and plain text cannot say so", hint="write md, jsonl or csv"
            )
        refuse_carriage_returns(document)
    names = member_names(documents, ".txt")
    write_folder(path, {name: _bytes(document.text) for name, document in zip(names, documents, strict=True)})


def refuse_carriage_returns(document: Document) -> None:
    """Raises InputError if the text would come back with other line ends, and so with other offsets."""
    if "\r" in document.text:
        raise InputError(
            f"the text of {document.id} holds carriage returns, which a text file would lose", hint="write jsonl or csv"
        )


def _bytes(text: str) -> bytes:
    mark = "\ufeff" if text.startswith("\ufeff") else ""  # else the text's own would be taken for the file's
    return (mark + text).encode("utf-8", "surrogatepass")


FORMAT = Format("txt", (".txt", ".text", ".asc"), read, write=write)
