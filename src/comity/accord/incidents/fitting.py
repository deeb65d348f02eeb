"""Incidents fitted to an accord: names to ids, places to zones, and what the accord does not know told as faults."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from shapely.geometry import Point, shape

from comity.accord.incidents.rows import Fault
from comity.words import Accord, Incident, InputError, fold

COVERAGE = "coverage"
PLACES = ("party", "body", "zone")
"""Arguments whose values the accord lists; other arguments take any value."""


def fitted(
    accord: Accord, incidents: Iterable[Incident], where: Callable[[Incident], tuple[str, int]] | None = None
) -> tuple[list[Incident], list[Fault]]:
    """The incidents that speak of the accord, and a fault for each that does not.

    A party or zone may be given by id or by name, in any case. An incident without a zone gets the first zone that its
    place lies in. At fault are: a kind that the accord does not know (told once a kind), an unknown party or zone, and
    an incident wholly before the accord was in force.
    """
    kinds = {e.name: e for e in accord.events}
    ids = {
        "party": _names(accord.parties, accord.names), "body": _names((*accord.parties, *accord.bodies), accord.names),
        "zone": {fold(word): z.id for z in accord.zones for word in (z.id, z.name)},
    }  # fmt: skip
    place = _placer(accord)
    kept, faults, unknown = list[Incident](), list[Fault](), Counter[str]()
    for i in incidents:
        file, line = where(i) if where else ("", 0)
        if i.kind == COVERAGE:
            of = dict(i.arguments).get("of", "")
            if of and of not in kinds:
                faults.append(Fault(file, line, "of", f"{i.id} watches for {of!r}, which is no event of the accord"))
            else:
                kept.append(i)
            continue
        if i.kind not in kinds:
            unknown[i.kind] += 1
            continue
        if accord.starts and i.latest < accord.starts:
            faults.append(Fault(file, line, "latest", f"{i.id} ({i.latest}) comes before the accord ({accord.starts})"))
            continue
        told, bad = dict(i.arguments), ""
        if "zone" in kinds[i.kind].arguments and not told.get("zone") and (zone := place(i)):
            told["zone"] = zone
        for name in PLACES:
            if told.get(name) and name in kinds[i.kind].arguments:
                known = ids[name].get(fold(told[name]))
                if known is None and ids[name]:
                    listed = ", ".join(sorted(set(ids[name].values())))
                    bad = f"{i.id}: no {name} is called {told[name]!r}; known: {listed}"
                told[name] = known or told[name]
        if bad:
            faults.append(Fault(file, line, "", bad))
        else:
            ordered = tuple((n, told[n]) for n in kinds[i.kind].arguments if n in told)
            rest = tuple((n, v) for n, v in told.items() if n not in kinds[i.kind].arguments)
            kept.append(replace(i, arguments=ordered + rest))
    faults += [
        Fault("", 0, "kind", f"{number} incidents of kind {kind!r}, which is no event of the accord; left out")
        for kind, number in sorted(unknown.items())
    ]
    return kept, faults


def _names(members: Sequence[str], names: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {fold(word): m for m in members for word in (m, dict(names).get(m, m))}


def _placer(accord: Accord) -> Callable[[Incident], str]:
    shapes = []
    for zone in accord.zones:
        if zone.geometry:
            try:
                shapes.append((zone.id, shape(json.loads(zone.geometry))))
            except (ValueError, TypeError, KeyError) as error:
                raise InputError(f"zone {zone.id}: not a GeoJSON geometry: {error}") from None

    def place(i: Incident) -> str:
        if i.longitude is None or i.latitude is None:
            return ""
        point = Point(i.longitude, i.latitude)
        return next((name for name, area in shapes if area.covers(point)), "")

    return place
