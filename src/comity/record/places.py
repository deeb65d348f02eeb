"""The files of a folder, in the same order on every machine, without what systems leave in folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from comity.record.values import Failure, Input
from comity.words import InputError

_LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_PAGES = (".html", ".htm", ".xhtml")


def is_litter(parts: Sequence[str]) -> bool:
    """True for hidden files, what file managers leave behind, and the folder of pictures beside a saved page.

    >>> is_litter(["reports", ".DS_Store"]), is_litter(["reports", "a.txt"])
    (True, False)
    """
    return any((part.startswith((".", "~$")) and part != "..") or part.casefold() in _LITTER for part in parts)


def inputs(path: Path) -> Iterator[Input | Failure]:
    """The file at `path`, or every file below the folder, sorted by its path in it (which is its name)."""
    try:
        if path.is_dir():
            yield from (_file(path / name, name) for name in sorted(_below(path)))
        else:
            yield _file(path, path.name)
    except OSError as error:
        yield Failure(path.name, InputError(f"cannot be read: {error.strerror or error}", file=path.name))


def _below(folder: Path) -> Iterator[str]:
    for root, folders, files in os.walk(folder):  # links to folders are not followed: they may lead in circles
        pages = {file.rpartition(".")[0] for file in files if file.lower().endswith(_PAGES)}
        folders[:] = [name for name in folders if not is_litter([name]) and not _belongs_to_page(name, pages)]
        for file in files:
            if not is_litter([file]):
                yield (Path(root) / file).relative_to(folder).as_posix()


def _belongs_to_page(folder: str, pages: set[str]) -> bool:
    """``report_files`` beside ``report.html``: pictures and scripts that a browser saved with the page."""
    return any(
        folder == f"{page}{ending}" for page in pages for ending in ("_files", "-Dateien", "_archivos", ".files")
    )


def _file(path: Path, name: str) -> Input | Failure:
    name = name.encode("utf-8", "replace").decode()
    try:
        if not path.exists():
            what = "a link that leads nowhere" if path.is_symlink() else "there is no such file or folder"
            return Failure(name, InputError(what, file=name))
        if not path.is_file():
            return Failure(name, InputError("neither a file nor a folder", file=name))
        return Input.of_path(path, name)
    except OSError as error:
        return Failure(name, InputError(f"cannot be read: {error.strerror or error}", file=name))
