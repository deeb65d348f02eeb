"""Fictional reports of our own, marked by hand: who tells what, what goes on without a cue, and what is done with it.

usage: python -m training.talks [FILE ...]     checks files and counts what is in them

A file holds reports of one invented negotiation; each begins with ``=== Outlet | 2031-05-14 | kind``. Marks may nest:

======================  =========================================================================================
``[s1: Oda Lys]``        source of attribution 1 of this report
``[q1: said]``           its cue
``[c1: the port opens]`` its content; several of them are one content with a gap
``[k1: It would.]``      words of the same speaker that go on in later sentences without a cue of their own
``{demand: the port}``   a statement, with its act (`ACTS`); outside contents it is the article's own
======================  =========================================================================================

>>> text, marks = parse("[s1: Lys] [q1: said] [c1: {demand: it must end}].")
>>> text, [(m.kind, m.number, text[m.start:m.end]) for m in marks if m.kind == "demand"]
('Lys said it must end.', [('demand', 0, 'it must end')])
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from comity.words import Act

ACTS = tuple(act.value for act in Act)
NONE = "none"
"""Of a stretch that states nothing of the talks: a cue, a scene, the weather."""
FOLDER = Path(__file__).parent / "talks"
_OPEN = re.compile(r"\[([sqck])(\d+): ?|\{([a-z_]+): ?")
_HEAD = re.compile(r"^=== (.+)$", re.MULTILINE)


class MarkError(ValueError):
    """Marks that cannot be read; says the file and the line."""


@dataclass(frozen=True)
class Mark:
    """A marked stretch: `kind` is s, q, c, k or an act; `number` is of the attribution, 0 for acts. Code points."""

    kind: str
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Report:
    """One marked report."""

    name: str
    text: str
    marks: tuple[Mark, ...]

    def spans(self, kind: str, number: int) -> list[list[int]]:
        """Where the marks of one kind and attribution stand."""
        return [[m.start, m.end] for m in self.marks if (m.kind, m.number) == (kind, number)]

    @property
    def numbers(self) -> list[int]:
        """The attributions that have a cue."""
        return sorted({m.number for m in self.marks if m.kind == "q"})

    def attributions(self) -> list[dict[str, list[list[int]]]]:
        """In the form of PolNeAR's records, with `more`: what goes on without a cue."""
        roles = {"source": "s", "cue": "q", "content": "c", "more": "k"}
        return [{role: self.spans(kind, n) for role, kind in roles.items()} for n in self.numbers]

    def acts(self) -> list[Mark]:
        """The statements."""
        return [m for m in self.marks if m.kind in ACTS]


def parse(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """The plain text and its marks, in order of their beginnings."""
    out: list[str] = []
    length, at = 0, 0
    stack: list[tuple[str, str, int, int]] = []
    marks = []
    while at < len(marked):
        opened = _OPEN.match(marked, at)
        if opened:
            letter, number, act = opened.groups()
            if act and act not in ACTS:
                raise MarkError(f"line {_line(marked, at)}: no act {act!r}; acts are {', '.join(ACTS)}")
            stack.append(("}" if act else "]", act or letter, int(number or 0), length))
            at = opened.end()
            continue
        char = marked[at]
        if char in "[{":
            raise MarkError(f"line {_line(marked, at)}: {marked[at : at + 20]!r} opens no mark")
        if char in "]}":
            if not stack or stack[-1][0] != char:
                before = marked[max(0, at - 30) : at]
                raise MarkError(f"line {_line(marked, at)}: {char!r} closes nothing after {before!r}")
            _, kind, number, start = stack.pop()
            if start == length:
                raise MarkError(f"line {_line(marked, at)}: an empty mark")
            marks.append(Mark(kind, number, start, length))
            at += 1
            continue
        out.append(char)
        length += 1
        at += 1
    if stack:
        raise MarkError(f"{stack[-1][1]}{stack[-1][2] or ''} after {''.join(out)[stack[-1][3] :][:40]!r} is not closed")
    return "".join(out), tuple(sorted(marks, key=lambda m: (m.start, -m.end)))


def reports(path: Path) -> Iterator[Report]:
    """The reports of a file."""
    whole = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(whole))
    if not heads:
        raise MarkError(f"{path}: no report; one begins with '=== Outlet | date | kind'")
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        body = whole[head.end() : after.start() if after else len(whole)].strip("\n")
        try:
            text, marks = parse(body)
        except MarkError as error:
            raise MarkError(f"{path}: report {head[1]!r} (line {_line(whole, head.start())}): {error}") from None
        yield Report(f"{path.stem}: {head[1]}", text, marks)


def problems(report: Report) -> Iterator[str]:
    """What cannot be meant so."""
    used = {m.number for m in report.marks if m.number}
    for n in sorted(used - set(report.numbers)):
        yield f"attribution {n} has no cue [q{n}: …]"
    for n in report.numbers:
        if not report.spans("c", n):
            yield f"attribution {n} has no content [c{n}: …]"
        if len(report.spans("s", n)) > 1:
            yield f"attribution {n} has two sources"
    for m in report.acts():
        if report.text[m.start : m.end] != report.text[m.start : m.end].strip():
            yield f"white space at an end of {report.text[m.start : m.end]!r}"


def load(folder: Path = FOLDER) -> list[Report]:
    """All reports, in order of their files."""
    return [report for path in sorted(folder.glob("*.txt")) for report in reports(path)]


def kept_apart() -> list[Report]:
    """The shipped reports that are never trained on."""
    return [report for report in load() if apart(report)]


def apart(report: Report) -> bool:
    """True of some of the negotiations, chosen by hash: never trained on, to see how well others are read."""
    return int(sha256(report.name.split(":")[0].encode()).hexdigest()[:8], 16) % 6 == 0


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def main(names: list[str]) -> int:
    """Checks and counts."""
    bad, total = 0, Counter[str]()
    for path in [Path(n) for n in names] or sorted(FOLDER.glob("*.txt")):
        try:
            for report in reports(path):
                total.update(["reports"])
                total.update({"words": len(report.text.split())})
                total.update(m.kind for m in report.marks)
                for problem in problems(report):
                    bad += 1
                    print(f"{report.name}: {problem}")
        except MarkError as error:
            bad += 1
            print(error)
    print(", ".join(f"{kind} {n}" for kind, n in sorted(total.items())))
    return 2 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
