"""The grammar of what stands after the colon: conditions, acts with their deadlines, variables, dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from comity.accord.clauses.tree import (
    Act,
    AndExpr,
    Arg,
    Breach,
    Counted,
    Expr,
    Happens,
    InForce,
    NoneSince,
    NotExpr,
    OnDate,
    OrExpr,
    Same,
    Timing,
)
from comity.words import InputError

GRAMMAR = r"""
steps: step (";" joint step)*
joint: "then" -> then_step | "and" -> and_step
step: act timing?
act: happening | "(" happening ("or" happening)+ ")"

timing: ASSUMED? when edge?
?when: "within" INT unit -> within
    | "within" INT unit "of" a_date -> within_of
    | "by" "day" INT -> by_day
    | "by" a_date -> by_date
    | "before" a_date -> before_date
    | "on" a_date -> on_date
    | "on" "the" "same" "day" -> same_day
    | "from" "day" INT "to" "day" INT -> from_day
    | "from" a_date "to" a_date -> from_date
    | "after" INT unit "and" "within" INT unit -> after_within
    | "every" INT unit -> every
edge: "(" "last" "day" "counted" ")" -> counted_edge
    | "(" "last" "day" "not" "counted" ")" -> open_edge

suspension: expr "until" expr
release: expr timing?

?expr: conj ("or" conj)* -> or_expr
?conj: part ("and" part)* -> and_expr
?part: "not" part -> negation
    | "(" expr ")"
    | happening -> that_day
    | happening "has" "happened" -> ever
    | happening "has" "not" "happened" -> never
    | happening _LATELY INT unit -> lately
    | happening "at" "least" INT unit "ago" -> ago
    | "no" happening _LATELY INT unit -> not_lately
    | "no" happening "since" happening -> none_since
    | "at" "least" INT happening "in" INT unit ("from" INT SOURCES)? -> counted
    | "breach" "of" CLAUSE -> breach
    | "in" "force" -> in_force
    | "on" a_date -> on_day
    | NAME "is" arg -> same
    | NAME "is" "not" arg -> not_same

happening: NAME "(" (arg ("," arg)*)? ")"
arg: "any" NAME? -> any_arg
    | NAME -> name_arg
    | STRING -> text_arg
unit: NAME
a_date: DATE

ASSUMED: "assumed"
SOURCES: /sources?/
CLAUSE: /[A-Za-z0-9][\w.\/-]*/
_LATELY.3: /within\s+the\s+last\b/
DATE.3: /\d{4}-\d{1,2}-\d{1,2}|\d{1,2} +[A-Z][a-z]+ +\d{4}/
INT.2: /\d+/
NAME: /[A-Za-z_]\w*/
STRING: /"[^"]*"/
%ignore /\s+/
"""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Unreadable(Exception):
    """Raised where a value cannot be read; says why and what to write."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def parse_date(text: str) -> date:
    """A date as a lawyer or a program writes it.

    >>> parse_date("15 February 2015"), parse_date("2015-02-15")
    (datetime.date(2015, 2, 15), datetime.date(2015, 2, 15))
    """
    words = text.split()
    try:
        if len(words) == 3:
            if words[1] not in _MONTHS:
                raise Unreadable(f"no month {words[1]!r}", "write dates as 15 February 2015 or 2015-02-15")
            return date(int(words[2]), _MONTHS.index(words[1]) + 1, int(words[0]))
        year, month, day = map(int, text.split("-"))
        return date(year, month, day)
    except ValueError:
        hint = "write 15 February 2015 or 2015-02-15"
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2} \w+ \d{4}", " ".join(words)):
            raise Unreadable(f"no such day: {text}", "look it up in a calendar") from None
        raise Unreadable(f"not a date: {text!r}", hint) from None


MOST_DAYS = 36525
"""A hundred years: longer times are slips of the pen, and would make logs of as many days."""


