"""The horizon: which statements are weighed. However long a record is, what stands at a date rests on a bounded number
of statements, so that it can be worked out anew for any date and any edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from comity.ledger.cells import newest_first
from comity.ledger.evidence import Take
from comity.ledger.rulebook import rule

SUPPORTING = 8
"""Of one party's statements of one act that support its position on an issue, this many newest are weighed."""
OTHER = 6
"""Of those of one act on an issue that are about a party and do not support its position, this many."""
NOBODY = 12
"""Of those of one act on an issue that are about no party, this many."""

Group = tuple[str | None, str | None, bool, str, bool]
"""Issue, holder, whether it supports, act, and whether the issue is spoken of beside another one."""


def groups_of(take: Take, issues: Container[str | None]) -> tuple[Group, ...]:
    """The groups among whose newest a take has to be in order to be weighed. `issues` are the agenda's."""
    main = take.issue if take.issue in issues else None
    kind = (take.holder, take.supports, take.act.value)
    also = (issue for issue in dict.fromkeys(take.statement.also_issues) if issue in issues and issue != take.issue)
    return ((main, *kind, False), *((issue, *kind, True) for issue in also))


def most(group: Group) -> int:
    """How many statements of a group are weighed."""
    return SUPPORTING if group[2] else OTHER if group[1] else NOBODY


@rule("horizon", "counting")
def weighed(takes: Sequence[Take], issues: Iterable[str]) -> tuple[Take, ...]:
    """Of a long record the newest statements are weighed: for each party, issue and act the eight newest that support
    its position, six of those that do not (accounts, forecasts), and twelve that are about nobody. Older ones are kept
    and can be looked up; nothing is derived from them."""
    known = frozenset(issues)
    room: Counter[Group] = Counter()
    kept = set()
    for take in newest_first(takes):
        for group in groups_of(take, known):
            if room[group] < most(group):
                room[group] += 1
                kept.add(take.id)
    return tuple(take for take in takes if take.id in kept) if len(kept) < len(takes) else tuple(takes)
