"""What a time expression comes to, once it is known when and in what tense it was said.

Values are TIMEX3 (ISO 8601 with TimeML's additions, Pustejovsky et al. 2003). Bounds are whole days, both inclusive;
None where the expression sets none. What is vague is bounded by convention (`VAGUE_DAYS`).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.reading.dates_in_words import make_date
from comity.reading.time_expression import Expression

VAGUE_DAYS = {"S": 1, "m": 1, "H": 1, "D": 10, "N": 10, "W": 60, "F": 60, "M": 365, "Q": 730, "Y": 3650, "E": 36500}
"""How far, in days, "the coming days", "recent weeks" and the like may reach."""

RECENT_DAYS, SOON_DAYS = 90, 90
"""How far "recently" reaches back and "soon" forward, in days."""

_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_UNIT_DAYS = {"D": 1, "N": 1, "W": 7, "F": 14, "M": 30, "Q": 91, "Y": 365, "E": 3652, "C": 36524, "L": 365242}


@dataclass(frozen=True)
class Spoken:
    """The date last spoken of, as far as it was said, for expressions that lean on it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    quarter_year: int | None = None

    def as_date(self) -> date | None:
        """The day itself, or None if it was not said to the day."""
        return make_date(self.year, self.month, self.day) if self.year and self.month and self.day else None


@dataclass(frozen=True)
class Moment:
    """When and how an expression is used: publication, date last spoken of, tense (-1, 0, 1), and manner of text.

    In a `narrative` (a history) dates without a year lean on the date last spoken of, in news on publication.
    """

    published: date | None
    spoken: Spoken
    tense: int = 0
    narrative: bool = False


@dataclass(frozen=True)
class Value:
    """TIMEX3 type and value, days spanned, and what is henceforth the date last spoken of."""

    type: str
    value: str
    earliest: date | None = None
    latest: date | None = None
    spoken: Spoken | None = None


def evaluate(e: Expression, at: Moment) -> Value | None:
    """The value of `e` used at `at`; None where it says nothing that can be dated or counted."""
    if e.kind == "set":
        return Value("SET", e.value)
    if e.kind == "ref":
        return _ref(e, at)
    if e.kind in ("duration", "age"):
        return _duration(e, at)
    if e.kind == "step":
        return _step(e, at)
    if e.kind == "unit":
        return _unit(e, at)
    if e.kind == "clock":
        day = at.spoken.as_date() if at.narrative else at.published
        return Value("TIME", f"{day.isoformat() if day else 'XXXX-XX-XX'}T{e.clock}", day, day)
    return _calendar(e, at)


# --- calendar dates -------------------------------------------------------------------------------------------------


def _calendar(e: Expression, at: Moment) -> Value | None:
    if e.decade is not None:
        return Value("DATE", str(e.decade), date(e.decade * 10, 1, 1), date(e.decade * 10 + 9, 12, 31))
    if e.century is not None:
        if e.bc:
            return Value("DATE", f"BC{e.century:02d}")
        return Value("DATE", f"{e.century:02d}", date(e.century * 100 or 1, 1, 1), date(e.century * 100 + 99, 12, 31))
    if e.bc:
        return Value("DATE", f"BC{e.year:04d}", spoken=Spoken())
    if e.month is None and e.weekday is not None:
        return _weekday(e, at)
    if e.weekend:
        return _weekend(e, at)
    if e.part and e.year is None and e.month is None:
        return _part_of(e, at)
    year = e.year if e.year is not None else _year_of(e, at)
    if e.season:
        return _season(e, year)
    if e.quarter is not None:
        return _quarter(e, at, year)
    if e.half is not None:
        if year is None:
            return None
        first = date(year, 1 if e.half == 1 else 7, 1)
        return Value("DATE", f"{year}-H{e.half}", first, _month_end(year, 6 if e.half == 1 else 12))
    if year is None:
        month = f"XXXX-{e.month:02d}" if e.month else "XXXX"
        return Value("DATE", f"{month}-{e.day:02d}" if e.day else month)
    if e.month is None:
        earliest, latest = narrowed(date(year, 1, 1), date(year, 12, 31), e.edge)
        # A year far from those told of is an aside, and what follows does not lean on it.
        aside = at.narrative and at.spoken.year is not None and abs(year - at.spoken.year) > 10
        return Value("DATE", f"{year:04d}", earliest, latest, None if aside else Spoken(year))
    if e.day is None:
        earliest, latest = narrowed(date(year, e.month, 1), _month_end(year, e.month), e.edge)
        return Value("DATE", f"{year:04d}-{e.month:02d}", earliest, latest, Spoken(year, e.month))
    day = make_date(year, e.month, e.day)
    if day is None:
        return None
    return _day(day, e)


