"""Shares of draws with their standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Frequency:
    """How often something came out, as a share of the draws with an agreement, with its standard error."""

    what: str
    share: float
    error: float


def share_of(count: int, total: int) -> tuple[float, float]:
    """A share and its standard error; zeros of nothing.

    >>> share_of(1, 4)
    (0.25, 0.21650635094610965)
    """
    if not total:
        return 0.0, 0.0
    share = count / total
    return share, sqrt(share * (1 - share) / total)


def frequency(what: str, count: int, total: int) -> Frequency:
    return Frequency(what, *share_of(count, total))
