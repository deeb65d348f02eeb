"""What several pages show of statements: what can be chosen for each field, and what a form says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.desk.parts import phrases
from comity.desk.web.page import Ask
from comity.words import Act, Certainty, Mode, Polarity, Statement, StatusClaim

Choices = list[tuple[str, str]]

FIELDS = ("said", "speaker", "holder", "act", "issue", "mode", "certainty", "polarity", "status")
"""Fields that a form corrects; free text that may not fit comes first."""


def choices(ask: Ask) -> dict[str, Choices]:
    """For each field with a list of values: the values and how they read."""
    return {
        "act": [(a.value, phrases.ACTS[a]) for a in Act],
        "mode": [(m.value, phrases.MODES[m]) for m in Mode],
        "certainty": [(c.value, phrases.CERTAINTIES[c]) for c in Certainty],
        "polarity": [(p.value, {"pro": "for", "con": "against"}[p.value]) for p in Polarity],
        "status": [(s.value, s.value.replace("_", " ")) for s in StatusClaim],
        "issue": [(i.id, i.name) for i in ask.agenda().issues],
    }


def values_of(s: Statement) -> dict[str, str]:
    """The fields of `FIELDS` as a form shows them.

    >>> from comity.words import Passage
    >>> values_of(Statement("a#1", Passage("a", 0, 2, "No"), Mode.DIRECT, "Envoy", Act.REJECT))["act"]
    'reject'
    """
    first, last = s.said.earliest, s.said.latest
    said = str(first or "") if first == last else f"{first or ''}/{last or ''}"
    return {
        "said": said,
        "speaker": s.speaker,
        "holder": s.holder or "",
        "act": s.act.value,
        "issue": s.issue or "",
        "mode": s.mode.value,
        "certainty": s.certainty.value,
        "polarity": s.polarity.value if s.polarity else "",
        "status": s.status.value if s.status else "",
    }


def changed(s: Statement, form: Mapping[str, Any]) -> dict[str, str]:
    """What a form says otherwise than the statement, in the order of `FIELDS`."""
    before = values_of(s)
    given = {name: str(form[name]).strip() for name in FIELDS if name in form}
    return {name: value for name, value in given.items() if value != before[name]}
