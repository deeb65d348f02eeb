"""Pictures as plain SVG: no script, no outside load, one ink for all parties; letters mark what cards explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from markupsafe import Markup

from comity.bargaining.show.markup import el, joined

_EDGE, _MOST_POINTS = 52, 3000
_BESIDE = ((8, 15, "start"), (8, -6, "start"), (-8, 15, "end"), (-8, -6, "end"))
"""Where a mark stands beside its dot, by turns, so that neighbours do not cover each other."""


@dataclass(frozen=True)
class Dot:
    """A point with its values, one a party. `mark` is a letter or number beside it; `hollow` dots are below some
    party's alternative to a deal."""

    values: tuple[float, ...]
    mark: str = ""
    hollow: bool = False


class Axis:
    """From numbers to places; about five round ticks."""

    def __init__(self, values: Sequence[float], length: float) -> None:
        low, high = min(values), max(values)
        self.low, self.width, self.length = low, (high - low) or 1.0, length
        step = 10.0 ** floor(log10(self.width))
        while self.width / step < 3:
            step /= 2
        first = -(-low // step)
        self.ticks = [t * step for t in range(int(first), int(high // step) + 1)]

    def at(self, value: float) -> float:
        return (value - self.low) / self.width * self.length


def plane(dots: Sequence[Dot], names: Sequence[str], first: int, second: int, floors: Sequence[float | None]) -> Markup:
    """Two parties' values against each other, in their own units; dashed lines are their alternatives to a deal.

    Every so many dots where there are too many to draw; marked ones always.
    """
    if not dots:
        return Markup("")
    side = 380 if len(names) == 2 else 250
    shown = _thinned(dots)
    xs = _axis(dots, floors, first, side)
    ys = _axis(dots, floors, second, side)
    bottom, left = 12 + side, _EDGE
    drawn = [el("rect", x=left, y=12, width=side, height=side, fill="none", stroke="currentColor", stroke_opacity=0.3)]
    for tick in xs.ticks:
        x = left + xs.at(tick)
        drawn += [_line(x, bottom, x, bottom + 5, 0.5), _text(x, bottom + 18, f"{tick:.6g}")]
    for tick in ys.ticks:
        y = bottom - ys.at(tick)
        drawn += [_line(left - 5, y, left, y, 0.5), _text(left - 9, y + 4, f"{tick:.6g}", anchor="end")]
    for axis, low, upright in ((xs, floors[first], True), (ys, floors[second], False)):
        if low is not None and axis.low <= low <= axis.low + axis.width:
            place = axis.at(low)
            if upright:
                drawn.append(_line(left + place, 12, left + place, bottom, 0.6, dash="4 4"))
            else:
                drawn.append(_line(left, bottom - place, left + side, bottom - place, 0.6, dash="4 4"))
    marks: list[Markup] = []
    for dot in shown:
        x, y = left + xs.at(dot.values[first]), bottom - ys.at(dot.values[second])
        tip = el("title", ", ".join(f"{name} {v:.6g}" for name, v in zip(names, dot.values, strict=True)))
        look = {"fill": "none", "stroke": "currentColor"} if dot.hollow else {"fill": "currentColor"}
        opacity = None if dot.mark else "0.55"
        drawn.append(el("circle", tip, cx=x, cy=y, r=5 if dot.mark else 3.2, opacity=opacity, **look))
        if dot.mark:
            dx, dy, anchor = _BESIDE[ord(dot.mark[0]) % 4]
            marks.append(_text(x + dx, y + dy, dot.mark, anchor=anchor, weight="700", class_="halo"))
    drawn.append(_text(left + side / 2, bottom + 38, names[first], weight="600"))
    drawn.append(_text(0, 0, names[second], weight="600", transform=f"translate(12 {12 + side / 2:g}) rotate(-90)"))
    title = f"{names[first]} and {names[second]}: {len(dots)} points"
    return svg(left + side + 24, bottom + 48, title, joined(drawn + marks))


def _axis(dots: Sequence[Dot], floors: Sequence[float | None], party: int, side: float) -> Axis:
    values = [dot.values[party] for dot in dots]
    low = floors[party]
    spread = (max(values) - min(values)) or 1.0
    if low is not None and min(values) - spread < low < max(values) + spread:
        values = [*values, low]
    margin = 0.04 * ((max(values) - min(values)) or 1.0)
    return Axis([min(values) - margin, max(values) + margin], side)


def parallel(dots: Sequence[Dot], names: Sequence[str]) -> Markup:
    """One axis a party, one line a point; each axis runs from the least to the most that is shown."""
    if not dots or len(names) < 2:
        return Markup("")
    height, gap, top = 300, max(130, 560 // (len(names) - 1)), 34
    axes = [Axis([dot.values[p] for dot in dots], height) for p in range(len(names))]
    at = [70 + gap * p for p in range(len(names))]
    faint = max(0.08, min(0.5, 30 / len(dots)))
    drawn = []
    for dot in sorted(_thinned(dots), key=lambda dot: bool(dot.mark)):
        places = [(at[p], top + height - axes[p].at(value)) for p, value in enumerate(dot.values)]
        tip = el("title", ", ".join(f"{name} {v:.6g}" for name, v in zip(names, dot.values, strict=True)))
        drawn.append(
            el(
                "polyline",
                tip,
                fill="none",
                stroke="currentColor",
                stroke_opacity=None if dot.mark else faint,
                stroke_width="2" if dot.mark else "1",
                stroke_dasharray="5 3" if dot.hollow else None,
                points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places),
            )
        )
        if dot.mark:
            x, y = places[-1]
            drawn.append(_text(x + 10, y + 4, dot.mark, anchor="start", weight="700"))
    for p, x in enumerate(at):
        drawn += [_line(x, top, x, top + height, 0.8)]
        drawn += [
            _text(x, top - 8, f"{axes[p].low + axes[p].width:.6g}"),
            _text(x, top + height + 16, f"{axes[p].low:.6g}"),
            _text(x, top + height + 36, names[p], weight="600"),
        ]
    return svg(at[-1] + 80, top + height + 46, f"{len(dots)} points, one axis a party", joined(drawn))


def bar(share: float, error: float = 0.0) -> Markup:
    """A share as a bar with a mark of one standard error on either side."""
    width = 120.0
    drawn = [
        el("rect", x=0, y=3, width=width, height=8, fill="currentColor", opacity=0.12),
        el("rect", x=0, y=3, width=share * width, height=8, fill="currentColor", opacity=0.7),
    ]
    if error:
        low, high = max(0.0, share - error) * width, min(1.0, share + error) * width
        drawn.append(_line(low, 7, high, 7, 1))
    return svg(width, 14, f"{100 * share:.1f} per cent", joined(drawn))


def strip(marks: Sequence[tuple[str, float]]) -> Markup:
    """Named places between 0 and 100 on a line."""
    width = 240.0
    drawn = [_line(6, 16, 6 + width, 16, 0.4), _line(6, 11, 6, 21, 0.4), _line(6 + width, 11, 6 + width, 21, 0.4)]
    for sign, value in marks:
        drawn.append(_text(6 + value / 100 * width, 21, sign, class_="halo"))
    told = ", ".join(f"{sign} {value:.6g}" for sign, value in marks)
    return svg(width + 12, 28, f"between 0 and 100: {told}", joined(drawn))


def _thinned(dots: Sequence[Dot]) -> list[Dot]:
    stride = max(1, -(-len(dots) // _MOST_POINTS))
    return [dot for i, dot in enumerate(dots) if dot.mark or i % stride == 0]


def _line(x1: float, y1: float, x2: float, y2: float, opacity: float, dash: str | None = None) -> Markup:
    return el(
        "line",
        x1=float(x1),
        y1=float(y1),
        x2=float(x2),
        y2=float(y2),
        stroke="currentColor",
        stroke_opacity=opacity,
        stroke_dasharray=dash,
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "middle",
    weight: str | None = None,
    transform: str | None = None,
    class_: str | None = None,
) -> Markup:
    return el(
        "text",
        text,
        x=float(x),
        y=float(y),
        font_size=12,
        text_anchor=anchor,
        font_weight=weight,
        transform=transform,
        class_=class_,
        fill="currentColor",
    )


def svg(width: float, height: float, title: str, body: Markup) -> Markup:
    """An SVG element with a name for who cannot see it."""
    return el(
        "svg",
        el("title", title),
        body,
        xmlns="http://www.w3.org/2000/svg",
        width=float(width),
        height=float(height),
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        font_family="sans-serif",
    )
