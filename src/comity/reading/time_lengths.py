"""Rules for units (this week, the third quarter), durations, steps from a date, and what is vague or repeated."""

from __future__ import annotations

import re

from comity.reading.dates_in_words import WEEKDAYS
from comity.reading.time_expression import Expression, at, direction_of, rule, say
from comity.reading.time_lexicon import REFS, SEASONS, SETS, Token, unit_of


@rule(
    r"(?:(?P<dir0>T?[HLX])(?P<u0>U)')?(?:T|a)?(?P<y0>Y)?(?P<adj>_(?=o))?(?P<f>f-?)?(?P<o>o)-?(?P<q>Q)"
    r"(?:(?:F|,)?(?P<y>Y)|F?(?P<dir>T?[HLXG])(?P<u>U))?"
)
def _quarter(found: list[Token], m: re.Match[str]) -> Expression | None:
    nth, unit = at(found, m, "o"), at(found, m, "q")
    assert nth
    assert unit
    number = int(nth.value)
    year = at(found, m, "y") or at(found, m, "y0")
    direction = "this" if m.group("f") else ""
    for dirs, units in (("dir0", "u0"), ("dir", "u")):
        said = at(found, m, units)
        if said is not None:
            if said.word != "year":
                return None
            direction = direction_of(found[m.start(dirs) : m.end(dirs)])
    start = m.start()
    if m.group("adj") and found[start].code == "_":
        start = m.start("o")
    fields: dict[str, object] = {"quarter": number} if unit.word == "quarter" else {"half": number}
    if number > (4 if unit.word == "quarter" else 2) or number < 1:
        return None
    return Expression(
        start,
        m.end(),
        "calendar",
        year=int(year.value) if year else None,
        direction=direction,
        **fields,  # type: ignore[arg-type]
    )


@rule(r"(?:T|H|G|TL|TV|T_|TY|TU-A|TU-R|TR|T_U-[AR])(?P<q>Q|k)(?:TU(?=_*A)|aUA|LU)?")
def _the_quarter(found: list[Token], m: re.Match[str]) -> Expression | None:
    """The quarter; the latest period; the year-ago quarter; the 1988 period."""
    unit = at(found, m, "q")
    assert unit
    words = [t.word for t in found[m.start() : m.end()]]
    if unit.word not in ("quarter", "period"):
        return None
    if found[m.start() + 1].code == "_" and words[1] not in ("latest", "corresponding", "comparable", "current"):
        return None
    if unit.word == "period" and len(words) == 2:
        return None
    year = next((int(t.value) for t in found[m.start() : m.end()] if t.code == "Y"), None)
    back = any(w in words for w in ("ago", "earlier", "last", "corresponding", "comparable"))
    direction = "this" if "current" in words else "latest" if words[1] == "latest" else "that"
    if direction == "this":
        return say(m, "unit", unit="Q", direction="this") if unit.word == "quarter" else None
    return say(m, "unit", unit="Q", direction=direction, year=year, sign=-1 if back else 0)


@rule(r"(?:(?:[RE]_?)?(?=[HLXT]))?(?P<dir>T?[HLXGV]{1,2})(?P<u>[UQK])(?:-?(?P<e>e))?")
def _this_unit(found: list[Token], m: re.Match[str]) -> Expression | None:
    unit = at(found, m, "u")
    heads = found[m.start("dir") : m.end("dir")]
    assert unit
    direction = direction_of(heads)
    if not direction or unit.word == "half":
        return None
    letter = unit_of(unit.word)
    if unit.code == "K":
        return say(m, "calendar", weekend=True, direction=direction)
    if letter == "N":
        return say(m, "calendar", part="NI", direction=direction, unit="D")
    start = m.start()
    lead = found[start].word if start < m.start("dir") else ""
    if start + 1 < m.start("dir"):
        start, lead = m.start("dir"), ""
    relative = (
        "reference" if {t.word for t in heads} & {"following", "previous", "preceding", "succeeding", "ensuing"} else ""
    )
    if found[m.start("dir")].code == "T" and direction == "next":
        relative = "reference"
    return Expression(
        start,
        m.end(),
        "unit",
        unit=letter,
        direction=direction,
        anchor=relative,
        edge=lead if lead in ("earlier", "later") else "",
    )


