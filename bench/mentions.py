"""Mentions, pronouns and events against the hand-made gold of the seeds: python -m bench.mentions [--agenda FILE] [-v]

A mention of the gold is found if a mention overlaps it and its entity bears one of the gold entity's names; `exact`
counts those whose ends agree too. A pronoun is right if it is linked to the gold entity, or, where the gold names none
of its entities, if it is left open. An event is found if its type is the gold's, at least half of the smaller
set of participants is shared, and no bound of its dates contradicts the gold's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from comity.reading import read
from comity.words import Agenda, Document, Event, Reading, fold

SHARED = Path(__file__).parents[1].parent / "shared"


def names_of(entity: dict[str, Any]) -> set[str]:
    """All names that the gold gives an entity, folded, without articles."""
    forms = {entity["name"], *entity["aliases"], entity["id"].replace("_", " ")}
    return {plain(form) for form in forms} | {plain(part) for part in entity["name"].split(" / ")}


def plain(name: str) -> str:
    folded = fold(name).replace(".", "").strip()
    for article in ("the ", "a ", "an "):
        folded = folded.removeprefix(article)
    return folded


def is_named(reading: Reading, entity_id: str, gold: dict[str, Any]) -> bool:
    """True if the entity of `reading` with this id is `gold` by id, name or alias."""
    if entity_id == gold["id"]:
        return True
    entity = next((e for e in reading.entities if e.id == entity_id), None)
    if entity is None:
        return False
    wanted = names_of(gold)
    return plain(entity.name) in wanted or bool({plain(a) for a in entity.aliases} & wanted)


def score(readings: dict[str, Reading], gold: dict[str, Any], verbose: bool) -> Counter[str]:
    """Counts of what was found, by kind."""
    n: Counter[str] = Counter()
    entities = {e["id"]: e for e in gold["entities"]}
    for entity in gold["entities"]:
        for m in entity["mentions"]:
            reading = readings[m["doc"]]
            over = [p for p in reading.mentions if p.start < m["end"] and m["start"] < p.end]
            right = [p for p in over if is_named(reading, p.entity, entity)]
            actor = entity["type"] in ("person", "group", "state", "outlet", "platform")
            n["mentions"] += 1
            n["mentions found"] += bool(right)
            n["actors"] += actor
            n["actors found"] += actor and bool(right)
            n["mentions exact"] += any((p.start, p.end) == (m["start"], m["end"]) for p in right)
            if verbose and not right:
                print("mention", m["doc"][:3], m["start"], repr(m["text"]), entity["id"], [p.entity for p in over])
    for m in gold["coreference"]:
        reading = readings[m["doc"]]
        linked = [p.entity for p in reading.mentions if (p.start, p.end) == (m["start"], m["end"])]
        target = entities.get(m["entity"])
        if target is None:
            right_ = not linked or any(plain(e) == plain(m["entity"]) for e in _names(reading, linked))
        else:
            right_ = any(is_named(reading, e, target) for e in linked)
        n["pronouns"] += 1
        n["pronouns right"] += right_
        if verbose and not right_:
            print("pronoun", m["doc"][:3], m["start"], m["text"], "gold", m["entity"], "found", linked)
    _events(readings, gold, entities, n, verbose)
    return n


def _names(reading: Reading, ids: list[str]) -> list[str]:
    return [e.name for e in reading.entities if e.id in ids]


def _events(
    readings: dict[str, Reading], gold: dict[str, Any], entities: dict[str, Any], n: Counter[str], verbose: bool
) -> None:
    doc_of = {
        "A": next(d for d in readings if d.startswith("000")),
        "B": next(d for d in readings if d.startswith("004")),
    }
    for event in gold["events"]:
        docs = sorted({doc_of[s[0]] for s in event["statements"]})
        found = [e for d in docs for e in readings[d].events if same_event(e, readings[d], event, entities)]
        n["events"] += 1
        n["events found"] += bool(found)
        n["events dated"] += any(dates_agree(e, event) for e in found)
        n["event status"] += any(e.status.value == event["status"] for e in found)
        if verbose and not found:
            print("event", event["id"], event["type"], event["participants"])
    n["events predicted"] += sum(len(r.events) for r in readings.values())


def same_event(event: Event, reading: Reading, gold: dict[str, Any], entities: dict[str, Any]) -> bool:
    """Type and participants agree and the dates do not contradict each other."""
    types = {gold["type"], "review" if gold["type"] == "internal_review" else gold["type"]}
    if event.type not in types or not _dates_fit(event, gold):
        return False
    wanted = [names_of(entities[p]) for p in gold["participants"] if p in entities]
    aliases = {e.name: {plain(e.name), *(plain(a) for a in e.aliases)} for e in reading.entities}
    shared = sum(any(aliases.get(p, {plain(p)}) & names for p in event.participants) for names in wanted)
    return shared * 2 >= min(len(wanted), max(1, len(event.participants)))


def _dates_fit(event: Event, gold: dict[str, Any]) -> bool:
    earliest = date.fromisoformat(gold["earliest"]) if gold["earliest"] else None
    latest = date.fromisoformat(gold["latest"]) if gold["latest"] else None
    return not (
        (earliest and event.latest and event.latest < earliest)
        or (latest and event.earliest and event.earliest > latest)
    )


def dates_agree(event: Event, gold: dict[str, Any]) -> bool:
    """Both bounds are the gold's."""
    iso = [d.isoformat() if d else None for d in (event.earliest, event.latest)]
    return iso == [gold["earliest"], gold["latest"]]


def seed_readings(agenda: Agenda | None) -> dict[str, Reading]:
    """The seeds, read."""
    out = {}
    for path in sorted((SHARED / "data" / "seeds").glob("0*.txt")):
        text = path.read_text(encoding="utf8")
        out[path.stem] = read(Document(id=path.stem, text=text, published=date(2025, 12, 26)), agenda)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agenda", help="agenda file (TOML)")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what was missed")
    given = parser.parse_args()
    gold_path = SHARED / "data" / "seeds" / "seed_gold.json"
    if not gold_path.exists():
        print("no seeds beside the checkout: nothing measured")
        return 0
    agenda = None
    if given.agenda:
        from comity.ledger import load_agenda

        agenda = load_agenda(given.agenda)
    gold = json.loads(gold_path.read_text(encoding="utf8"))
    n = score(seed_readings(agenda), gold, given.verbose)
    for found, total in (
        ("mentions found", "mentions"),
        ("mentions exact", "mentions"),
        ("actors found", "actors"),
        ("pronouns right", "pronouns"),
        ("events found", "events"),
        ("events dated", "events"),
        ("event status", "events"),
    ):
        print(f"{found:16s} {n[found]:4d} of {n[total]:4d}  {100 * n[found] / n[total]:5.1f} %")
    print(f"events predicted {n['events predicted']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
