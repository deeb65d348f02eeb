"""Write the gold of the example from its source.

usage: python -m bench.make_gold [--check]

Reads ``examples/strait/gold`` (one TOML file a report and ``all.toml``) with the reports, and writes
``examples/strait/gold.json``. Every quotation must stand in its report, every name must resolve.
``--check`` writes nothing and fails if the file is not what the source gives.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.gold_source import GoldError, Report, places, reports, table
from bench.gold_statements import statement

EXAMPLE = Path(__file__).parents[1] / "examples" / "strait"


def make(example: Path = EXAMPLE) -> dict[str, Any]:
    """The gold of the example as a JSON value; `GoldError` where the source contradicts itself or a report."""
    documents = reports(example / "reports")
    by_letter = {document.letter: document for document in documents}
    common = table(example / "gold" / "all.toml")
    entities = common["entity"]
    party = {entity["id"]: entity.get("party") for entity in entities}
    statements = [
        statement(name, entry, document, party)
        for document in documents
        for name, entry in source_of(example, document).items()
    ]
    document_of = {one["id"]: one["doc"] for one in statements}
    gold = {
        "format": "seed gold, hand-made, version 1",
        "made": "by hand, reading all reports in full; single annotator, no second reader",
        "offset_unit": "Python str index (Unicode code points) into the UTF-8 file decoded as is, header included",
        "documents": [described(document) for document in documents],
        "taxonomy": common["taxonomy"],
        "statements": statements,
        "entities": [
            {
                **{key: entity.get(key) for key in ("id", "name", "type", "party")},
                "role": entity.get("role", ""),
                "aliases": spellings(entity["aliases"]),
                "note": entity.get("note", ""),
                "mentions": mentions(entity, entities, documents),
            }
            for entity in entities
        ],
        "coreference": [anchored(one, by_letter, "coreference", ("entity",)) for one in common["coreference"]],
        "events": [event(one, by_letter) for one in common["event"]],
        "tensions": [
            {**one, "across_documents": len({document_of.get(s) for s in one["statements"] + one["against"]}) > 1}
            for one in common["tension"]
        ],
        "not_contradictions": common["not_contradiction"],
        "issue_status": common["issue_status"],
        "ledger": [
            {**{key: cell.get(key) for key in ("party", "issue", "position", "act", "firmness")}, **lists(cell)}
            for cell in common["ledger"]
        ],
        "traps": [anchored(one, by_letter, "trap", ("what",)) for one in common["trap"]],
        "author_asserted": [one["id"] for one in statements if one["mode"] == "author"],
        "author_reports_stance": [one["id"] for one in statements if one["mode"] == "reported_stance"],
        "attributed": [one["id"] for one in statements if one["mode"] not in ("author", "reported_stance")],
    }
    resolve(gold)
    return gold


def source_of(example: Path, document: Report) -> dict[str, Any]:
    path = example / "gold" / f"{document.id[:3]}.toml"
    entries = table(path)
    wrong = [name for name in entries if not name.startswith(document.letter)]
    if wrong:
        raise GoldError(f"{path.name}: {wrong[0]} does not begin with {document.letter}")
    return entries


def described(document: Report) -> dict[str, Any]:
    start, end = document.find(spelled(document), None, f"date of {document.id}")
    return {
        "id": document.id,
        "file": f"{document.id}.txt",
        "date": document.published.isoformat(),
        "weekday": f"{document.published:%A}",
        "chars": len(document.text),
        "sha256": hashlib.sha256(document.text.encode()).hexdigest(),
        "date_span": {"start": start, "end": end, "text": document.text[start:end]},
    }


def spelled(document: Report) -> str:
    """The publication date as the report's head spells it."""
    day = document.published
    forms = (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}")
    head = document.text[:200]
    return next((form for form in forms if form in head), forms[0])


def spellings(aliases: list[str]) -> list[str]:
    """`aliases`, and without their indefinite article: names are compared without it."""
    bare = [alias.split(" ", 1)[1] for alias in aliases if alias.split(" ", 1)[0].lower() in ("a", "an")]
    return [*aliases, *(alias for alias in bare if alias not in aliases)]


