"""Finding the time expressions of a text: rules applied, the longest kept, and neighbours joined.

The rules are patterns over the classes of words (see `time_lexicon`), in `time_dates` and `time_lengths`. Of
expressions that overlap the longest wins, then the one whose rule stands first. Parts of the day, clock times and
"the end of" are then joined to the date beside them.
"""

from __future__ import annotations

from dataclasses import replace

from comity.reading import time_dates, time_lengths  # noqa: F401  (they register the rules)
from comity.reading.time_expression import RULES, Expression
from comity.reading.time_lexicon import PARTS, Token


def expressions(found: list[Token]) -> list[Expression]:
    """All time expressions among `found`, none overlapping, in order of the text."""
    codes = "".join(t.code for t in found)
    candidates: list[tuple[int, int, int, Expression]] = []
    for rank, (pattern, build) in enumerate(RULES):
        for m in pattern.finditer(codes):
            expression = build(found, m)
            if expression is not None and expression.end > expression.start:
                candidates.append((expression.start, -expression.end, rank, expression))
    candidates.sort(key=lambda c: (c[0] + c[1], c[2], c[0]))
    taken = bytearray(len(found))
    chosen: list[Expression] = []
    for start, negative_end, _, expression in candidates:
        if not any(taken[start:-negative_end]):
            taken[start:-negative_end] = b"\x01" * (-negative_end - start)
            chosen.append(expression)
    chosen.sort(key=lambda e: e.start)
    return _joined(found, [_with_edge(found, e, taken) for e in chosen])


def _with_edge(found: list[Token], e: Expression, taken: bytearray) -> Expression:
    """ "early", "late", "mid-", "the end of", "early in" taken into the expression that they modify."""
    if e.kind not in ("calendar", "unit"):
        return e
    start, edge = e.start, e.edge
    i = start - 1
    if i >= 0 and found[i].code == "T" and found[e.start].code != "T":
        i -= 1
    if i >= 0 and found[i].code == "-":
        i -= 1
    if i >= 0 and found[i].word in ("early", "late", "mid") and not taken[i]:
        start, edge = i, found[i].word
        if start and found[start - 1].code == "T" and found[e.start].code != "T":
            start -= 1
    elif start >= 2 and found[start - 1].code in "FO" and not taken[start - 2]:
        head = found[start - 2]
        if (found[start - 1].word == "of" and head.code in "eE") or (
            found[start - 1].word == "in" and head.code in "E"
        ):
            start, edge = start - 2, head.word
            if start and found[start - 1].code == "T":
                start -= 1
        elif found[start - 1].word == "in" and head.word in ("later", "earlier"):
            start, edge = start - 2, head.word
    return replace(e, start=start, edge=edge) if start != e.start else e


def _joined(found: list[Token], chosen: list[Expression]) -> list[Expression]:
    """A clock time or part of the day beside its date: one expression."""
    out: list[Expression] = []
    for e in chosen:
        before = out[-1] if out else None
        if (
            before is not None
            and before.part
            and before.month is None
            and before.weekday is None
            and e.kind == "calendar"
        ):
            gap = [t.word for t in found[before.end : e.start] if t.word not in ("hours", "hour", "of", "on", "the")]
            if not gap and e.day and not e.part:
                out[-1] = replace(e, start=before.start, part=before.part)
                continue
        if before is not None:
            gap = [t.word for t in found[before.end : e.start]]
            dated = (
                e.kind in ("calendar", "step")
                and not e.part
                and not e.clock
                and (e.day or e.weekday is not None or e.unit == "D")
            )
            if before.kind == "clock" and dated and gap in ([], [","], ["on"], [",", "on"]):
                out[-1] = replace(e, start=before.start, clock=before.clock)
                continue
            was_date = (
                before.kind in ("calendar", "step")
                and not before.clock
                and (before.day or before.weekday is not None or before.unit == "D")
            )
            if e.kind == "clock" and was_date and gap in ([], [","], ["at"], [",", "at"]):
                out[-1] = replace(before, end=e.end, clock=e.clock)
                continue
        if e.kind == "calendar" and e.day and not e.part and e.start >= 2 and found[e.start - 1].word == "of":
            i = e.start - 2
            if found[i].word in ("hours", "hour") and i:
                i -= 1
            if found[i].word in PARTS and len(PARTS[found[i].word]) == 2:
                start = i
                while start and found[start - 1].code in "TE":
                    start -= 1
                e = replace(e, start=start, part=PARTS[found[i].word])
        out.extend(_first_of_two(found, e))
        out.append(e)
        out.extend(_last_of_two(found, e))
    return [_year_from_next(found, e, out[i + 1] if i + 1 < len(out) else None) for i, e in enumerate(out)]


def _first_of_two(found: list[Token], e: Expression) -> list[Expression]:
    """The 15 of "15 and 28 November" and of "6-7 January"."""
    i = e.start - 2
    if i < 0 or e.kind != "calendar" or not e.day or not e.month or e.part or found[e.start].code not in "do":
        return []
    link, first = found[i + 1], found[i]
    if link.word not in ("and", "to", "-", "–", "or") or first.code not in "do" or not 1 <= first.value < e.day:
        return []
    if link.word in ("and", "or") and i and found[i - 1].code not in "OTN" and found[i - 1].word != "between":
        return []
    start = i - 1 if i and found[i - 1].code == "T" else i
    return [replace(e, start=start, end=i + 1, day=int(first.value), weekday=None)]


def _last_of_two(found: list[Token], e: Expression) -> list[Expression]:
    """The 26 of "Dec. 24-26"."""
    if e.kind != "calendar" or not e.day or not e.month or e.part or e.end + 1 >= len(found):
        return []
    dash, last = found[e.end], found[e.end + 1]
    if dash.word not in ("-", "–") or last.code != "d" or not e.day < last.value <= 31:
        return []
    after = found[e.end + 2] if e.end + 2 < len(found) else None
    if after is not None and (after.code in "MmYuU" or after.word == "-"):
        return []
    return [replace(e, start=e.end + 1, end=e.end + 2, day=int(last.value), weekday=None)]


def _year_from_next(found: list[Token], e: Expression, then: Expression | None) -> Expression:
    """February of "February and March 1994": the year is said once, at the end."""
    if then is None or e.kind != "calendar" or e.month is None or e.year is not None or e.direction or e.unit:
        return e
    if then.kind != "calendar" or then.month is None or then.year is None or then.start - e.end > 2:
        return e
    if not all(
        t.word in ("and", "to", "-", "–", "/", "or", "through", "until", "till", ",") for t in found[e.end : then.start]
    ):
        return e
    return replace(e, year=then.year - (e.month > then.month), bc=then.bc)
