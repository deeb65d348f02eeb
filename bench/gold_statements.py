"""From an entry of the gold source to a statement of ``gold.json``: defaults, offsets, times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bench.gold_source import GoldError, Report
from comity.words import Act

ACTS = tuple(act.value for act in Act)
MODES = ("direct", "indirect", "mixed", "reported_stance", "author")
TIERS = ("core", "secondary", "background")
CERTAINTIES = ("asserted", "hedged", "predicted", "inferred", "speculative", "opinion")
STATUSES = (
    *("open", "agreed", "claimed_agreed", "close", "progress"),
    *("stalled", "ongoing", "scheduled", "near_limit", "unknown"),
)
AUTHOR = "author"

KEYS = frozenset(
    [
        "quote",
        "occurrence",
        "tier",
        "mode",
        "source",
        "as",
        "cue",
        "holder",
        "via",
        "reading",
        "certainty",
        "condition",
        "said",
        "words",
        "basis",
        "event",
        "medium",
        "addressee",
        "same",
        "refers",
        "proposition",
        "note",
    ]
)


def statement(name: str, entry: Mapping[str, Any], report: Report, party: Mapping[str, str | None]) -> dict[str, Any]:
    """One statement in the form of ``gold.json``; `party` gives the party of each entity (itself, for a party)."""
    unknown = set(entry) - KEYS
    if unknown:
        raise GoldError(f"{name}: unknown key {sorted(unknown)[0]!r}")
    start, end = report.find(entry["quote"], entry.get("occurrence"), f"{name}.quote")
    span = (start, end)
    source = entry.get("source", AUTHOR)
    mode = entry.get("mode", AUTHOR if source == AUTHOR else "indirect")
    written = found(report, entry.get("as"), span, f"{name}.as")
    return {
        "id": name,
        "doc": report.id,
        "tier": one_of(entry.get("tier", "core"), TIERS, name),
        "start": start,
        "end": end,
        "quote": entry["quote"],
        "mode": one_of(mode, MODES, name),
        "source": source,
        "source_as_written": written,
        "holder": holder(entry, source, party),
        "chain": [AUTHOR, *entry.get("via", []), *([] if source == AUTHOR else [source])],
        "cue": found(report, entry.get("cue"), span, f"{name}.cue"),
        "time_said": time_said(entry, report, span, source, name),
        **judged(entry["reading"], name),
        "proposition": entry["proposition"],
        "certainty": one_of(entry.get("certainty", "asserted"), CERTAINTIES, name),
        "condition": found(report, entry.get("condition"), span, f"{name}.condition"),
        "event": entry.get("event"),
        "medium": entry.get("medium"),
        "addressee": entry.get("addressee"),
        "same_utterance_as": entry.get("same"),
        "refers_to": entry.get("refers"),
        "note": entry.get("note"),
    }


def judged(reading: str, name: str) -> dict[str, Any]:
    """The judgement in a line: ``act [pro|con] issue [+other_issue …] [=status]``.

    >>> judged("reject con sarn +herring =open", "B01")["also_issues"]
    ['herring']
    """
    act, *rest = reading.split()
    stance = rest.pop(0) if rest and rest[0] in ("pro", "con") else None
    if not rest or rest[0][0] in "+=":
        raise GoldError(f"{name}: {reading!r} names no issue")
    issue, *marks = rest
    status = [mark[1:] for mark in marks if mark.startswith("=")]
    also = [mark[1:] for mark in marks if mark.startswith("+")]
    if len(status) > 1 or len(status) + len(also) < len(marks):
        raise GoldError(f"{name}: {reading!r} is not 'act [pro|con] issue [+other …] [=status]'")
    return {
        "issue": issue,
        "also_issues": also,
        "act": one_of(act, ACTS, name),
        "stance": stance,
        "status_claim": one_of(status[0], STATUSES, name) if status else None,
    }


def holder(entry: Mapping[str, Any], source: str, party: Mapping[str, str | None]) -> str | None:
    """Whose position it describes: as given (empty: nobody's), else the party of the speaker, else the speaker."""
    if "holder" in entry:
        return entry["holder"] or None
    return None if source == AUTHOR else party.get(source) or source


def found(report: Report, given: Any, span: tuple[int, int], where: str) -> dict[str, Any] | None:
    """Where the words stand that are nearest to `span`, or None if none are given."""
    if given is None:
        return None
    start, end = report.near(given, span, where)
    return {"start": start, "end": end, "text": report.text[start:end]}


def time_said(
    entry: Mapping[str, Any], report: Report, span: tuple[int, int], source: str, name: str
) -> dict[str, Any]:
    """When it was said: as given (a date, or bounds with "" for unknown), else the report's date for its own words."""
    given = entry.get("said", report.published.isoformat() if source == AUTHOR else ["", report.published.isoformat()])
    bounds = [given, given] if isinstance(given, str) else list(given)
    earliest, latest = (date.fromisoformat(bound).isoformat() if bound else None for bound in bounds)
    words = found(report, entry.get("words"), span, f"{name}.words")
    if source == AUTHOR and "said" not in entry:
        basis = "the article's own words: the document date"
    elif words is None and "said" not in entry:
        basis = "no date given; not after the document date"
    else:
        resolved = earliest if earliest == latest else f"{earliest or 'unknown'} to {latest or 'unknown'}"
        said_by = f"'{words['text']}'" if words else "the context"
        basis = f"{said_by} in a report of {report.published:%A} {report.published} = {resolved}"
    return {
        "earliest": earliest,
        "latest": latest,
        "resolved": earliest if earliest == latest else None,
        "expression": words,
        "basis": entry.get("basis", basis),
    }


def one_of(value: str, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise GoldError(f"{name}: {value!r} is none of {', '.join(allowed)}")
    return value