def _day(day: date, e: Expression) -> Value:
    spoken = Spoken(day.year, day.month, day.day)
    if e.clock or (e.part and ":" in e.part):
        return Value("TIME", f"{day.isoformat()}T{e.clock or e.part}", day, day, spoken)
    if e.part:
        return Value("TIME", f"{day.isoformat()}T{e.part}", day, day, spoken)
    return Value("DATE", day.isoformat(), day, day, spoken)


def _year_of(e: Expression, at: Moment) -> int | None:
    """The year of a month, day, season or quarter that was said without one."""
    spoken, published = at.spoken, at.published
    base = (
        spoken.year
        if (at.narrative or e.direction == "that") and spoken.year
        else published.year
        if published
        else None
    )
    if base is None:
        return spoken.year
    if e.unit == "Y" and e.direction:
        return base + {"last": -1, "next": 1}.get(e.direction, 0)
    month = e.month or _SEASON_MONTH.get(e.season) or (3 * e.quarter - 2 if e.quarter else None)
    if month is None:
        return base
    if at.narrative and spoken.year:
        return _narrative_year(e, at, month)
    assert published is not None
    if e.quarter and not e.direction:
        return min(
            (base, base - 1, base + 1), key=lambda y: (_gap(published, date(y, month, 1), _month_end(y, month + 2)), y)
        )
    here = (published.month, published.day if e.day else 0)
    there = (month, e.day or 0)
    if e.direction == "newyear":
        return base + (here > (6, 0) or at.tense > 0)
    if e.direction == "last":
        season_begun = bool(e.season) and there <= here and published.month >= month + 3
        return base if (there < here and not e.season) or season_begun else base - 1
    if e.direction == "next":
        return base if there > here else base + 1
    if e.direction == "this":
        return base
    if e.season:
        return base if at.tense >= 0 or there <= here else base - 1
    return min((base, base - 1, base + 1), key=lambda y: (_oddness(e, published, y, month, at.tense), y))


AGAINST_TENSE = 4
"""A date on the side that the tense speaks against is taken only if it is this many times nearer."""


def _oddness(e: Expression, published: date, year: int, month: int, sign: int) -> float:
    first = make_date(year, month, e.day or 1) or date(year, month, 1)
    last = first if e.day else _month_end(year, month)
    distance = float(_gap(published, first, last))
    against = (sign < 0 and first > published) or (sign > 0 and last < published)
    return distance * AGAINST_TENSE if against else distance


def _narrative_year(e: Expression, at: Moment, month: int) -> int:
    spoken = at.spoken
    assert spoken.year is not None
    if e.direction == "last":
        return spoken.year - (spoken.month is None or month >= spoken.month)
    if e.direction == "next":
        return spoken.year + (spoken.month is None or month <= spoken.month)
    if spoken.month is not None and month < spoken.month - 5:
        return spoken.year + 1
    return spoken.year


