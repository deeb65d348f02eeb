"""What people decide. Decisions are appended, never changed; undoing one appends a retraction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from comity.words.text import Handling, Passage


@dataclass(frozen=True)
class Coder:
    """A person or a reader version that proposed or decided a coding."""

    id: str
    kind: str = "person"
    """"person" or "reader"."""


class DecisionKind(StrEnum):
    """What a decision does to its target."""

    ACCEPT = "accept"  # a statement stands as proposed
    REJECT = "reject"  # a statement is not one
    CORRECT = "correct"  # `field` of a statement is `value`
    CODE = "code"  # a statement written by a person; `value` is its JSON
    TENSION = "tension"  # `value`: real, explained or double
    SAME = "same"  # a judgement that two actors are one; `value` is the other's name
    DIFFERENT = "different"
    DOCUMENT = "document"  # `field` of a document (published, source, title, url, handling, supersedes) is `value`
    PARAGRAPH = "paragraph"  # the analyst's own words in slot `field` of the brief
    RETRACT = "retract"  # undoes decision `target`


@dataclass(frozen=True)
class Decision:
    """One human judgement: who, on what, what, when and why.

    `target` is a statement's passage key ``<document>:<start>-<end>`` (see `target_of`), a document id, a tension key,
    a canonical name, or a decision id. `value` is a plain string (JSON for structured values).
    """

    id: str
    coder: str
    at: datetime
    kind: DecisionKind
    target: str
    field: str = ""
    value: str = ""
    note: str = ""
    handling: Handling = Handling.PUBLIC
    passage: Passage | None = None


def target_of(passage: Passage, speaker: str) -> str:
    """Key of a coding that survives re-reading: the passage and who speaks, not the statement's number."""
    return f"{passage.document}:{passage.start}-{passage.end}:{speaker}"
