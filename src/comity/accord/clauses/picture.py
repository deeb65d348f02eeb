"""The timeline of a clause: its deadline as a bar and its scenarios as rows of lettered marks, in one SVG.

Marks carry letters and rows carry words: nothing rests on colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from comity.accord.clauses.facts import Fact
from comity.accord.clauses.paraphrase import Paraphrase, sentence
from comity.accord.clauses.scenarios import Outcome, Scenario
from comity.accord.clauses.tree import Arg, Happens

WIDTH, LEFT, RIGHT, ROW = 760, 16, 130, 44
_MARKS = {Outcome.FULFILS: "✓", Outcome.BREACHES: "✗", Outcome.FREE: "–"}


def fact_words(paraphrase: Paraphrase, fact: Fact) -> str:
    """A fact in words.

    Its values are names, so no variable of a clause can be meant.
    """
    words = paraphrase.event(Happens(fact.kind, tuple(Arg(value, "text") for _, value in fact.arguments)))
    return words + (f" ({fact.count})" if fact.count > 1 else "")


def letters(scenarios: Sequence[Scenario]) -> dict[tuple[str, tuple[tuple[str, str], ...]], str]:
    """A letter for every fact that the scenarios of a clause are made of, in order of first appearance."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
    for scenario in scenarios:
        for fact in scenario.facts:
            key = (fact.kind, fact.arguments)
            found.setdefault(key, chr(ord("A") + len(found) % 26))
    return found


def timeline(
    title: str, scenarios: Sequence[Scenario], paraphrase: Paraphrase, window: tuple[int, int] | None = None
) -> str:
    """The SVG of a clause's scenarios. Days are counted from the first day shown; dates stand below the axis."""
    if not scenarios:
        return _svg(40, title, [_text(LEFT, 26, f"{title}: not monitored, so nothing to draw")])
    days = [fact.day for s in scenarios for fact in s.facts] + [s.trigger for s in scenarios]
    begin = max(0, min(days) - 1)
    end = max([*days, begin + 4]) + 1
    unit = (WIDTH - LEFT - RIGHT) / (end - begin)
    marks = letters(scenarios)
    parts = [_text(LEFT, 22, title, weight="bold")]
    y = 52.0
    for scenario in scenarios:
        parts.append(_line(LEFT, y, LEFT + unit * (end - begin), y))
        if window and window[1]:
            since, until = (scenario.trigger + edge - begin for edge in window)
            if until < end - begin:
                parts.append(_bar(LEFT + unit * since, y, unit * (until + 1 - since)))
        parts.append(_text(LEFT, y - 14, scenario.name, size=12))
        parts.append(_text(WIDTH - RIGHT + 12, y + 5, f"{_MARKS[scenario.outcome]} {scenario.outcome.value}", size=13))
        on_day: dict[int, int] = {}
        for fact in scenario.facts:
            before = on_day.get(fact.day, 0)
            on_day[fact.day] = before + 1
            x = LEFT + unit * (fact.day - begin + 0.5) + 18 * before
            parts.append(_mark(x, y, marks[fact.kind, fact.arguments]))
        y += ROW
    y -= ROW - 26
    step = max(1, -(-(end - begin) // 5))
    for day in range(begin, end, step):
        x = LEFT + unit * (day - begin + 0.5)
        parts.append(_line(x, y - 6, x, y))
        parts.append(
            _text(x, y + 13, scenarios[0].shown_day(day), size=11, anchor="middle" if day > begin else "start")
        )
    y += 36
    if window and window[1]:
        low, high = window
        words = f"Bar: from day {low} to day {high} after the day that sets it off."
        parts.append(_text(LEFT, y, words, size=12))
        y += 20
    for (kind, arguments), letter in marks.items():
        words = sentence(fact_words(paraphrase, Fact(0, kind, arguments)))
        parts.append(_mark(LEFT + 8, y - 4, letter))
        parts.append(_text(LEFT + 24, y, words, size=12))
        y += 20
    return _svg(int(y), title, parts)


def _svg(height: int, title: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="sans-serif" fill="currentColor" stroke="none">\n<title>{escape(title)}</title>\n{body}\n</svg>\n'
    )


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _text(x: float, y: float, words: str, *, size: int = 14, weight: str = "normal", anchor: str = "start") -> str:
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{size}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    places = f'x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}"'
    return f'<line {places} stroke="currentColor" stroke-opacity="0.5"/>'


def _bar(x: float, y: float, width: float) -> str:
    places = f'x="{_number(x)}" y="{_number(y - 4)}" width="{_number(width)}" height="8"'
    return f'<rect {places} fill="currentColor" fill-opacity="0.15"/>'


def _mark(x: float, y: float, letter: str) -> str:
    return (
        f'<g transform="translate({_number(x)} {_number(y)})"><circle r="8" fill="none" stroke="currentColor"/>'
        f'<text y="4" font-size="11" text-anchor="middle">{letter}</text></g>'
    )
