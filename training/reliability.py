"""Reliability as a picture: share right against confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from comity.reading.model.calibration import bins

SIDE, GAP = 150, 40
Pairs = Sequence[tuple[float, bool]]


def plot(found: Mapping[str, Pairs], path: Path) -> None:
    """One square a part into an SVG file: dots sized by number, the diagonal where confidence is what it says."""
    squares = [_square(part, pairs, GAP + k * (SIDE + GAP)) for k, (part, pairs) in enumerate(found.items())]
    width = GAP + len(found) * (SIDE + GAP)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {SIDE + 50}"'
    path.write_text("\n".join([f'{head} font-family="sans-serif" font-size="12">', *squares, "</svg>", ""]), "utf-8")


def _square(part: str, pairs: Pairs, left: int) -> str:
    below = SIDE + 16
    dots = [_dot(x, y, n / len(pairs)) for x, y, n in bins([p for p, _ in pairs], [r for _, r in pairs])]
    return "\n".join(
        [
            f'<g transform="translate({left},20)">',
            f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
            f'<line x1="0" y1="{SIDE}" x2="{SIDE}" y2="0" stroke="#bbb" stroke-dasharray="4"/>',
            f'<text x="{SIDE / 2}" y="-6" text-anchor="middle">{part}</text>',
            *dots,
            f'<text x="0" y="{below}">0</text><text x="{SIDE}" y="{below}" text-anchor="end">1</text>',
            f'<text x="{SIDE / 2}" y="{below}" text-anchor="middle">confidence</text></g>',
        ]
    )


def _dot(x: float, y: float, share: float) -> str:
    radius = 2 + 8 * share**0.5
    place = f'cx="{x * SIDE:.1f}" cy="{SIDE - y * SIDE:.1f}" r="{radius:.1f}"'
    return f'<circle {place} fill="#335566" fill-opacity=".7"/>'