@rule(r"T(?P<u>[UK])(?![l_]?A)")
def _the_unit(found: list[Token], m: re.Match[str]) -> Expression | None:
    unit = at(found, m, "u")
    assert unit
    if unit.code == "K":
        return say(m, "calendar", weekend=True)
    if unit.word not in ("year", "month", "week"):
        return None
    after = found[m.end()] if m.end() < len(found) else None
    if after is not None and after.word in ("ended", "ending"):
        return say(m, "duration", unit=unit_of(unit.word), amount=1.0)
    if after is not None and after.word == "of":
        return None
    before = found[m.start() - 1] if m.start() else None
    if before is None or before.code not in "OFN" or before.word in ("and", "or"):
        return None
    return say(m, "unit", unit=unit_of(unit.word), direction="the")


@rule(r"(?:f|Tf|Tff?)U(?:L|e)?")
def _full_year(found: list[Token], m: re.Match[str]) -> Expression | None:
    words = [t.word for t in found[m.start() : m.end()]]
    if "year" not in words or words[0] != "the":
        return None
    after = found[m.end()] if m.end() < len(found) else None
    if after is not None and after.word in ("ended", "ending"):
        return say(m, "duration", unit="Y", amount=1.0)
    return say(m, "unit", unit="Y", direction="the")


@rule(r"f(?P<y>Y)")
def _fiscal_year(found: list[Token], m: re.Match[str]) -> Expression | None:
    return say(m, "calendar", year=int(found[m.start("y")].value))


@rule(r"(?:U-|U'-?)(?P<e>e)")
def _year_end(found: list[Token], m: re.Match[str]) -> Expression | None:
    if found[m.start()].word != "year" or found[m.end() - 1].word != "end":
        return None
    return say(m, "unit", unit="Y", direction="the", edge="end")


@rule(r"T?U-[AR](?!k|Q)")
def _year_ago(found: list[Token], m: re.Match[str]) -> Expression | None:
    """Year-ago, year-earlier: as an adjective."""
    words = [t.word for t in found[m.start() : m.end()]]
    if "year" not in words or words[-1] not in ("ago", "earlier"):
        return None
    start = m.end() - 3
    return Expression(start, m.end(), "step", amount=1.0, unit="Y", sign=-1, anchor="published")


_COUNT = r"(?:n|d|D|a?q(?:F)?|Y)"


@rule(
    r"(?P<about>j{1,3})?(?P<dir>(?:T|a|H|V)?[LXG]?|T?[LX]|a?_(?=[nd]))?(?:(?P<q1>n|d|D)(?:N|-)(?=n|d|D))?"
    r"(?P<n>n|d|D|Y|qF?|aqF?)(?:(?P<frac>d/d|NaQ|NQ))?-?(?:_(?=u))?(?P<u>[uU])(?:-?(?P<l>l))?(?P<half>NaQ)?"
    r"(?P<step>A|R|OV)?"
)
def _counted(found: list[Token], m: re.Match[str]) -> Expression | None:
    count, unit = found[m.start("n") : m.end("n")], at(found, m, "u")
    assert unit
    letter = unit_of(unit.word)
    after = found[m.end()] if m.end() < len(found) else None
    if letter == "Q" and (after is None or after.word == "of" or found[m.end("n")].word == "-"):
        return None  # a fraction
    if unit.code == "U" and letter in ("C", "L") and count[-1].code not in "nd":
        return None
    amount: float | None = count[0].value
    start = m.start()
    vague = any(t.code == "q" for t in count)
    if vague:
        amount = 2.0 if any(t.word == "couple" for t in count) else None
    if count[0].code == "Y" and unit.code == "U":
        return None
    first = at(found, m, "q1")
    if first is not None and not vague and amount is not None and first.value < amount:
        amount = first.value if found[m.start("q1") + 1].word in ("to", "-", "–") else amount
    if amount is not None and (m.group("half") or (m.group("frac") and "Q" in m.group("frac"))):
        halves = found[m.start("half" if m.group("half") else "frac") : m.end("half" if m.group("half") else "frac")]
        if halves[-1].word != "half":
            return None
        amount += 0.5
    elif amount is not None and m.group("frac"):
        over = found[m.start("frac") : m.end("frac")]
        if not over[2].value:
            return None
        amount += over[0].value / over[2].value
    if m.group("l") and found[m.start("l")].word == "old" and unit.code == "u":
        return say(m, "age", unit=letter, amount=amount)
    heads = found[m.start("dir") : m.end("dir")] if m.group("dir") else []
    direction = direction_of(heads)
    if heads and heads[0].code == "_" and heads[0].word not in ("another", "additional", "extra", "further"):
        start, direction = m.start("n"), ""
    lead = found[m.start("about") : m.end("about")] if m.group("about") else []
    if lead and lead[-1].word in ("at", "some") and heads:
        return None
    step = at(found, m, "step")
    if step is not None:
        return _stepped(found, m, start, step, amount, letter)
    start = _lead_in(found, start)
    return Expression(start, m.end(), "duration", unit=letter, amount=amount, direction=direction)


