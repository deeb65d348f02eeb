"""An accord watched, as one self-contained HTML page in the look of the brief: no outside loads, no script needed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from comity import __version__
from comity.desk.parts.phrases import long_date
from comity.desk.report.clean import clean
from comity.desk.report.html import _asset, _policy
from comity.desk.report.watch_words import MARKS, WORDS, bound, days_of, worst
from comity.desk.watching import ORDER, Line, Watch
from comity.words import Compliance, Finding, Incident

MOST_BARS = 420


class Told(NamedTuple):
    """Findings that are told together: the columns whose marks open them, in words, and (start, end, finding, ids)."""

    columns: list[int]
    label: str
    runs: list[tuple[date, date, Finding, list[str]]]


def render(watch: Watch) -> str:
    """The page. Every mark in the table opens its finding; every finding opens the incidents it rests on."""
    style = _asset("brief.css") + _asset("watch.css")
    held = {i.id: i for i in watch.incidents}
    cited = list(
        dict.fromkeys(
            name
            for w in watch.clauses
            for line in w.lines
            for cell in line.cells
            for run in cell
            for name in run.finding.incidents
            if name in held
        )
    )
    return _template().render(
        watch=watch, marks=MARKS, words=WORDS, order=ORDER, worst=worst, bound=lambda b: bound(b, watch.accord),
        days_of=days_of, long_date=long_date, cited=[held[n] for n in cited], held=held, when=_when,
        charts=_charts(watch), version=__version__, css=Markup(style), csp=_policy(style, ""),
        told=lambda line: _told(watch, line), name=lambda value: dict(watch.accord.names).get(value, value),
        quote=_quote,
    )  # fmt: skip


def _told(watch: Watch, line: Line) -> list[Told]:
    """The findings of a line, period by period; plain compliance in periods that follow each other is told once."""
    found = list[Told]()
    for k, cell in enumerate(line.cells, 1):
        if not cell:
            continue
        label = watch.periods[k - 1].label
        runs = [(run.start, run.end, run.finding, list(run.finding.incidents)) for run in cell]
        before = found[-1] if found else None
        if before and before.columns[-1] == k - 1 and _kept(before.runs) and _kept(runs):
            start, _, finding, ids = before.runs[0]
            more = [i for i in runs[0][3] if i not in ids]
            since = before.label.partition(" to ")[0]
            found[-1] = Told([*before.columns, k], f"{since} to {label}", [(start, runs[0][1], finding, ids + more)])
        else:
            found.append(Told([k], label, runs))
    return found


def _kept(runs: list[tuple[date, date, Finding, list[str]]]) -> bool:
    return len(runs) == 1 and runs[0][2].verdict is Compliance.COMPLIED


def _quote(incident: Incident) -> str:
    return incident.passage.quote if incident.passage else incident.quote


def _when(incident: Incident) -> str:
    return days_of(incident.earliest, incident.latest)


def _charts(watch: Watch) -> list[tuple[str, Markup, int, int]]:
    """For each zone a picture of incidents per day, certain ones filled and possible ones outlined, and the totals."""
    by_zone: dict[str, dict[date, tuple[int, int]]] = defaultdict(dict)
    for day, zone, sure, maybe in watch.violations:
        by_zone[zone][day] = (sure, maybe)
    if not watch.periods:
        return []
    start, end = watch.periods[0].start, watch.periods[-1].end
    start = max(start, end - timedelta(days=MOST_BARS - 1))
    most = max((s + m for days in by_zone.values() for s, m in days.values()), default=1)
    found = []
    names = {z.id: z.name for z in watch.accord.zones}
    for zone in sorted(by_zone):
        days = by_zone[zone]
        length, bars = (end - start).days + 1, []
        for day, (sure, maybe) in sorted(days.items()):
            x = (day - start).days
            if x < 0:
                continue
            high, more = 40 * sure / most, 40 * maybe / most
            title = f"{day:%Y-%m-%d}: {sure} certain, {maybe} possible"
            bars.append(
                Markup('<g><title>{}</title><rect class="sure" x="{}" y="{:.1f}" width=".86" height="{:.1f}"/>'
                '<rect class="maybe" x="{}" y="{:.1f}" width=".86" height="{:.1f}"/></g>').format(
                    title, x, 42 - high, high, x, 42 - high - more, more
                )
            )  # fmt: skip
        label = f"Incidents per day, {names.get(zone, zone) or 'no zone'}, {start:%Y-%m-%d} to {end:%Y-%m-%d}"
        picture = Markup(
            '<svg class="bars" role="img" aria-label="{}" viewBox="0 0 {} 43" preserveAspectRatio="none">{}'
            '<line x1="0" x2="{}" y1="42.5" y2="42.5"/></svg>'
        ).format(label, length, Markup("").join(bars), length)
        picture += Markup('<p class="axis" aria-hidden="true"><span>{}</span><span>{}</span></p>').format(
            f"{start.day} {start:%B %Y}", f"{end.day} {end:%B %Y}"
        )
        totals = (sum(s for s, _ in days.values()), sum(m for _, m in days.values()))
        found.append((names.get(zone, zone) or "no zone named", picture, *totals))
    return found


def _finalize(value: object) -> object:
    return clean(value) if type(value) is str else value


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_finalize, keep_trailing_newline=True
    )
    return environment.from_string(_asset("watch.html.j2"))
