"""Memory that a process gives back as soon as it does not need it any more, and how often it looks for such."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
"""Numbers of the settings in malloc.h."""


def spare() -> None:
    """Lets threads take memory from two stocks, not each from its own, which it would keep; and has what is larger than
    a megabyte (columns of a large case, pages) given back when it is let go. Of the GNU C library only; elsewhere it
    does nothing."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_M_ARENA_MAX, 2)
        library.mallopt(_M_MMAP_THRESHOLD, 1 << 20)


def settle() -> None:
    """Looks for values that hold one another in a circle less often than Python does by itself: where very many values
    are in memory, it takes longer than a person should wait for a page."""
    gc.set_threshold(50_000, 20, 20)