def _bounded(days: int) -> int:
    if days > MOST_DAYS:
        raise Unreadable(f"{days} days are more than a hundred years", f"write at most {MOST_DAYS} days")
    return days


def _days(number: Any, unit: str) -> int:
    plain = unit.rstrip("s")
    if plain in ("day", "week"):
        return _bounded(int(number) * (7 if plain == "week" else 1))
    if plain in ("month", "year"):
        raise Unreadable(f"{plain}s differ in length", "write a number of days, or a date")
    if plain in ("hour", "minute"):
        raise Unreadable(
            f"{plain}s: reports give days, so that no verdict could tell",
            "write within 1 day for 24 hours (generous: a breach is then found only where there is one), or by DATE",
        )
    raise Unreadable(f"unknown unit of time {unit!r}", "use days or weeks")


def _months(number: Any, unit: str) -> int:
    """Calendar months; 0 for another unit."""
    plain = unit.rstrip("s")
    if plain not in ("month", "year"):
        return 0
    months = int(number) * (12 if plain == "year" else 1)
    if not 0 < months <= 1200:
        raise Unreadable(f"{number} {unit}", "write from 1 month to 100 years")
    return months


@v_args(inline=True)
class _Values(Transformer[Token, Any]):
    """Trees of the grammar as values of `tree`."""

    def a_date(self, token: str) -> date:
        return parse_date(str(token))

    def unit(self, token: str) -> str:
        return str(token)

    def any_arg(self, *_: str) -> Arg:
        return Arg("any", "any")

    def name_arg(self, token: str) -> Arg:
        return Arg(str(token))

    def text_arg(self, token: str) -> Arg:
        return Arg(str(token)[1:-1], "text")

    def happening(self, name: str, *args: Arg) -> Happens:
        return Happens(str(name), args)

    # timing

    def within(self, number: str, unit: str) -> Timing:
        if months := _months(number, unit):
            return Timing(months=months, relative=True)
        return Timing(high=_days(number, unit), relative=True)

    def within_of(self, number: str, unit: str, day: date) -> Timing:
        if months := _months(number, unit):
            return Timing(months=months, since=day, relative=True)
        raise Unreadable(f"{number} {unit} of a date", "write by DATE; “of DATE” is for months and years")

    def by_day(self, number: str) -> Timing:
        if int(number) < 1:
            raise Unreadable("day 1 is the day of the trigger", "write day 1 or later")
        return Timing(high=_bounded(int(number) - 1))

    def by_date(self, day: date) -> Timing:
        return Timing(last=day)

    def before_date(self, day: date) -> Timing:
        return Timing(last=date.fromordinal(day.toordinal() - 1))

    def on_date(self, day: date) -> Timing:
        return Timing(first=day, last=day)

    def same_day(self) -> Timing:
        return Timing(high=0)

    def from_day(self, low: str, high: str) -> Timing:
        return Timing(low=_bounded(int(low)), high=_bounded(int(high)))

    def from_date(self, first: date, last: date) -> Timing:
        return Timing(first=first, last=last)

    def after_within(self, low: str, low_unit: str, high: str, high_unit: str) -> Timing:
        return Timing(low=_days(low, low_unit) + 1, high=_days(high, high_unit), relative=True)

    def every(self, number: str, unit: str) -> Timing:
        if (days := _days(number, unit)) < 1:
            raise Unreadable("a stretch has at least one day")
        return Timing(every=days)

    def counted_edge(self) -> str:
        return "counted"

    def open_edge(self) -> str:
        return "not counted"

    def timing(self, *parts: Any) -> Timing:
        found = next(part for part in parts if isinstance(part, Timing))
        words = [str(part) for part in parts if isinstance(part, str)]
        edge = next((w for w in words if w != "assumed"), "")
        return replace(found, edge=edge, assumed="assumed" in words)

    def act(self, *choices: Happens) -> tuple[Happens, ...]:
        return choices

    def step(self, choices: tuple[Happens, ...], timing: Timing | None = None) -> Act:
        return Act(choices, timing)

    def then_step(self) -> bool:
        return True

    def and_step(self) -> bool:
        return False

    def steps(self, first: Act, *rest: Any) -> tuple[Act, ...]:
        found = [first]
        for chained, act in zip(rest[::2], rest[1::2], strict=True):
            found.append(Act(act.choices, act.timing, chained))
        return tuple(found)

    # expressions

    def or_expr(self, *parts: Expr) -> Expr:
        return parts[0] if len(parts) == 1 else OrExpr(parts)

    def and_expr(self, *parts: Expr) -> Expr:
        return parts[0] if len(parts) == 1 else AndExpr(parts)

    def negation(self, part: Expr) -> Expr:
        return part.part if isinstance(part, NotExpr) else NotExpr(part)

    def that_day(self, happening: Happens) -> Expr:
        return happening

    def ever(self, happening: Happens) -> Expr:
        return Happens(happening.event, happening.args, "ever")

    def never(self, happening: Happens) -> Expr:
        return NotExpr(self.ever(happening))

    def lately(self, happening: Happens, number: str, unit: str) -> Expr:
        return Happens(happening.event, happening.args, "within", _days(number, unit))

    def ago(self, happening: Happens, number: str, unit: str) -> Expr:
        return Happens(happening.event, happening.args, "ago", _days(number, unit))

    def not_lately(self, happening: Happens, number: str, unit: str) -> Expr:
        return NotExpr(self.lately(happening, number, unit))

    def none_since(self, avoided: Happens, start: Happens) -> Expr:
        return NoneSince(avoided, start)

    def counted(self, least: str, happening: Happens, number: str, unit: str, *more: Any) -> Expr:
        days = _days(number, unit)
        if int(least) < 1 or days < 1:
            raise Unreadable("a threshold counts at least one event in at least one day")
        return Counted(int(least), happening, days, int(more[0]) if more else 1)

    def breach(self, clause: str) -> Expr:
        return Breach(str(clause))

    def in_force(self) -> Expr:
        return InForce()

    def on_day(self, day: date) -> Expr:
        return OnDate(day)

    def same(self, name: str, value: Arg) -> Expr:
        return Same(str(name), value)

    def not_same(self, name: str, value: Arg) -> Expr:
        return Same(str(name), value, negated=True)

    def release(self, expr: Expr, timing: Timing | None = None) -> tuple[Expr, Timing | None]:
        return expr, timing

    def suspension(self, begin: Expr, end: Expr) -> tuple[Expr, Expr]:
        return begin, end