def mentions(
    entity: Mapping[str, Any], entities: list[dict[str, Any]], documents: list[Report]
) -> list[dict[str, Any]]:
    """Where an alias stands as a whole word, not inside a longer one of any entity, not where it means another."""
    found = []
    for document in documents:
        taken = [
            (start, start + len(alias), other["id"])
            for other in entities
            for alias in other["aliases"]
            for start in places(document.text, alias)
        ]
        for start, end, owner in sorted(taken):
            inside = any(a <= start and end <= b and b - a > end - start for a, b, _ in taken)
            elsewhere = [document.letter, document.text[start:end]] in entity.get("not_in", [])
            if owner == entity["id"] and not inside and not elsewhere:
                found.append({"doc": document.id, "start": start, "end": end, "text": document.text[start:end]})
    return found


def anchored(
    one: Mapping[str, Any], by_letter: Mapping[str, Report], kind: str, keep: tuple[str, ...]
) -> dict[str, Any]:
    """An entry with its words found: once in the report, or in a `context` that stands there once."""
    document, where = by_letter[one["doc"]], f"{kind} in {one['doc']}"
    if "context" in one:
        start, end = document.within(one["context"], one["text"], where)
    else:
        start, end = document.find(one["text"], one.get("occurrence"), where)
    span = {"doc": document.id, "start": start, "end": end, "text": document.text[start:end]}
    return {**span, **{key: one[key] for key in keep}}


def event(one: Mapping[str, Any], by_letter: Mapping[str, Report]) -> dict[str, Any]:
    keys = ("id", "type", "status", "participants", "place", "earliest", "latest")
    expression = one.get("expression")
    return {
        **{key: one.get(key) or (None if key != "participants" else []) for key in keys},
        "expression": expression and anchored(expression, by_letter, one["id"], ()),
        **{key: one[key] for key in ("basis", "statements", "maybe_same_as", "after") if key in one},
    }


def lists(cell: Mapping[str, Any]) -> dict[str, Any]:
    softened = {"softened_by": cell["softened_by"]} if "softened_by" in cell else {}
    return {"statements": cell.get("statements", []), **softened}


def resolve(gold: Mapping[str, Any]) -> None:
    """Every reference of the gold names something in it."""
    known = {one["id"] for one in gold["statements"]}
    entities = {one["id"] for one in gold["entities"]}
    events = {one["id"] for one in gold["events"]}
    issues = set(gold["taxonomy"]["issues"])
    for one in gold["statements"]:
        people = {*one["chain"], one["source"], one["holder"]} - {None, "author"}
        check(one["id"], people, entities)
        check(one["id"], {one["issue"], *one["also_issues"]}, issues)
        check(one["id"], {one["event"]} - {None}, events)
        check(one["id"], {one["same_utterance_as"], one["refers_to"]} - {None}, known)
    for kind in ("events", "tensions", "not_contradictions", "issue_status", "ledger"):
        for one in gold[kind]:
            named = {*one["statements"], *one.get("against", ()), *one.get("softened_by", ())}
            check(f"{kind} {one.get('id') or one.get('issue')}", named, known)
    for one in gold["events"]:
        check(one["id"], {*one["participants"], one["place"]} - {None}, entities)
        check(one["id"], {one.get("maybe_same_as"), one.get("after")} - {None}, events)
    for one in (*gold["issue_status"], *gold["ledger"]):
        check(f"status or cell of {one['issue']}", {one["issue"]}, issues)
    check("ledger", {one["party"] for one in gold["ledger"]}, entities)
    check("coreference", {one["entity"] for one in gold["coreference"]}, entities)


def check(where: str, named: set[Any], known: set[str]) -> None:
    unknown = sorted(named - known)
    if unknown:
        raise GoldError(f"{where}: {unknown[0]!r} is not in the gold")


def written(gold: Mapping[str, Any]) -> str:
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    target = EXAMPLE / "gold.json"
    try:
        gold = make()
    except GoldError as error:
        print(f"gold: {error}", file=sys.stderr)
        return 2
    if arguments == ["--check"]:
        same = target.exists() and target.read_text(encoding="utf-8") == written(gold)
        print("gold.json is what its source gives" if same else "gold.json is not what its source gives: make it again")
        return 0 if same else 1
    target.write_text(written(gold), encoding="utf-8", newline="\n")
    counts = {key: len(gold[key]) for key in ("statements", "entities", "events", "tensions", "ledger", "traps")}
    print(", ".join(f"{count} {key}" for key, count in counts.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
