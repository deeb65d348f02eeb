"""What a person knows of a document better than its file says: day, outlet, title, address, handling, what it replaces.

Each field is a decision, in the history like any other and to be undone; the file itself is never written to. A
document whose day, outlet or title is set anew is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from comity.case import Case
from comity.words import Decision, DecisionKind, Document, Handling, InputError

FIELDS = ("published", "source", "title", "url", "handling", "supersedes")
"""What can be set."""


def described(document: Document) -> dict[str, str]:
    """The fields of a document as texts; empty where there is none.

    >>> described(Document("d", "x", published=date(2031, 3, 5)))["published"]
    '2031-03-05'
    """
    values = {field: getattr(document, field) for field in FIELDS}
    return {f: v.value if isinstance(v, Handling) else "" if v is None else str(v) for f, v in values.items()}


def describe(case: Case, id_: str, given: Mapping[str, str], *, coder: str, note: str = "") -> tuple[Decision, ...]:
    """Records the fields of a document that differ from what the case has. An empty value says that there is none.

    The decisions are as protected as the document is after them. Raises InputError, and records nothing, if nothing
    differs or a value does not fit.
    """
    document = case.document(id_)
    now = described(document)
    changes = {field: value.strip() for field, value in given.items() if value.strip() != now.get(field)}
    if not changes:
        raise InputError("nothing differs from what the case has", hint="change a field")
    for field, value in changes.items():
        _fits(case, document, field, value)
    label = Handling(changes.get("handling", now["handling"]))
    at = datetime.now(UTC)
    wanted = [
        Decision("", coder, at, DecisionKind.DOCUMENT, document.id, field=f, value=v, note=note, handling=label)
        for f, v in changes.items()
    ]
    return tuple(case.decide(each) for each in wanted)


def _fits(case: Case, document: Document, field: str, value: str) -> None:
    if field not in FIELDS:
        raise InputError(f"{field!r} of a document cannot be set", field="field", hint=f"use {', '.join(FIELDS)}")
    try:
        if field == "published" and value:
            date.fromisoformat(value)
        elif field == "handling":
            Handling(value)
    except ValueError:
        hint = "use YYYY-MM-DD" if field == "published" else f"use {', '.join(h.value for h in Handling)}"
        raise InputError(f"not a value: {value!r}", field=field, hint=hint) from None
    if field == "supersedes" and value and case.document(value).id in ("", document.id):
        raise InputError("a document cannot replace itself", field=field)
