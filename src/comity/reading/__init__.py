"""reading: what does a text say? A pure function from one document (and an agenda) to a `Reading`.

Rules over a parse: segments, times, names and events on the surface; attributions, stances and their frames beneath.
What an article guesses stays the article's; a sentence that breaks off is skipped and said to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.reading.readers import DEFAULT, READER, READERS

if TYPE_CHECKING:
    from comity.reading.door import read

__all__ = ["DEFAULT", "READER", "READERS", "read"]


def __getattr__(name: str) -> Any:
    if name == "read":  # the rules take half a second to load: not before something is read
        from comity.reading.door import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