@cache
def _lark() -> Lark:
    return Lark(GRAMMAR, parser="lalr", start=["steps", "expr", "suspension", "release"], maybe_placeholders=False)


_FORMS = {
    "steps": "write EVENT(…) and a deadline: within 14 days; by day 2; by 31 December 2015; from day 30 to day 31",
    "expr": "write EVENT(…), EVENT(…) has happened, no EVENT(…) since EVENT(…), at least 3 EVENT(…) in 7 days",
    "release": "write EVENT(…), or EVENT(…) within 30 days",
    "suspension": "write EVENT(…) until EVENT(…)",
}


def parse_value(start: str, text: str, *, file: str, line: int, name: str) -> Any:
    """What `text` says, read from the rule `start` ("steps", "expr", "suspension" or "release"). Raises InputError."""
    try:
        return _Values().transform(_lark().parse(text, start=start))
    except UnexpectedInput as error:
        at = getattr(error, "pos_in_stream", None)
        shown = text[at : at + 24].strip() if isinstance(at, int) and 0 <= at < len(text) else ""
        what = f"cannot be read from {shown!r} on" if shown else "ends too early"
        raise InputError(what, file=file, line=line, field=name, hint=_FORMS[start]) from None
    except VisitError as error:
        if isinstance(error.orig_exc, Unreadable):
            cause = error.orig_exc
            raise InputError(cause.what, file=file, line=line, field=name, hint=cause.hint or None) from None
        raise
