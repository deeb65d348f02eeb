"""From paths to documents: walk, detect, read, settle. What cannot be read is yielded as a failure."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from comity.record.fields.settle import override, settle
from comity.record.formats import detect
from comity.record.places import inputs
from comity.record.values import LIMITS, NOTHING_GIVEN, Context, Extract, Failure, Given, Input, Limits
from comity.words import Document, InputError

Progress = Callable[[int, int], None]
"""Called after each file with how many are done and how many there are."""


def load(
    paths: Iterable[str | os.PathLike[str]],
    *,
    given: Given = NOTHING_GIVEN,
    columns: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Iterator[Document | Failure]:
    """Documents from files, folders and archives, one by one, in the order of the paths.

    Parameters
    ----------
    paths
        Files, folders (read with all below them, sorted), zip archives of any of the formats.
    given
        What a person said of all of them; wins over everything found.
    columns
        For CSV and JSON: field to column (``{"text": "body", "published": "meta.date"}``), where names do not tell.
    limits
        Against files that are mistakes or traps.
    progress
        Called after each file with the files done and all files.

    Yields
    ------
    Document
        With `Document.found` telling where each field was found. Ids are file stems and need not be unique (`number`).
    Failure
        For whatever could not be read, in its place; the rest of the batch is still read. Nothing is raised for the
        content of a file.

    Example
    -------
    >>> [str(f) for f in load(["no-such-file.txt"])]
    ['no-such-file.txt: there is no such file or folder']
    """
    found = [each for path in paths for each in inputs(Path(path))]
    context = Context(limits, dict(columns or {}))
    for done, each in enumerate(found, start=1):
        yield from [each] if isinstance(each, Failure) else _documents(each, context, given)
        if progress:
            progress(done, len(found))


def _documents(source: Input, context: Context, given: Given) -> Iterator[Document | Failure]:
    try:
        for each in detect(source).read(source, context):
            if isinstance(each, Input):
                yield from _documents(each, context, given)
            elif isinstance(each, Failure):
                yield each
            else:
                yield _document(each, context.limits, given)
    except InputError as error:
        yield Failure(source.name, error if error.file else InputError(error.what, file=source.name, hint=error.hint))
    except OSError as error:
        yield Failure(source.name, InputError(f"cannot be read: {error.strerror or error}", file=source.name))
    except Exception as error:  # a parser of one format met a file its authors never saw: the batch goes on
        what = f"cannot be read: {type(error).__name__}: {str(error)[:160]}"
        yield Failure(source.name, InputError(what, file=source.name, hint="save it in another format"))


def _document(each: Extract | Document, limits: Limits, given: Given) -> Document | Failure:
    try:
        if len(each.text) > limits.text_chars:
            size = f"{len(each.text):,} characters, the limit is {limits.text_chars:,}"
            raise InputError(f"the text is too long to be one document: {size}", file=each.name, hint="split it")
        if isinstance(each, Document):
            return override(each, given)
        if not each.text.strip():
            raise InputError("there is no text in it, only blanks", file=each.name)
        return settle(each, given)
    except InputError as error:
        return Failure(each.name, error)
