"""Reading from an archive only as much as the limits allow, whatever its headers say."""

from __future__ import annotations

import io
from typing import BinaryIO

from comity.record.values import MIB, Budget, Limits
from comity.words import InputError

_SMALL = 10 * MIB  # below this no ratio is a trap


class Meter:
    """What one member has given so far, in unpacked bytes; a member read twice is counted once."""

    def __init__(self, name: str, packed: int | None, budget: Budget, limits: Limits) -> None:
        self.name, self._budget, self._seen = name, budget, 0
        self._most = None if packed is None else max(_SMALL, packed * limits.archive_ratio)
        self._ratio = limits.archive_ratio

    def at(self, position: int) -> None:
        """Told how far a reader has come. Raises InputError when that is more than the limits allow."""
        new = position - self._seen
        if new <= 0:
            return
        self._seen = position
        self._budget.left -= new
        if self._budget.left < 0:
            raise InputError(
                "unpacks to more than the limit for one archive", file=self.name, hint="unpack it yourself"
            )
        if self._most is not None and position > self._most:
            raise InputError(
                f"unpacks to more than {self._ratio} times its size: a zip bomb",
                file=self.name,
                hint="it was left alone",
            )


class _Guarded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._stream, self._meter, self._position = stream, meter, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        self._meter.at(self._position)
        return len(data)


def guarded(stream: BinaryIO, meter: Meter) -> BinaryIO:
    """`stream` as one that raises InputError when it gives more than its meter allows."""
    return io.BufferedReader(_Guarded(stream, meter), buffer_size=64 * 1024)
