"""Deadlines in calendar months and years, made the dates that they are.

Months differ in length, so they are counted from a date that the file names: the first day in force, or `of DATE`.
The last day is the one with the same number, or the last of its month where there is none (31 January and one month:
28 or 29 February), in the accord's time zone. Months after an event whose date nobody knows yet are refused.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from comity.accord.clauses.tree import AccordTree, Act, ClauseTree, Timing
from comity.words import InputError


def months_after(day: date, months: int) -> date:
    """
    >>> str(months_after(date(2019, 12, 9), 4)), str(months_after(date(2031, 1, 31), 1))
    ('2020-04-09', '2031-02-28')
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def with_dates(tree: AccordTree) -> AccordTree:
    """The tree with every deadline in months given its last day."""
    return replace(tree, clauses=tuple(_dated(tree, clause) for clause in tree.clauses))


def _dated(tree: AccordTree, clause: ClauseTree) -> ClauseTree:
    def acts(name: str, found: tuple[Act, ...]) -> tuple[Act, ...]:
        return tuple(
            replace(act, timing=_date(tree, clause, name, act, act.timing)) if act.timing and act.timing.months else act
            for act in found
        )

    return replace(
        clause,
        must=acts("must", clause.must),
        must_not=acts("must not", clause.must_not),
        may=acts("may", clause.may),
    )


def _date(tree: AccordTree, clause: ClauseTree, name: str, act: Act, timing: Timing) -> Timing:
    def fail(message: str, hint: str) -> InputError:
        return InputError(message, file=tree.file, line=clause.line_of(name), field=name, hint=hint)

    since = timing.since or tree.starts
    if not timing.since and (act.chained or clause.when is not None or clause.in_step is not None or not since):
        raise fail(
            "months and years differ in length, and nobody knows yet when these begin",
            "write a number of days, or within 4 months of DATE",
        )
    counted = timing.edge == "counted" if timing.edge else tree.last_counted
    if counted is None:
        raise fail(
            "does the last day count?",
            "write (last day counted) or (last day not counted), or last day: in the header",
        )
    assert since is not None
    assert timing.months is not None
    try:
        last = months_after(since, timing.months) - timedelta(0 if counted else 1)
    except ValueError:
        raise fail(f"{timing.months} months are too many", "write a date") from None
    return replace(timing, last=last, relative=False)
