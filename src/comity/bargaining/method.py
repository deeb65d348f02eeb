"""How a result was reached: stands beside every figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True)
class Method:
    """Name of the method, its parameters as words, the version that ran it, and whether the result is exact.

    `bound` says in words by how much a result that is not exact may be off.
    """

    name: str
    parameters: tuple[tuple[str, str], ...] = ()
    exact: bool = True
    bound: str = ""
    version: str = ""


def method(name: str, *, exact: bool = True, bound: str = "", **parameters: object) -> Method:
    """The method with this version of Comity; parameters in alphabetical order.

    >>> method("frontier", red_lines=True).parameters
    (('red_lines', 'True'),)
    """
    return Method(name, tuple(sorted((k, str(v)) for k, v in parameters.items())), exact, bound, _version())


@cache
def _version() -> str:
    try:
        return version("comity")
    except PackageNotFoundError:
        return "0+unknown"
