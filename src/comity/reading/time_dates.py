"""Rules for dates, days and times of day. Each builds an `Expression`."""

from __future__ import annotations

import re

from comity.reading.dates_in_words import full_year
from comity.reading.time_expression import Expression, at, direction_of, rule, say
from comity.reading.time_lexicon import DECADES, DEICTIC, PARTS, SEASONS, Token, unit_of


@rule(r"I")
def _iso(found: list[Token], m: re.Match[str]) -> Expression | None:
    word = found[m.start()].word
    if word[4:5] == "-":
        year, month, day = map(int, word.split("-"))
    else:
        day, month, year = map(int, re.split(r"[./]", word))
        if month > 12:
            day, month = month, day
        elif "/" in word and day <= 12 and day != month:
            return say(m, "calendar", year=year)  # day or month first: not said
    return say(m, "calendar", year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


_WD = r"(?:(?P<wd>[Ww]),?)?"


@rule(
    rf"(?:HX)?{_WD}(?:(?P<m1>[Mm])(?P<d1>[do])|T?(?P<d2>[do])F?(?P<m2>[Mm]))"
    r"(?:[,F]?(?P<y>Y)(?P<bc>b)?|(?P<y2>d)(?![:.,/-]?[dDY%Uu]))?"
)
def _month_day(found: list[Token], m: re.Match[str]) -> Expression | None:
    month = at(found, m, "m1") or at(found, m, "m2")
    day = at(found, m, "d1") or at(found, m, "d2")
    year, short = at(found, m, "y"), at(found, m, "y2")
    assert month
    assert day
    if not 1 <= day.value <= 31 or (day.code == "o" and day.word[0].isalpha() and m.group("d2") and not _of(found, m)):
        return None
    end, full = m.end(), int(year.value) if year else None
    if short:
        if m.group("d2") and short.value > 31:
            full = full_year(int(short.value))
        else:
            end = m.start("y2")
    weekday = at(found, m, "wd")
    return Expression(
        m.start(),
        end,
        "calendar",
        year=full,
        month=int(month.value),
        day=int(day.value),
        weekday=int(weekday.value) if weekday else None,
        bc=bool(m.group("bc")),
    )


def _of(found: list[Token], m: re.Match[str]) -> bool:
    return any(t.code == "F" for t in found[m.start() : m.end()])


@rule(r"(?P<m>[Mm]),?F?(?P<y>Y)(?P<bc>b)?")
def _month_year(found: list[Token], m: re.Match[str]) -> Expression | None:
    month, year = at(found, m, "m"), at(found, m, "y")
    assert month
    assert year
    return say(m, "calendar", month=int(month.value), year=int(year.value), bc=bool(m.group("bc")))


@rule(r"(?:(?P<m>[Mm])(?:(?P<d>[do]))?|T?(?P<d2>[do])F?(?P<m2>[Mm])|(?P<s>[Ss])),?F?(?P<dir>T?[GHLX]{1,2}|TG?)(?P<u>U)")
def _month_of_year(found: list[Token], m: re.Match[str]) -> Expression | None:
    """June last year; August of that year; the spring of next year."""
    unit = at(found, m, "u")
    if unit is None or unit.word != "year":
        return None
    direction = direction_of(found[m.start("dir") : m.end("dir")])
    month = at(found, m, "m") or at(found, m, "m2")
    day = at(found, m, "d") or at(found, m, "d2")
    season = at(found, m, "s")
    return say(
        m,
        "calendar",
        month=int(month.value) if month else None,
        day=int(day.value) if day else None,
        season=SEASONS[season.word] if season else "",
        direction=direction,
        unit="Y",
    )


@rule(r"(?P<dir>T?[GHLX]{1,2})?(?P<m>[Mm])")
def _month(found: list[Token], m: re.Match[str]) -> Expression | None:
    month = at(found, m, "m")
    assert month
    i = m.start("m")
    direction = direction_of(found[m.start() : i])
    if month.code == "m" and not direction:
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        dated = before is not None and (before.code in "OEeFN-" or before.word in ("between", "through", "mid"))
        # "in May", "by March", but not a name ("Ms. May said") or a verb at the head of a sentence.
        if not dated or (after is not None and after.word in ("not", "have", "be", "also", "madness")):
            return None
    return say(m, "calendar", month=int(month.value), direction=direction)


_YEAR_LEADS = frozenset({"year", "years", "between", "for", "fiscal", "(", "as", "around", "circa"})


@rule(r"(?P<neg>['’])?(?P<y>Y)(?P<bc>b)?")
def _year(found: list[Token], m: re.Match[str]) -> Expression | None:
    i = m.start("y")
    token = found[i]
    before = found[i - 1] if i else None
    after = found[i + 1] if i + 1 < len(found) else None
    if m.group("bc"):
        return say(m, "calendar", year=int(token.value), bc=True)
    if before is not None and (
        before.word in "$£€#+/" or before.word in ("no", "nos", "resolution", "article", "room", "flight")
    ):
        return None
    if after is not None and (
        after.code in "uc%" or after.word in ("%", "percent", "per", "km", "miles", "people", "metres", "meters")
    ):
        return None
    if token.code == "Y" and not token.word[0].isdigit():
        return say(m, "calendar", year=int(token.value))
    introduced = before is None or before.code in "OENFS(TLHse-,j" or before.word in _YEAR_LEADS
    likely = 1900 <= token.value <= 2060
    plural = (
        after is not None
        and after.code == "_"
        and not after.capital
        and after.word.endswith("s")
        and not after.word.endswith(("ss", "is", "us"))
    )
    if plural and (token.value % 100 == 0 or not likely) and (before is None or before.code not in "TO"):
        return None
    if likely or introduced:
        return Expression(i, m.end(), "calendar", year=int(token.value))
    return None


@rule(r"(?P<y>[dD])(?P<bc>b)|(?P<y2>[dD])(?=[N-][dD]b)")
def _year_bc(found: list[Token], m: re.Match[str]) -> Expression | None:
    token = at(found, m, "y") or at(found, m, "y2")
    assert token
    return say(m, "calendar", year=int(token.value), bc=True)


@rule(r"(?:T|H|L)?(?:E-?)?(?P<b>B)")
def _decade(found: list[Token], m: re.Match[str]) -> Expression | None:
    token = at(found, m, "b")
    assert token
    if token.word in DECADES:
        if m.start() == m.start("b"):
            return None
        return say(m, "calendar", decade=DECADES[token.word])
    years = re.sub(r"\D", "", token.word)
    if len(years) == 2:
        if token.word[0].isdigit() and found[m.start()].code not in "TE":
            return None
        return say(m, "calendar", decade=190 + int(years) // 10)
    return say(m, "calendar", decade=int(years) // 10)


@rule(r"(?:T?(?:E-?)?)?(?P<o>o)-?(?P<u>U)(?P<bc>b)?")
def _century(found: list[Token], m: re.Match[str]) -> Expression | None:
    unit, nth = at(found, m, "u"), at(found, m, "o")
    assert unit
    assert nth
    if unit.word != "century":
        return None
    return say(m, "calendar", century=int(nth.value) - 1, bc=bool(m.group("bc")))


@rule(r"(?P<dir>(?:T|H|L|X|V|a){0,3})(?P<adj>_)?(?P<s>[Ss])(?:,?F?(?P<y>Y))?")
def _season(found: list[Token], m: re.Match[str]) -> Expression | None:
    season, year = at(found, m, "s"), at(found, m, "y")
    assert season
    i = m.start("s")
    heads = found[m.start("dir") : m.end("dir")]
    direction = direction_of(heads)
    start = m.start()
    if m.group("adj") and (not heads or season.code == "s"):  # "the severe winter", but not "severe winter"
        start, heads, direction = i, [], ""
    before = found[start - 1] if start else None
    follows = found[m.end()] if m.end() < len(found) else None
    if season.word == "fall" and not year and follows is not None and follows.word in ("of", "in", "from", "to"):
        return None
    if (
        season.code == "s"
        and not (year and (heads or (before and before.code in "OE")))
        and not (
            direction
            or (heads and before is not None and before.code in "OeFE")
            or (before is not None and before.code == "E")
        )
    ):
        return None
    return Expression(
        start,
        m.end(),
        "calendar",
        season=SEASONS[season.word],
        year=int(year.value) if year else None,
        direction=direction,
    )


@rule(r"(?:[RE]-?|TUR)?(?:(?:E-?)?(?P<p0>P),?)?(?P<t>t)(?:E?(?P<p>P))?")
def _deictic(found: list[Token], m: re.Match[str]) -> Expression | None:
    token = at(found, m, "t")
    part = at(found, m, "p") or at(found, m, "p0")
    assert token
    days, start = DEICTIC[token.word], m.start()
    if found[start].code == "T":  # the day before yesterday
        if found[start + 1].word != "day" or not days:
            return None
        days += -1 if found[start + 2].word == "before" else 1
    elif found[start].word in ("before", "after"):
        start += 1
    said = PARTS[part.word] if part else "NI" if token.word == "tonight" else ""
    sign = (days > 0) - (days < 0)
    return Expression(
        start, m.end(), "step", amount=float(abs(days)), unit="D", sign=sign, anchor="published", part=said
    )


@rule(r"(?:[RE]-?(?=[W]))?(?:(?P<p0>P),?)?(?P<dir>T?[GHLX]{1,2})?(?P<w>[W])(?:E?(?P<p>P|U(?<=U)))?")
def _weekday(found: list[Token], m: re.Match[str]) -> Expression | None:
    token = at(found, m, "w")
    part = at(found, m, "p") or at(found, m, "p0")
    assert token
    end = m.end()
    if part is not None and part.code == "U" and part.word != "night":
        part, end = None, end - 1
    named = found[m.start() - 1].word if m.start() else ""
    if named in ("black", "bloody", "good", "ash", "super"):
        return None
    direction = direction_of(found[m.start("dir") : m.end("dir")]) if m.group("dir") else ""
    said = PARTS[part.word] if part else ""
    return Expression(m.start(), end, "calendar", weekday=int(token.value), direction=direction, part=said)


@rule(r"E-?(?P<p>P)|(?:[RE])?(?P<dir>T?[GHLX])(?:E-?)?(?P<p1>P)")
def _this_part(found: list[Token], m: re.Match[str]) -> Expression | None:
    part = at(found, m, "p") or at(found, m, "p1")
    assert part
    heads = found[m.start("dir") : m.end("dir")] if m.group("dir") else []
    return say(m, "calendar", part=PARTS[part.word], direction=direction_of(heads), unit="D")


@rule(r"T?(?P<n>_)(?P<e>U)(?:'?_?_?)")
def _new_year(found: list[Token], m: re.Match[str]) -> Expression | None:
    if found[m.start("n")].word != "new" or found[m.start("e")].word != "year":
        return None
    end = m.start("e") + 1
    rest = [t.word for t in found[end : end + 3]]
    eve = False
    if rest[:1] and rest[0] in ("'s", "’s", "'", "’"):
        if rest[1:2] == ["eve"]:
            eve, end = True, end + 2
        elif rest[1:2] == ["day"]:
            end += 2
        else:
            return None
    elif found[m.start()].code != "T":
        return None
    return Expression(
        m.start(), end, "calendar", month=12 if eve else 1, day=31 if eve else 1, direction="" if eve else "newyear"
    )


@rule(r"_U?(?:,?Y)?")
def _holiday(found: list[Token], m: re.Match[str]) -> Expression | None:
    word = found[m.start()].word
    if word not in ("christmas", "xmas"):
        return None
    end, eve = m.end(), False
    year = int(found[end - 1].value) if found[end - 1].code == "Y" else None
    if year is None:
        following = found[m.start() + 1].word if m.start() + 1 < len(found) else ""
        eve = following == "eve"
        end = m.start() + 1 + (following in ("day", "eve"))
    return Expression(m.start(), end, "calendar", month=12, day=24 if eve else 25, year=year)


@rule(r"(?:To|TG)U")
def _nth_day(found: list[Token], m: re.Match[str]) -> Expression | None:
    """The same day; the second day."""
    heads, unit = found[m.start() : m.end() - 1], found[m.end() - 1].word
    if direction_of(heads) != "that":
        return None
    return say(m, "unit", unit=unit_of(unit), direction="that")


@rule(r"(?P<y>Y)(?P<z>z)|O?(?P<y2>Y)(?=\(Yz)")
def _wire_clock(found: list[Token], m: re.Match[str]) -> Expression | None:
    """1645 GMT: the clock as wire services write it."""
    token = at(found, m, "y") or at(found, m, "y2")
    assert token
    hour, minute = divmod(int(token.value), 100)
    if hour > 24 or minute > 59:
        return None
    start = m.start("y") if m.group("y") else m.start("y2")
    return Expression(start, m.end(), "clock", clock=f"{hour:02d}:{minute:02d}")


@rule(r"(?:(?P<c>c)(?P<p>p)?|(?P<d>d)(?P<p2>p))(?P<z>z)?")
def _clock(found: list[Token], m: re.Match[str]) -> Expression | None:
    token = at(found, m, "c") or at(found, m, "d")
    meridiem = at(found, m, "p") or at(found, m, "p2")
    assert token
    parts = token.word.split(":")
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    if hour > 24 or minute > 59:
        return None
    if meridiem and hour <= 12:
        hour = hour % 12 + (12 if meridiem.word.startswith("p") else 0)
    return say(m, "clock", clock=f"{hour:02d}:{minute:02d}")
