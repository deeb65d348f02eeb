"""The table of rules. Every result of the ledger names the rule that derived it; here each name has its text.

A rule is a small function with a docstring that says what it derives and why. What it takes depends on what it derives:

===================  =====================================================================================
derives              the function takes and gives
===================  =====================================================================================
position             a `Cell` (one party, one issue); a `Position` or None. The first rule that gives one wins.
status               an `IssueView`; a `Status` or None. The first rule that gives one wins.
outlook, relation,   the `Evidence`; an iterable of results, all of which are kept
fact
tension              the `Findings` (evidence, cells, oppositions, what is recent); an iterable of tensions
term                 the `Evidence` and the table of cells; an iterable of terms
channel              the `Evidence` and the offers without an answer; an iterable of `Contact`
change               positions before and after, ids of what is new and of what takes words back; a `ChangeKind` or
                     None. The first rule that gives one wins.
counting             helpers that decide what counts (one utterance, superseded, withdrawn); listed for reference
===================  =====================================================================================

Other packages add rules through the entry point group ``comity.rules``: each entry point is a `Rule`. Theirs are tried
after ours.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Any, TypeVar

from comity.words import ComityError

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """A named rule: what it derives and the function that does it."""

    name: str
    derives: str
    function: Callable[..., Any]

    @property
    def text(self) -> str:
        """What the rule derives and why, in words."""
        return inspect.cleandoc(self.function.__doc__ or "")


_TABLE: dict[str, Rule] = {}


def rule(name: str, derives: str) -> Callable[[F], F]:
    """Register the decorated function as rule `name`. Order of registration is order of trial."""

    def register(function: F) -> F:
        if name in _TABLE:
            raise ValueError(f"two rules are named {name!r}")
        if not function.__doc__:
            raise ValueError(f"rule {name!r} has no docstring")
        _TABLE[name] = Rule(name, derives, function)
        return function

    return register


@cache
def _installed() -> tuple[Rule, ...]:
    """Rules of other packages, by name."""
    found = []
    for point in sorted(entry_points(group="comity.rules"), key=lambda p: (p.name, p.value)):
        loaded = point.load()
        if not isinstance(loaded, Rule):
            raise ComityError(f"entry point {point.name} of group comity.rules is no Rule")
        found.append(loaded)
    return tuple(found)


def rules(derives: str | None = None) -> tuple[Rule, ...]:
    """All rules, or those that derive one kind of result, in order of trial."""
    return tuple(r for r in (*_TABLE.values(), *_installed()) if derives is None or r.derives == derives)
