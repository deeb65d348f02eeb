"""Which training articles are kept apart."""

from __future__ import annotations

from hashlib import sha256
from typing import Any


def held_out(document: dict[str, Any], share: float) -> bool:
    """True for about `share` of the articles, the same on any machine; all copies of an article go together.

    >>> held_out({"document": "a"}, 0.0), held_out({"document": "a"}, 1.0)
    (False, True)
    """
    return int(sha256(document["document"].encode()).hexdigest()[:8], 16) / 16**8 < share