def _gap(day: date, first: date, last: date) -> int:
    return max((first - day).days, (day - last).days, 0)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def narrowed(first: date, last: date, edge: str) -> tuple[date, date]:
    """The part of ``[first, last]`` that "early", "mid", "late", "end" and their like leave."""
    days = (last - first).days
    if edge in ("early", "beginning", "start", "earlier"):
        return first, first + timedelta(days // 3)
    if edge in ("mid", "middle"):
        return first + timedelta(days // 3), last - timedelta(days // 3)
    if edge in ("late", "end", "later"):
        return last - timedelta(days // 3), last
    return first, last


def _weekday(e: Expression, at: Moment) -> Value | None:
    base = at.published
    if at.narrative and (spoken := at.spoken.as_date()):
        base = spoken
    assert e.weekday is not None
    if base is None:
        return Value("DATE", f"XXXX-WXX-{e.weekday + 1}")
    back, forward = (base.weekday() - e.weekday) % 7, (e.weekday - base.weekday()) % 7
    if e.direction == "last":
        day = base - timedelta(back or 7)
    elif e.direction == "next":
        day = base + timedelta(forward or 7)
    elif at.tense > 0 or e.direction == "this":
        day = base + timedelta(forward)
    else:
        day = base - timedelta(back)
    return _day(day, e)


def _weekend(e: Expression, at: Moment) -> Value | None:
    base = at.published
    if base is None:
        return Value("DATE", "XXXX-WXX-WE")
    saturday = base + timedelta(5 - base.weekday())
    if e.direction == "next":
        saturday += timedelta(7)
    elif e.direction == "last" or (at.tense <= 0 and e.direction != "this" and base.weekday() < 5):
        saturday -= timedelta(7)
    year, week, _ = saturday.isocalendar()
    return Value("DATE", f"{year}-W{week:02d}-WE", saturday, saturday + timedelta(1))


def _part_of(e: Expression, at: Moment) -> Value | None:
    base = at.spoken.as_date() if at.narrative or e.direction in ("that", "next") else at.published
    base = base or at.published
    if base is None:
        return Value("TIME", f"XXXX-XX-XXT{e.part}")
    if e.direction == "last":
        base -= timedelta(1)
    elif e.direction == "next":
        base += timedelta(1)
    return _day(base, e)


def _season(e: Expression, year: int | None) -> Value:
    if year is None:
        return Value("DATE", f"XXXX-{e.season}")
    first = date(year, _SEASON_MONTH[e.season], 1)
    last = _month_end(year + (e.season == "WI"), {12: 2}.get(first.month, first.month + 2))
    first, last = narrowed(first, last, e.edge)
    return Value("DATE", f"{year}-{e.season}", first, last, Spoken(year, _SEASON_MONTH[e.season]))


def _quarter(e: Expression, at: Moment, year: int | None) -> Value:
    assert e.quarter is not None
    if year is None:
        return Value("DATE", f"XXXX-Q{e.quarter}")
    first, last = date(year, 3 * e.quarter - 2, 1), _month_end(year, 3 * e.quarter)
    # The quarter first spoken of is the one reported on: "a year earlier" and "the latest quarter" lean on it.
    main = at.spoken if at.spoken.quarter else replace(at.spoken, quarter=e.quarter, quarter_year=year)
    return Value("DATE", f"{year}-Q{e.quarter}", first, last, main)


# --- units, steps and durations -------------------------------------------------------------------------------------


def _base(e: Expression, at: Moment) -> tuple[date | None, Spoken]:
    """The day an expression is counted from, and the same as far as it was said."""
    published = at.published
    leaning = e.anchor == "reference" or e.direction == "that" or (at.narrative and e.anchor != "published")
    if e.direction == "the" and not at.narrative:
        leaning = False
    if leaning and at.spoken.year:
        s = at.spoken
        return make_date(s.year or 1, s.month or 1, s.day or 1), s
    if published is None:
        return None, Spoken()
    return published, Spoken(published.year, published.month, published.day)


def _unit(e: Expression, at: Moment) -> Value | None:
    if e.unit == "Q" and e.direction in ("that", "latest"):
        return _that_quarter(e, at)
    base, said = _base(e, at)
    step = {"last": -1, "next": 1}.get(e.direction, 0)
    if base is None:
        return Value("DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(e.unit, "XXXX"))
    if e.unit == "D" and said.day is None and at.narrative:
        return Value("DATE", f"{said.year}-{said.month:02d}-XX" if said.month else "XXXX-XX-XX", base, None)
    if e.unit == "M" and said.month is None:
        return Value("DATE", f"{said.year}-XX")
    value = _period(e.unit, _shifted(base, step, e.unit), e.edge)
    if value is None or value.earliest is None or value.latest is None or e.edge not in ("earlier", "later"):
        return value
    published = at.published
    if published is None or not value.earliest <= published <= value.latest:
        return value
    first, last = _period_days(e.unit, _shifted(base, step, e.unit))
    if e.edge == "earlier":
        return replace(value, earliest=first, latest=max(first, published - timedelta(1)))
    return replace(value, earliest=published, latest=last)


def _that_quarter(e: Expression, at: Moment) -> Value | None:
    s = at.spoken
    if s.quarter is None:
        return Value("DATE", f"{e.year}") if e.year else None
    year = e.year or (s.quarter_year or 0) + e.sign
    return Value("DATE", f"{year}-Q{s.quarter}", date(year, 3 * s.quarter - 2, 1), _month_end(year, 3 * s.quarter))


def _period_days(unit: str, day: date) -> tuple[date, date]:
    if unit == "W":
        monday = day - timedelta(day.weekday())
        return monday, monday + timedelta(6)
    if unit == "M":
        return day.replace(day=1), _month_end(day.year, day.month)
    if unit == "Q":
        quarter = (day.month - 1) // 3
        return date(day.year, 3 * quarter + 1, 1), _month_end(day.year, 3 * quarter + 3)
    if unit == "Y":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if unit == "E":
        return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    if unit == "C":
        return date(day.year // 100 * 100, 1, 1), date(day.year // 100 * 100 + 99, 12, 31)
    return day, day


def _period(unit: str, day: date, edge: str = "") -> Value | None:
    first, last = _period_days(unit, day)
    if edge not in ("earlier", "later"):
        first, last = narrowed(first, last, edge)
    year, week, _ = day.isocalendar()
    if unit == "D":
        return Value("DATE", day.isoformat(), day, day, Spoken(day.year, day.month, day.day))
    if unit == "W":
        return Value("DATE", f"{year}-W{week:02d}", first, last)
    if unit == "M":
        return Value("DATE", f"{day.year}-{day.month:02d}", first, last, Spoken(day.year, day.month))
    if unit == "Q":
        quarter = (day.month - 1) // 3 + 1
        return Value("DATE", f"{day.year}-Q{quarter}", first, last)
    if unit == "Y":
        return Value("DATE", f"{day.year}", first, last, Spoken(day.year))
    if unit == "E":
        return Value("DATE", f"{day.year // 10}", first, last)
    if unit == "C":
        return Value("DATE", f"{day.year // 100:02d}", first, last)
    return None


def _shifted(day: date, amount: float, unit: str) -> date:
    """`day` moved by `amount` units; months and years keep the day where they can."""
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}.get(unit)
    try:
        if months is not None:
            whole = round(amount * months)
            index = day.year * 12 + day.month - 1 + whole
            year, month = divmod(index, 12)
            return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        return day + timedelta(round(amount * _UNIT_DAYS.get(unit, 0)))
    except (ValueError, OverflowError):
        return day


def _step(e: Expression, at: Moment) -> Value | None:
    if e.amount is None:
        value = "FUTURE_REF" if e.sign > 0 else "PAST_REF"
        published = at.published
        if e.anchor != "published" or published is None:
            return Value("DATE", value)
        return Value("DATE", value, published - timedelta(VAGUE_DAYS.get(e.unit, 365)), published)
    base, said = _base(e, at)
    if e.anchor == "reference" and not at.narrative and at.published is not None and e.unit != "D":
        base, said = at.published, Spoken(at.published.year, at.published.month, at.published.day)
    if e.unit == "Y" and e.amount == 1 and e.sign < 0 and at.spoken.quarter and not at.narrative:
        return _that_quarter(replace(e, kind="unit", sign=-1), at)
    if base is None:
        return Value("DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(e.unit, "XXXX"))
    if e.unit in ("H", "m", "S"):
        return Value("TIME", f"{base.isoformat()}TXX", base, base)
    day = _shifted(base, e.sign * e.amount, e.unit)
    if e.unit == "D" or e.part or e.clock:
        if said.day is None:
            month = f"{said.month:02d}" if said.month else "XX"
            return Value("DATE", f"{said.year}-{month}-XX")
        return _day(day, e)
    if e.unit == "Y" and e.amount != int(e.amount):
        return _period("M", day)
    if e.unit == "M" and said.month is None:
        return Value("DATE", f"{day.year}-XX")
    if e.unit in ("W", "F") and said.day is None:
        return Value("DATE", f"{day.year}-WXX")
    return _period({"F": "W", "N": "D"}.get(e.unit, e.unit), day)


def _duration(e: Expression, at: Moment) -> Value | None:
    value = duration_value(e.amount, e.unit)
    published = at.published
    if published is None or e.direction not in ("last", "next") or at.narrative or e.kind == "age":
        return Value("DURATION", value)
    if e.amount is None:
        reach = timedelta(VAGUE_DAYS.get(e.unit, 365))
        bounds = (published - reach, published) if e.direction == "last" else (published, published + reach)
    elif e.direction == "last":
        bounds = (_shifted(published, -e.amount, e.unit), published)
    else:
        bounds = (published, _shifted(published, e.amount, e.unit))
    return Value("DURATION", value, *bounds)


def duration_value(amount: float | None, unit: str) -> str:
    """A duration in ISO 8601; X where the amount is vague.

    >>> duration_value(2, "Y"), duration_value(2.5, "Y"), duration_value(None, "D"), duration_value(3, "H")
    ('P2Y', 'P2Y6M', 'PXD', 'PT3H')
    """
    time = {"S": "S", "m": "M", "H": "H"}
    if amount is None:
        if unit in time:
            return f"PTX{time[unit]}"
        return f"PX{ {'F': 'W', 'N': 'D', 'K': 'WE'}.get(unit, unit) }".replace(" ", "")
    scale = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "Q": (3, "M"), "F": (2, "W"), "N": (1, "D")}
    factor, letter = scale.get(unit, (1, unit))
    amount *= factor
    whole, rest = int(amount), amount - int(amount)
    if unit in time:
        smaller = {"H": f"{round(rest * 60)}M", "m": f"{round(rest * 60)}S", "S": ""}[unit]
        head = f"{whole}{time[unit]}" if whole or not rest else ""
        return f"PT{head}{smaller if rest else ''}"
    if not rest:
        return f"P{whole}{letter}"
    if letter == "Y":
        months = round(rest * 12)
        return f"P{whole}Y{months}M" if whole else f"P{months}M"
    return f"P{amount:g}{letter}"


def _ref(e: Expression, at: Moment) -> Value | None:
    if e.edge and (e.edge == "history") != at.narrative:
        return None  # "former", "future plans" date something in a history only; "soon" only in news
    published = at.published
    if published is None or at.narrative:
        return Value("DATE", e.value)
    if e.value == "PRESENT_REF":
        return Value("DATE", e.value, published, published)
    if e.value == "PAST_REF":
        return Value("DATE", e.value, published - timedelta(RECENT_DAYS), published)
    return Value("DATE", e.value, published, published + timedelta(SOON_DAYS))