def _stepped(
    found: list[Token], m: re.Match[str], start: int, step: Token, amount: float | None, letter: str
) -> Expression | None:
    after = found[m.end()] if m.end() < len(found) else None
    closed = after is None or after.code in ",.NO" or after.word in (";", ")", ":", "—", "that")
    duration = Expression(start, m.end() - 1, "duration", unit=letter, amount=amount)
    if step.word == "ago":
        return Expression(start, m.end(), "step", amount=amount, unit=letter, sign=-1, anchor="published")
    if step.code == "O":
        if step.word == "from" and found[m.end() - 1].word == "now":
            return Expression(start, m.end(), "step", amount=amount, unit=letter, sign=1, anchor="published")
        return Expression(start, m.end() - 2, "duration", unit=letter, amount=amount)
    if step.word in ("later", "afterwards", "afterward", "thereafter"):
        return Expression(start, m.end(), "step", amount=amount, unit=letter, sign=1, anchor="reference")
    if step.word in ("earlier", "previously"):
        return Expression(start, m.end(), "step", amount=amount, unit=letter, sign=-1, anchor="reference")
    if step.word == "before" and closed and after is not None and after.code != "O":
        return Expression(start, m.end(), "step", amount=amount, unit=letter, sign=-1, anchor="reference")
    return duration


@rule(r"(?P<about>j{1,3})?(?P<a>[aT]|a_)?(?P<u>U)(?P<half>NaQ)?(?P<step>A|R)?|(?P<half0>Q)a(?P<u0>U)(?P<step0>A|R)?")
def _a_unit(found: list[Token], m: re.Match[str]) -> Expression | None:
    """A year; about a week; half a century; a month ago; a year and a half."""
    unit = at(found, m, "u") or at(found, m, "u0")
    assert unit
    letter = unit_of(unit.word)
    amount = 1.0
    if m.group("half0"):
        if found[m.start()].word != "half":
            return None
        amount = 0.5
    else:
        heads = found[m.start("a") : m.end("a")] if m.group("a") else []
        if not heads or heads[0].code != "a":
            return None
        if len(heads) == 2 and heads[1].word not in ("full", "single", "whole", "mere", "further", "additional"):
            return None
        if m.group("half"):
            if found[m.end("half") - 1].word != "half":
                return None
            amount = 1.5
    step = at(found, m, "step") or at(found, m, "step0")
    if step is not None:
        return _stepped(found, m, m.start(), step, amount, letter)
    if unit.word in ("second", "night", "minute"):
        return None
    return Expression(_lead_in(found, m.start()), m.end(), "duration", unit=letter, amount=amount)


def _lead_in(found: list[Token], start: int) -> int:
    """Where "at least", "more than" begin; a lone "than" is no part of a length."""
    while found[start].word in ("than", "least", "most"):
        if start and found[start - 1].word in ("at", "more", "less", "fewer"):
            return start - 1
        start += 1
    return start


@rule(r"(?P<lead>[OFRVXN]|[HT](?:L|X|o)?|_)?(?P<u>u)(?:[NO](?P<u2>u))?(?P<step>A|R)?")
def _bare_plural(found: list[Token], m: re.Match[str]) -> Expression | None:
    """Within weeks; for centuries; years ago; recent months; in the coming days; weeks or months."""
    unit = at(found, m, "u")
    assert unit
    letter = unit_of(unit.word)
    step = at(found, m, "step")
    second = m.start("u2") if m.group("u2") else -1
    if second >= 0 and found[m.start("u") + 1].word != "or":
        return None
    start = m.start("u")
    lead = found[m.start("lead") : m.end("lead")] if m.group("lead") else []
    first = lead[0] if lead else None
    if step is not None and step.word in ("ago", "later", "earlier"):
        sign = 1 if step.word == "later" else -1
        anchor = "published" if step.word == "ago" else "reference"
        return Expression(start, m.end(), "step", amount=None, unit=letter, sign=sign, anchor=anchor)
    if step is not None:
        return None
    if first is None:
        return None
    if first.word in ("recent", "past"):
        return Expression(m.start(), m.end(), "duration", amount=None, unit=letter, direction="last")
    if first.code == "X" or (len(lead) == 2 and lead[1].code in "LX"):
        return Expression(m.start(), m.end(), "duration", amount=None, unit=letter, direction=direction_of(lead))
    if first.word == "these" and letter == "D":
        return say(m, "ref", value="PRESENT_REF")
    if first.word in ("in", "for", "within", "over", "after"):
        return Expression(start, m.end(), "duration", amount=None, unit=letter)
    return None


