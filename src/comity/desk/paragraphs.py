"""The analyst's own paragraphs: kept as decisions in a case, or in a Markdown file beside the brief.

In a file, a heading names the section and the text below it is the analyst's::

    # Bottom line
    The offer of Thursday is worth testing.

    # Where the sources disagree
    The Harbour Post was there; the Meridian was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from comity.desk.parts.phrases import SECTIONS
from comity.desk.parts.values import Paragraph
from comity.words import Decision, DecisionKind, Handling, InputError, fold

TARGET = "brief"
"""What the decisions that hold paragraphs are about."""

_HEADING = re.compile(r"#{1,6}\s+(?P<name>.+?)\s*#*\s*$")


def section_named(name: str) -> str | None:
    """The section that a person means by a heading or an id, or None.

    >>> section_named("What would have to move"), section_named("moves"), section_named("Moves!")
    ('moves', 'moves', 'moves')
    """
    wanted = _plain(name)
    for section, heading in SECTIONS.items():
        if wanted in (_plain(section), _plain(heading)):
            return section
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def load_paragraphs(path: str | Path, handling: Handling = Handling.PUBLIC) -> tuple[Paragraph, ...]:
    """The paragraphs of a Markdown file. Raises InputError naming the line of a heading that is no section."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"cannot read the notes: {reason}", file=str(path), hint="give a Markdown file") from None
    found: dict[str, list[str]] = {}
    section = None
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADING.match(line)
        if heading:
            section = section_named(heading["name"])
            if section is None:
                known = ", ".join(SECTIONS.values())
                raise InputError(
                    f"no section is called {heading['name']!r}", file=str(path), line=number, hint=f"there are {known}"
                )
        elif section is not None:
            found.setdefault(section, []).append(line)
        elif line.strip():
            raise InputError("words above the first heading", file=str(path), line=number, hint="name their section")
    written = ((name, "\n".join(lines).strip()) for name, lines in found.items())
    return tuple(Paragraph(name, body, "", handling) for name, body in written if body)


def paragraphs_of(decisions: Iterable[Decision]) -> tuple[Paragraph, ...]:
    """The paragraphs among decisions that stand, in the order recorded."""
    return tuple(
        Paragraph(d.field, d.value, d.coder, d.handling)
        for d in decisions
        if d.kind is DecisionKind.PARAGRAPH and d.field in SECTIONS
    )


def paragraph_decision(section: str, text: str, coder: str, handling: Handling, at: datetime | None = None) -> Decision:
    """The decision that keeps a paragraph in a case. Raises InputError if there is no such section, or no words."""
    name = section_named(section)
    if name is None:
        known = ", ".join(SECTIONS)
        raise InputError(f"no section of the brief is called {section!r}", hint=f"there are {known}")
    if not text.strip():
        raise InputError("a paragraph without words", hint="write something, or undo the one that is there")
    moment = at or datetime.now(UTC)
    return Decision(
        "", coder, moment, DecisionKind.PARAGRAPH, TARGET, field=name, value=text.strip(), handling=handling
    )
