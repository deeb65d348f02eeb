"""A statement that a person writes where no reader proposed one: by words of the document, or by their place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from comity import ledger
from comity.case import Case
from comity.desk.flow import Material
from comity.words import (
    AUTHOR,
    Act,
    Certainty,
    Decision,
    DecisionKind,
    Document,
    Handling,
    InputError,
    Mode,
    Passage,
    Said,
    Statement,
    statement_to_json,
    target_of,
)


@dataclass(frozen=True)
class Coding:
    """What a person says of a passage. Empty texts are left open; `speaker` empty is the article itself."""

    speaker: str = ""
    holder: str = ""
    act: str = Act.ASSERT.value
    issue: str = ""
    mode: str = Mode.INDIRECT.value
    certainty: str = Certainty.ASSERTED.value
    said: str = ""


def place(document: Document, words: str, nth: int = 1) -> Passage:
    """The `nth` place (from 1) where exactly these words stand. Raises InputError if there is none, or if it is not
    said which of several is meant (`nth` 0).

    >>> place(Document("a", "No. And no."), "no", 1).span
    (8, 10)
    """
    wanted = words.strip()
    if not wanted:
        raise InputError("no words to code", field="words", hint="give words that stand in the document")
    found = []
    at = document.text.find(wanted)
    while at >= 0:
        found.append(at)
        at = document.text.find(wanted, at + 1)
    if not found:
        raise InputError(f"{wanted[:80]!r} does not stand in {document.id}", hint="give the exact words")
    if nth == 0 and len(found) > 1:
        raise InputError(f"{wanted[:80]!r} stands in {len(found)} places", field="nth", hint="say which, from 1")
    if nth > len(found):
        raise InputError(f"{wanted[:80]!r} stands in {len(found)} places only", field="nth")
    start = found[max(nth, 1) - 1]
    return document.passage(start, start + len(wanted))


def passage(document: Document, start: int, end: int) -> Passage:
    """The words between two code points, without blanks at the ends. Raises InputError if there are none."""
    if not 0 <= start < end <= len(document.text):
        raise InputError(f"{start}-{end} lies outside {document.id}", hint=f"it has {len(document.text)} characters")
    text = document.text[start:end]
    stripped = text.strip()
    if not stripped:
        raise InputError("there are no words there", hint="choose some")
    start += len(text) - len(text.lstrip())
    return document.passage(start, start + len(stripped))


def code(
    case: Case,
    material: Material,
    document: Document,
    where: Passage,
    coding: Coding,
    *,
    coder: str,
    note: str = "",
    handling: Handling | None = None,
) -> Decision:
    """Records a statement. Raises InputError, and records nothing, if a value does not fit.

    It is as protected as its document unless `handling` is stricter. Coding the same passage and speaker again replaces
    what was coded before; the history keeps both.
    """
    statement = statement_of(material, where, coding)
    wanted = Decision(
        "",
        coder,
        datetime.now(UTC),
        DecisionKind.CODE,
        target_of(where, statement.speaker),
        value=json.dumps(statement_to_json(statement), ensure_ascii=False, sort_keys=True),
        note=note,
        handling=document.handling | (handling or Handling.PUBLIC),
        passage=where,
    )
    ledger.build([], material.agenda, documents={document.id: document}, decisions=[wanted])
    return case.decide(wanted)


def statement_of(material: Material, where: Passage, coding: Coding) -> Statement:
    """The statement that a coding means, in the next free number of its document. Raises InputError."""
    issues = [issue.id for issue in material.agenda.issues]
    if coding.issue and coding.issue not in issues:
        raise InputError(f"no issue is called {coding.issue!r}", field="issue", hint=f"there are {', '.join(issues)}")
    speaker = coding.speaker.strip() or AUTHOR
    return Statement(
        id=f"{where.document}#{_number(material, where, speaker)}",
        passage=where,
        mode=_one_of(Mode, coding.mode, "mode"),
        speaker=speaker,
        act=_one_of(Act, coding.act, "act"),
        certainty=_one_of(Certainty, coding.certainty, "certainty"),
        holder=coding.holder.strip() or (None if speaker == AUTHOR else speaker),
        chain=(AUTHOR,) if speaker == AUTHOR else (AUTHOR, speaker),
        issue=coding.issue or None,
        said=_said(coding.said),
        content=(where.span,),
        confidence=1.0,
    )


def _number(material: Material, where: Passage, speaker: str) -> int:
    taken = [0]
    own = [json.loads(d.value)["id"] for d in material.decisions if d.kind is DecisionKind.CODE]
    for reading in material.readings:
        if reading.document == where.document:
            for s in reading.statements:
                if s.passage.span == where.span and s.speaker == speaker:
                    return int(s.id.rpartition("#")[2])
                taken.append(int(s.id.rpartition("#")[2]))
    for id_ in own:
        document, _, number = str(id_).rpartition("#")
        if document == where.document and number.isdigit():
            taken.append(int(number))
    return max(taken) + 1


_Kind = TypeVar("_Kind", bound=StrEnum)


def _one_of(kind: type[_Kind], value: str, field: str) -> _Kind:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(each.value for each in kind)
        raise InputError(f"{value!r} is no {field}", field=field, hint=f"there are {known}") from None


def _said(text: str) -> Said:
    first, _, last = text.strip().partition("/")
    try:
        earliest = date.fromisoformat(first) if first else None
        latest = date.fromisoformat(last) if last else (None if "/" in text else earliest)
    except ValueError:
        raise InputError(f"not a date: {text!r}", field="said", hint="use YYYY-MM-DD, or day/day") from None
    return Said(earliest, latest)


def names(material: Material, more: Sequence[str] = ()) -> list[str]:
    """Names to choose a speaker or holder from: of the agenda, in its order, and `more`."""
    listed = [*(p.name for p in material.agenda.parties), *(a.name for a in material.agenda.actors), *sorted(more)]
    return list(dict.fromkeys(name for name in listed if name != AUTHOR))