@rule(r"T?o(?P<n>n|d)?(?P<u>u)|T(?P<n2>n|d)(?P<u2>u)")
def _first_units(found: list[Token], m: re.Match[str]) -> Expression | None:
    """The first nine months; the six months."""
    unit, count = at(found, m, "u") or at(found, m, "u2"), at(found, m, "n") or at(found, m, "n2")
    assert unit
    if count is None:
        return None
    return say(m, "duration", unit=unit_of(unit.word), amount=count.value, direction="the")


_FUTURE_LEADS = frozenset({"the", "in", "near", "foreseeable", "distant", "any", "no"})


@rule(r"(?:_(?=V))?(?P<v>V)")
def _vague(found: list[Token], m: re.Match[str]) -> Expression | None:
    i = m.start("v")
    token = found[i]
    before = found[i - 1].word if i else ""
    after = found[i + 1].word if i + 1 < len(found) else ""
    start = i
    if before in ("right", "until", "till", "just") and token.word == "now":
        start = i - 1 if before == "right" else i
    if before in ("more", "most", "very", "only", "until") and token.word == "recently" and before != "until":
        start = i - 1
    if token.word == "soon" and (
        before in ("as", "so", "too", "how", "sooner") or after in ("after", "afterwards", "as", "became")
    ):
        return None
    if token.word == "former":
        return Expression(i, i + 1, "ref", value="PAST_REF", edge="history")
    if token.word == "future" and before not in _FUTURE_LEADS:
        return Expression(i, i + 1, "ref", value="FUTURE_REF", edge="history")
    if token.word == "soon":
        return Expression(i, i + 1, "ref", value="FUTURE_REF", edge="news")
    if token.word == "future" and (
        before not in ("the", "in", "near", "foreseeable", "distant", "any", "no") or after == "of"
    ):
        return None
    if token.word == "shortly" and after in ("after", "before", "afterwards", "thereafter"):
        return None
    if token.word == "now" and after == "that":
        return None
    if token.word == "future" and before == "the":
        start = i - 1
    if before in ("near", "foreseeable", "distant"):
        start = i - 2 if i >= 2 and found[i - 2].code == "T" else i - 1
    return Expression(start, i + 1, "ref", value=REFS[token.word])


@rule(r"T?L(?![UuWMmSsKPnQqdDkt])")
def _the_past(found: list[Token], m: re.Match[str]) -> Expression | None:
    if [t.word for t in found[m.start() : m.end()]] != ["the", "past"]:
        return None
    before = found[m.start() - 1].word if m.start() else ""
    return say(m, "ref", value="PAST_REF") if before in ("in", "of", "from", "over", "on", "with") else None


@rule(r"_|G|T_|TV")
def _idiom(found: list[Token], m: re.Match[str]) -> Expression | None:
    """The present; at present; sets in one word."""
    words = [t.word for t in found[m.start() : m.end()]]
    if words[-1] in SETS and len(words) == 1:
        if words[0] == "annual":
            return None
        return say(m, "set", value=SETS[words[0]])
    return None


@rule(r"i(?:o)?(?P<x>[UWMmSs])|(?P<w>_)")
def _every(found: list[Token], m: re.Match[str]) -> Expression | None:
    token = at(found, m, "x")
    if token is None:
        word = found[m.start()].word
        if word.endswith("days") and word[:-1] in WEEKDAYS:
            return say(m, "set", value=f"XXXX-WXX-{WEEKDAYS[word[:-1]] + 1}")
        return None
    if found[m.start()].word == "per" and token.code != "U":
        return None
    if token.code == "U":
        letter = unit_of(token.word)
        every = {"D": "XXXX-XX-XX", "Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX"}
        rate = {"D": "P1D", "Y": "P1Y", "M": "P1M", "W": "P1W", "H": "PT1H"}
        value = (rate if found[m.start()].word in ("per", "each") else every).get(letter) or rate.get(letter)
        return say(m, "set", value=value) if value else None
    if token.code == "W":
        return say(m, "set", value=f"XXXX-WXX-{int(token.value) + 1}")
    if token.code in "Mm":
        return say(m, "set", value=f"XXXX-{int(token.value):02d}")
    return say(m, "set", value=f"XXXX-{SEASONS[token.word]}")
