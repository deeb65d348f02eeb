"""Incidents as JSON: Comity's own form, and JSON-LD with PROV and Web Annotation.

In JSON-LD an incident is a `prov:Entity` generated at `known_since` and attributed to its source; its quotation is an
`oa:Annotation` that selects the words in the document. A correction is a `prov:wasRevisionOf`, a withdrawal a
`prov:wasInvalidatedBy`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from comity.accord.incidents.csv import Columns
from comity.accord.incidents.plover import records
from comity.accord.incidents.rows import Fault, Read
from comity.words import Incident, InputError, from_json, to_json

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "comity": "urn:comity:",
}


def read(
    path: str, into: Read, zone: tzinfo | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> None:
    """Adds incidents in Comity's own JSON (a list or lines of objects as `comity.words.to_json` writes them)."""
    for number, record in records(path):
        try:
            found: Incident = from_json(Incident, record, file=path)
            into.add(found, path, number, strict=strict)
        except InputError as error:
            into.faults.append(Fault(path, number, error.field or "", error.what))


def written(incidents: Sequence[Incident]) -> str:
    """Incidents in Comity's own JSON, a list; `read` gives the same incidents back."""
    return json.dumps([to_json(i) for i in incidents], ensure_ascii=False, indent=1) + "\n"


def linked(incidents: Sequence[Incident]) -> str:
    """Incidents as JSON-LD."""
    graph = [_entity(i) for i in incidents] + [_annotation(i) for i in incidents if i.quote or i.passage]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _entity(i: Incident) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "@id": f"comity:incident:{i.id}",
        "@type": ["prov:Entity", f"comity:event:{i.kind}"],
        "prov:generatedAtTime": {"@value": i.known_since.isoformat(), "@type": "xsd:dateTime"},
        "prov:wasAttributedTo": {"@type": "prov:Agent", "prov:label": i.source},
        "comity:earliest": {"@value": i.earliest.isoformat(), "@type": "xsd:date"},
        "comity:latest": {"@value": i.latest.isoformat(), "@type": "xsd:date"},
        "comity:low": i.low,
        "comity:high": i.high,
        "comity:review": i.review.value,
        **{f"comity:argument:{name}": value for name, value in i.arguments},
    }
    for name in ("reliability", "attributed", "attribution", "verified_by"):
        if getattr(i, name):
            entity[f"comity:{name}"] = getattr(i, name)
    if i.corrects:
        key = "prov:wasInvalidatedBy" if i.withdrawn else "prov:wasRevisionOf"
        entity[key] = {"@id": f"comity:incident:{i.corrects}"}
    return entity


def _annotation(i: Incident) -> dict[str, Any]:
    quote = i.passage.quote if i.passage else i.quote
    selectors: list[dict[str, Any]] = [{"@type": "oa:TextQuoteSelector", "oa:exact": quote}]
    target: dict[str, Any] = {"oa:hasSource": i.source, "oa:hasSelector": selectors}
    if i.passage:
        target["oa:hasSource"] = {"@id": f"comity:document:{i.passage.document}"}
        selectors.append({"@type": "oa:TextPositionSelector", "oa:start": i.passage.start, "oa:end": i.passage.end})
    return {
        "@id": f"comity:annotation:{i.id}",
        "@type": "oa:Annotation",
        "oa:hasBody": {"@id": f"comity:incident:{i.id}"},
        "oa:hasTarget": target,
    }
