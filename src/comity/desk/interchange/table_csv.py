"""Codings as CSV with all fields, and back: one row a coding, a document's text elsewhere.

What a plain cell cannot tell apart or a spreadsheet might take for a formula is written as JSON: empty texts, texts
that begin with a quotation mark, a bracket, ``=``, ``+``, ``-``, ``@`` or a control character, and all lists. An empty
cell is no value.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from comity.desk.interchange.codings import Coding, by_id, checked, ordered
from comity.words import (
    Coder,
    Document,
    Handling,
    InputError,
    Review,
    from_json,
    statement_from_json,
    statement_to_json,
)

_SPANS = ("source", "cue", "content")
_SAID = ("earliest", "latest", "expression")
_PLAIN = (
    "id", "start", "end", "quote", "mode", "speaker", "holder", "chain", "act", "issue", "also_issues", "option",
    "certainty", "polarity", "status", "fact", "absolute", "condition", "quantities", "topics", "addressee", "medium",
    "confidence", "same_utterance_as",
)  # fmt: skip
COLUMNS = (
    "document", *_PLAIN, *(f"said_{name}" for name in _SAID), *(f"{name}_spans" for name in _SPANS), "coder",
    "coder_kind", "review", "handling", "note",
)  # fmt: skip
_TEXTS = {
    "document", "id", "quote", "mode", "speaker", "holder", "act", "issue", "option", "certainty", "polarity", "status",
    "addressee", "medium", "same_utterance_as", "said_earliest", "said_latest", "coder", "coder_kind", "review",
    "handling", "note",
}  # fmt: skip


def row_of(coding: Coding) -> dict[str, Any]:
    """A coding as a flat row of plain values and lists, by `COLUMNS`."""
    plain = statement_to_json(coding.statement)
    return {
        "document": coding.statement.document,
        **{name: plain[name] for name in _PLAIN},
        **{f"said_{name}": plain["said"][name] for name in _SAID},
        **{f"{name}_spans": plain["spans"][name] for name in _SPANS},
        "coder": coding.coder.id,
        "coder_kind": coding.coder.kind,
        "review": coding.review.value,
        "handling": coding.handling.value,
        "note": coding.note or None,
    }


def coding_of(row: dict[str, Any], file: str | None = None, line: int | None = None) -> Coding:
    """The coding of a flat row. Raises InputError, with the line, if it is none."""
    try:
        plain = {name: row[name] for name in _PLAIN}
        plain["said"] = {name: row[f"said_{name}"] for name in _SAID}
        plain["spans"] = {name: row[f"{name}_spans"] for name in _SPANS}
        statement = statement_from_json(plain, row["document"], file=file)
        return Coding(
            statement,
            Coder(row["coder"] or "", row["coder_kind"] or "person"),
            from_json(Review, row["review"] or "unreviewed", field="review"),
            from_json(Handling, row["handling"] or "public", field="handling"),
            row["note"] or "",
        )
    except KeyError as error:
        raise InputError(f"there is no column {error.args[0]!r}", file=file, line=line) from None
    except InputError as error:
        raise InputError(error.what, file=file, line=line, field=error.field, hint=error.hint) from None


def dumps(codings: Iterable[Coding]) -> str:
    """The codings as CSV with a head, in an order of its own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for coding in ordered(codings):
        row = row_of(coding)
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return out.getvalue()


def loads(text: str, documents: Sequence[Document], file: str | None = None) -> tuple[Coding, ...]:
    """The codings of a CSV. Raises InputError with the line that does not fit, or whose quote is not in its place."""
    known = by_id(documents)
    limit = csv.field_size_limit(2**31 - 1)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        head = next(reader, None)
        if head is None or not {"document", "start", "end", "quote"} <= set(head):
            raise InputError("no table of codings", file=file, line=1, hint=f"its head is {', '.join(COLUMNS[:6])}, …")
        found = []
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(head):
                raise InputError(f"{len(cells)} cells where the head has {len(head)}", file=file, line=line)
            row = {name: _value(name, cell, file, line) for name, cell in zip(head, cells, strict=True)}
            coding = coding_of(row, file, line)
            checked(coding.statement.passage, known, file, line)
            found.append(coding)
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", file=file) from None
    finally:
        csv.field_size_limit(limit)
    return tuple(found)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        special = not value or value[0] in '"[{=+-@' or value[0] < " "
        return json.dumps(value, ensure_ascii=False) if special else value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _value(name: str, cell: str, file: str | None, line: int) -> Any:
    if not cell:
        return None
    if name in _TEXTS and cell[0] != '"':
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        raise InputError(f"{cell[:40]!r} is no value of this column", file=file, line=line, field=name) from None
