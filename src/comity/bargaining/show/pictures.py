"""Pictures as plain SVG: no script, no outside load, one grey scale for all parties."""

from __future__ import annotations

from html import escape
from math import cos, pi, sin

from comity.bargaining.conflict import Stability
from comity.bargaining.pareto import Frontier
from comity.words import NegotiationModel

_SIDE, _EDGE = 360, 48
_MOST_POINTS = 3000


def plane(frontier: Frontier, model: NegotiationModel, first: int = 0, second: int = 1) -> str:
    """The points of two parties in their own units. Every so many where there are too many to draw."""
    names = [model.party(party).name for party in frontier.parties]
    rows = [(p.utilities[first], p.utilities[second]) for p in frontier.points[:: _stride(len(frontier.points))]]
    if not rows:
        return ""
    xs, ys = _Scale([x for x, _ in rows]), _Scale([y for _, y in rows])
    dots = "".join(
        f'<circle cx="{_EDGE + xs(x):.1f}" cy="{_EDGE + _SIDE - ys(y):.1f}" r="3" fill="#333" fill-opacity="0.6"/>'
        for x, y in rows
    )
    size = _SIDE + 2 * _EDGE
    low_x, high_x = min(x for x, _ in rows), max(x for x, _ in rows)
    low_y, high_y = min(y for _, y in rows), max(y for _, y in rows)
    labels = (
        _text(size / 2, size - 8, names[first])
        + _text(14, size / 2, names[second], f' transform="rotate(-90 14 {size / 2:g})"')
        + _text(_EDGE, size - 26, f"{low_x:.6g}")
        + _text(_EDGE + _SIDE, size - 26, f"{high_x:.6g}")
        + _text(30, _EDGE + _SIDE, f"{low_y:.6g}")
        + _text(30, _EDGE + 4, f"{high_y:.6g}")
    )
    frame = f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>'
    title = f"{names[first]} and {names[second]}: {len(rows)} points of the frontier"
    return _svg(size, size, title, frame + dots + labels)


def parallel(frontier: Frontier, model: NegotiationModel) -> str:
    """One axis a party, one line a point; each axis runs from the least to the most on the frontier."""
    names = [model.party(party).name for party in frontier.parties]
    rows = [p.utilities for p in frontier.points[:: _stride(len(frontier.points))]]
    if not rows or len(names) < 2:
        return ""
    scales = [_Scale([row[p] for row in rows]) for p in range(len(names))]
    width = _EDGE * 2 + _SIDE * (len(names) - 1) // 2
    height = _SIDE + 2 * _EDGE
    at = [_EDGE + (width - 2 * _EDGE) * p / (len(names) - 1) for p in range(len(names))]
    lines = "".join(
        '<polyline fill="none" stroke="#333" stroke-opacity="0.35" points="'
        + " ".join(f"{at[p]:.1f},{_EDGE + _SIDE - scales[p](value):.1f}" for p, value in enumerate(row))
        + '"/>'
        for row in rows
    )
    axes = "".join(
        f'<line x1="{x:.1f}" y1="{_EDGE}" x2="{x:.1f}" y2="{_EDGE + _SIDE}" stroke="#888"/>'
        + _text(x, height - 26, f"{min(row[p] for row in rows):.6g}")
        + _text(x, _EDGE - 6, f"{max(row[p] for row in rows):.6g}")
        + _text(x, height - 8, names[p])
        for p, x in enumerate(at)
    )
    return _svg(width, height, f"{len(rows)} points of the frontier, one axis a party", lines + axes)


def graph(result: Stability, model: NegotiationModel) -> str:
    """The states listed, on a circle, with the moves of the paths that lead to them from the status quo."""
    walked = [] if result.status_quo is None else [result.status_quo]
    walked += [held.state for held in result.states]
    walked += [move.state for held in result.states for move in held.path or ()]
    states = list({state.options: state for state in walked}.values())
    if not states:
        return ""
    size = _SIDE + 4 * _EDGE
    middle, radius = size / 2, _SIDE / 2
    place = {
        state.options: (
            middle + radius * sin(2 * pi * k / len(states)),
            middle - radius * cos(2 * pi * k / len(states)),
        )
        for k, state in enumerate(states)
    }
    arrows = {}
    for stable in result.states:
        start = result.status_quo
        for move in stable.path or ():
            if start is not None:
                arrows[start.options, move.state.options] = move.party
            start = move.state
    drawn = ""
    for (before, after), party in arrows.items():
        (x1, y1), (x2, y2) = place[before], place[after]
        drawn += f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#555" marker-end="url(#tip)"/>'
        drawn += _text((x1 + x2) / 2, (y1 + y2) / 2, model.party(party).name)
    held = {stable.state.options for stable in result.states}
    for number, state in enumerate(states, 1):
        x, y = place[state.options]
        fill = "#fff" if state.options not in held else "#ccc"
        drawn += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="14" fill="{fill}" stroke="#333"/>' + _text(
            x, y + 4, str(number)
        )
    tip = (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="20" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>'
    )
    return _svg(size, size, "States that hold (grey) and the moves that lead to them", tip + drawn)


def _stride(count: int) -> int:
    return max(1, -(-count // _MOST_POINTS))


class _Scale:
    def __init__(self, values: list[float]) -> None:
        self.low, self.width = min(values), (max(values) - min(values)) or 1.0

    def __call__(self, value: float) -> float:
        return (value - self.low) / self.width * _SIDE


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="middle"{more}>{escape(text)}</text>'


def _svg(width: float, height: float, title: str, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" font-family="sans-serif">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )
