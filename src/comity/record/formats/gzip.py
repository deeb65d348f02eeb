"""A gzipped file: one member, read as whatever it is. Unpacking stops at the limits."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from comity.record.guard import Meter, guarded
from comity.record.values import Context, Format, Input, Yield
from comity.words import InputError


def recognises(head: bytes, suffix: str) -> bool:
    return head.startswith(b"\x1f\x8b\x08")


def read(source: Input, context: Context) -> Iterator[Yield]:
    budget = source.within(context.limits)
    path = PurePosixPath(source.path).name
    path = path[: -len(source.suffix)] if source.suffix in FORMAT.suffixes else path
    if source.suffix == ".tgz" or path.endswith(".tar"):
        raise InputError("a tar archive", file=source.name, hint="unpack it, or pack it as .zip")
    name = f"{source.name}!{path}"
    meter = Meter(name, source.size, budget, context.limits)

    @contextmanager
    def opener() -> Iterator[BinaryIO]:
        try:
            with source.opener() as packed, gzip.GzipFile(fileobj=packed) as stream:
                yield guarded(cast(BinaryIO, stream), meter)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"the gzip file is broken: {error}", file=source.name) from None

    yield Input(name, path, None, opener, source.depth + 1, budget)


FORMAT = Format("gzip", (".gz", ".tgz"), read, recognises)
