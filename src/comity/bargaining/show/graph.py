"""The graph of a conflict as SVG: states in columns by how many improvements lead there, arrows for improvements."""

from __future__ import annotations

from string import ascii_lowercase

from markupsafe import Markup

from comity.bargaining.conflict import Stability
from comity.bargaining.show.markup import el, joined
from comity.bargaining.show.pictures import svg
from comity.words import Package

_WIDE, _HIGH, _RADIUS = 190.0, 74.0, 17.0

States = dict[tuple[str, ...], int]


def numbered(result: Stability) -> list[Package]:
    """The states that picture and table show, in the order of their numbers (from 1)."""
    walked = [] if result.status_quo is None else [result.status_quo]
    walked += [place.state for place in result.reached]
    walked += [held.state for held in result.states]
    return list({state.options: state for state in walked}.values())


def graph(result: Stability) -> Markup:
    """States as circles with their numbers: a double ring where one is an equilibrium, a square for the status quo.

    Arrows bear the mover's letter: the first decision maker is a. Empty where there are too many states to draw, or no
    improvements between them.
    """
    states = numbered(result)
    if not result.improvements or not states:
        return Markup("")
    numbers = {state.options: n for n, state in enumerate(states, 1)}
    after = {place.state.options: place.moves for place in result.reached}
    last = max(after.values(), default=-1) + 1
    columns: dict[int, list[tuple[str, ...]]] = {}
    for options in numbers:
        columns.setdefault(after.get(options, last), []).append(options)
    deepest = max(map(len, columns.values()))
    order = sorted(columns)
    place = {
        options: (60 + _WIDE * x, 60 + _HIGH * (y + (deepest - len(columns[c])) / 2) + (26 if x % 2 else 0))
        for x, c in enumerate(order)
        for y, options in enumerate(columns[c])
    }
    letters = dict(zip(result.decision_makers, ascii_lowercase, strict=False))
    arcs: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for move in result.improvements:
        arcs.setdefault((move.before.options, move.after.options), []).append(letters[move.party])
    lines, nodes, labels = [_arrow_head()], [], []
    for (before, to), movers in arcs.items():
        line, label = _arc(place[before], place[to], ", ".join(movers))
        lines.append(line)
        labels.append(label)
    held = {stable.state.options for stable in result.states}
    quo = None if result.status_quo is None else result.status_quo.options
    for options, number in numbers.items():
        nodes.append(_node(*place[options], str(number), ring=options in held, square=options == quo))
    width = 120 + _WIDE * (len(order) - 1)
    height = 120 + _HIGH * (deepest - 1) + (26 if len(order) > 1 else 0)
    return svg(width, height, "States and the improvements between them", joined(lines + nodes + labels))


def _arrow_head() -> Markup:
    tip = el("path", d="M0 0L9 4.5L0 9z", fill="currentColor", fill_opacity=0.65)
    return el(
        "defs",
        el(
            "marker",
            tip,
            id="tip",
            viewBox="0 0 9 9",
            refX="8",
            refY="4.5",
            markerWidth="9",
            markerHeight="9",
            orient="auto",
        ),
    )


def _arc(start: tuple[float, float], end: tuple[float, float], movers: str) -> tuple[Markup, Markup]:
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    bend = 0.3 * length if abs(dx) < 1 else 0.12 * length
    mx, my = (x1 + x2) / 2 - dy / length * bend, (y1 + y2) / 2 + dx / length * bend

    def edge(x: float, y: float) -> tuple[float, float]:
        vx, vy = mx - x, my - y
        far = (vx * vx + vy * vy) ** 0.5 or 1.0
        return x + vx / far * (_RADIUS + 5), y + vy / far * (_RADIUS + 5)

    (ax, ay), (bx, by) = edge(x1, y1), edge(x2, y2)
    path = f"M{ax:.1f} {ay:.1f}Q{mx:.1f} {my:.1f} {bx:.1f} {by:.1f}"
    line = el("path", d=path, fill="none", stroke="currentColor", stroke_opacity=0.55, marker_end="url(#tip)")
    tx, ty = (ax + 2 * mx + bx) / 4, (ay + 2 * my + by) / 4
    label = el(
        "text",
        movers,
        x=tx,
        y=ty + 4,
        font_size=12,
        font_style="italic",
        text_anchor="middle",
        class_="halo",
        fill="currentColor",
    )
    return line, label


def _node(x: float, y: float, number: str, *, ring: bool, square: bool) -> Markup:
    look = {"class_": "paper", "fill": "white", "stroke": "currentColor", "stroke_width": "1.4"}
    if square:
        side = 2 * _RADIUS
        shape = el("rect", x=x - _RADIUS, y=y - _RADIUS, width=side, height=side, **look)
        inner = el("rect", x=x - _RADIUS + 4, y=y - _RADIUS + 4, width=side - 8, height=side - 8, **look)
    else:
        shape = el("circle", cx=x, cy=y, r=_RADIUS, **look)
        inner = el("circle", cx=x, cy=y, r=_RADIUS - 4, **look)
    text = el("text", number, x=x, y=y + 4, font_size=12, font_weight="600", text_anchor="middle", fill="currentColor")
    return joined([shape, inner if ring else None, text])
