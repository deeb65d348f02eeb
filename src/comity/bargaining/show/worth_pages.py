"""Pages on preferences: frontier, solutions, a draft beside them, and what is known only in part."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from markupsafe import Markup

from comity.bargaining.pareto import Comparison, Frontier, FrontierPoint, Solution
from comity.bargaining.show.markup import el, joined, table
from comity.bargaining.show.page import Page, Part, cards, figure
from comity.bargaining.show.parts import Parts
from comity.bargaining.show.pictures import Dot, bar, parallel, plane
from comity.bargaining.uncertain import Doubt, Frequency

_ROWS = 200
_PRINCIPLES = {"nash": "Nash", "kalai-smorodinsky": "Kalai–Smorodinsky"}
_CARDS = 6


def frontier_page(parts: Parts, result: Frontier) -> Page:
    answer = f"{result.size:,} packages that no other betters for all, of {result.outcomes:,}."
    if any(result.lost):
        off = ", ".join(f"{parts.parties[p]} {lost:.6g}" for p, lost in zip(result.parties, result.lost, strict=True))
        answer += f" Not exact: a package that is not listed betters one listed by at most {off} at once."
    best = _bests(result)
    marks = {id(point): letter for point, letter in zip(best, ascii_uppercase, strict=False)}
    shown = [
        parts.point(f"{marks[id(point)]}. {_best_for(parts, result, point)}", point, result.parties)
        for point in best[:_CARDS]
    ]
    listed = [
        Part("picture", "Picture", _pictures(parts, result, [(p, marks.get(id(p), "")) for p in result.points])),
        Part("cards", "Each party’s best", cards(shown)),
        Part("points", "Packages", _points(parts, result, marks), full=True),
    ]
    return Page(parts.model.title, "Which packages no other betters for all", answer, tuple(listed), result.method)


def _bests(result: Frontier) -> list[FrontierPoint]:
    """For every party the point listed that is best for it, each once."""
    found: list[FrontierPoint] = []
    for p in range(len(result.parties)):
        best = max(result.points, key=lambda point: point.utilities[p])
        if not any(best is point for point in found):
            found.append(best)
    return found


def _best_for(parts: Parts, result: Frontier, point: FrontierPoint) -> str:
    names = [
        parts.parties[party]
        for p, party in enumerate(result.parties)
        if point.utilities[p] == max(other.utilities[p] for other in result.points)
    ]
    return f"Best for {' and '.join(names)}"


def _floors(parts: Parts, parties: Sequence[str]) -> list[float | None]:
    held = [parts.model.preference(party) for party in parties]
    return [None if preference is None else preference.reservation for preference in held]


def _pictures(
    parts: Parts, result: Frontier, points: Sequence[tuple[FrontierPoint, str]], more: Sequence[Dot] = ()
) -> Markup:
    names = [parts.parties[party] for party in result.parties]
    dots = [Dot(point.utilities, mark, bool(point.below)) for point, mark in points] + list(more)
    floors = _floors(parts, result.parties)
    told = "Values are in each party’s own units."
    if any(dot.hollow for dot in dots):
        told += " Hollow or dashed: below some party’s alternative to a deal."
    if any(floor is not None for floor in floors):
        told += " Dashed straight lines: alternatives to a deal."
    if any(dot.mark for dot in dots):
        told += " Letters are explained beside the cards."
    if result.size > len(result.points):
        told += f" The first {len(result.points):,} of {result.size:,} points are drawn."
    if len(names) == 1:
        return el("p", "One party: the frontier is its best package.")
    if len(names) == 2:
        return figure(plane(dots, names, 0, 1, floors), told)
    pairs = [(a, b) for a in range(len(names)) for b in range(a + 1, len(names))]
    small = el("div", joined(el("figure", plane(dots, names, a, b, floors)) for a, b in pairs[:10]), class_="pairs")
    lines = figure(parallel(dots, names), f"One axis a party, one line a package. {told}")
    return joined([lines, el("h3", "Party against party"), small])


def _points(parts: Parts, result: Frontier, marks: dict[int, str]) -> Markup:
    head = ["", *(issue.name for issue in parts.model.issues), *(parts.parties[party] for party in result.parties)]
    rows = [
        [
            f"{n}{' ' + marks[id(point)] if id(point) in marks else ''}",
            *(option for _, option in parts.settled(point.package)),
            *(f"{value:.6g}" for value in point.utilities),
        ]
        for n, point in enumerate(result.points[:_ROWS], 1)
    ]
    shown = len(rows)
    told = (
        f"The first {shown:,} of {result.size:,}, from the first party’s best down."
        if shown < result.size
        else ("From the first party’s best down.")
    )
    return table(head, rows, told, numbers=len(result.parties))


def solutions_page(parts: Parts, results: Sequence[Solution], listed: Frontier) -> Page:
    picked: dict[tuple[str, ...], str] = {}
    points: dict[tuple[str, ...], FrontierPoint] = {}
    why: dict[tuple[str, ...], list[str]] = {}
    for result in results:
        for point in result.points[:5]:
            key = point.package.options
            if key not in picked:
                picked[key] = ascii_uppercase[len(picked) % 26]
                points[key] = point
            why.setdefault(key, []).append(f"{_name(result)}: {result.measure}" + _ties(result))
    shown = [
        parts.point(f"{mark}. Picked by {_principles(why[key])}", points[key], listed.parties, why[key])
        for key, mark in picked.items()
    ]
    known = {point.package.options for point in listed.points}
    drawn = [(point, picked.get(point.package.options, "")) for point in listed.points]
    drawn += [(points[key], picked[key]) for key in picked if key not in known]
    head = ["Principle", "What it makes as large as possible", "Ties", "Package"]
    rows = [
        [_name(r), r.measure, str(r.ties), ", ".join(picked[p.package.options] for p in r.points[:5])] for r in results
    ]
    notes = list(dict.fromkeys(note for result in results for note in result.notes))
    body = [
        Part(
            "principles",
            "Principles",
            table(head, rows) + joined(el("p", f"{n[0].upper()}{n[1:]}.", class_="hint") for n in notes),
        ),
        Part("cards", "What they pick", cards(shown)),
        Part("picture", "On the frontier", _pictures(parts, listed, drawn)),
    ]
    answer = f"{len(results)} principles pick {len(picked)} package{'s' * (len(picked) != 1)}."
    return Page(parts.model.title, "Which package each principle picks", answer, tuple(body), results[0].method)


def _name(result: Solution) -> str:
    return _PRINCIPLES.get(result.principle, result.principle.capitalize())


def _principles(lines: Sequence[str]) -> str:
    return ", ".join(line.partition(":")[0] for line in lines)


def _ties(result: Solution) -> str:
    return f" ({result.ties} points tie)" if result.ties > 1 else ""


def compare_page(parts: Parts, result: Comparison, listed: Frontier) -> Page:
    name = result.package.name or "The package"
    notes = []
    if result.below:
        notes.append(f"Below the alternative to a deal: {', '.join(parts.parties[p] for p in result.below)}.")
    if result.crosses:
        notes.append(f"Crosses: {', '.join(result.crosses)}.")
    worth = parts.worth(result.parties, result.utilities)
    shown = [parts.card(f"A. {name}", result.package, worth=worth, notes=notes, more=parts.order(result.package))]
    if result.on_frontier:
        answer = f"{name}: no other package betters it for all."
    elif result.nearest is None:
        answer = f"{name}: no allowed package betters it for all, but it is not allowed itself."
    else:
        answer = f"{name}: other packages better it for all."
        shown.append(parts.point("B. Betters it most evenly", result.nearest, result.parties))
    body = [Part("cards", "Packages", cards(shown))]
    if result.trades:
        body.append(Part("trades", "Trades", _trades(parts, result)))
    drawn = [(point, "") for point in listed.points]
    if result.nearest is not None:
        drawn.append((result.nearest, "B"))
    own = Dot(result.utilities, "A", bool(result.below))
    body.append(Part("picture", "Beside the frontier", _pictures(parts, listed, drawn, [own])))
    return Page(parts.model.title, "How the draft compares", answer, tuple(body), result.method)


def _trades(parts: Parts, result: Comparison) -> Markup:
    rows = []
    for n, trade in enumerate(result.trades, 1):
        swaps = "; ".join(
            f"{parts.issues[s.issue].name}: {parts.option(s.issue, s.before)} → {parts.option(s.issue, s.after)}"
            for s in trade.swaps
        )
        rows.append([str(n), swaps, *(f"{gain:+.6g}" for gain in trade.gains)])
    head = ["", "Change", *(parts.parties[party] for party in result.parties)]
    told = "Fewest changes of the draft that leave nobody worse off and somebody better off; gains in own units."
    return table(head, rows, told, numbers=len(result.parties))


def doubt_page(parts: Parts, result: Doubt) -> Page:
    said = {True: "yes", False: "no", None: "not known: a ranking leaves it open"}
    answer = f"Some package is acceptable to all in {percent(result.agreement)} of draws."
    rows = [
        ["Possible for some preferences that fit what is known", said[result.possible]],
        ["One package acceptable whatever fits what is known", said[result.necessary]],
    ]
    options = []
    for issue, frequencies in result.options:
        head = el("h3", parts.issues[issue].name)
        shown = [[parts.option(issue, row.what), bar(row.share, row.error), percent(row)] for row in frequencies]
        options.append(head + table(["Option", "Share", ""], shown, numbers=1))
    made = [parts.card(percent(Frequency("", row.share, row.error)), row.package) for row in result.packages[:_CARDS]]
    orders = [[row.what, bar(row.share, row.error), percent(row)] for row in result.orders]
    body = [
        Part("agreement", "Agreement", table(["Question", "Answer"], rows)),
        Part("packages", "Packages that come out most often", cards(made)),
        Part("options", "Options", joined(options)),
        Part(
            "orders", "Parties by their share of what each could gain", table(["Order", "Share", ""], orders, numbers=1)
        ),
    ]
    if result.asking:
        body.append(Part("asking", "What to ask next", _asking(parts, result)))
    return Page(
        parts.model.title, "What can be said while preferences are known in part", answer, tuple(body), result.method
    )


def _asking(parts: Parts, result: Doubt) -> Markup:
    rows = []
    for row in result.asking[:10]:
        unknown = row.unknown
        what = f"{unknown.kind} of {parts.issues[unknown.issue].name}"
        if unknown.option:
            what += f", {parts.option(unknown.issue, unknown.option)}"
        rows.append([parts.parties[unknown.party], what, bar(row.effect), f"{row.effect:.3f}"])
    noise = result.asking[0].noise
    told = f"How far apart the answers lie where it is low and where it is high; near {noise:.3f} is noise."
    return table(["Party", "Unknown", "Effect", ""], rows, told, numbers=1)


def percent(row: Frequency) -> str:
    return f"{100 * row.share:.1f} % (± {100 * row.error:.1f})"
