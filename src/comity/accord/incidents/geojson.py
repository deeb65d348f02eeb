"""Incidents with a place as GeoJSON points (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from comity.words import Incident


def written(incidents: Sequence[Incident]) -> str:
    """A feature collection. What has no place is left out and counted in `left_out`: a map has no room for it."""
    placed = [i for i in incidents if i.longitude is not None and i.latitude is not None]
    features = [
        {
            "type": "Feature",
            "id": i.id,
            "geometry": {"type": "Point", "coordinates": [i.longitude, i.latitude]},
            "properties": {
                "kind": i.kind, "earliest": i.earliest.isoformat(), "latest": i.latest.isoformat(),
                "known_since": i.known_since.isoformat(), "source": i.source, "low": i.low, "high": i.high,
                "quote": i.passage.quote if i.passage else i.quote, "review": i.review.value, **dict(i.arguments),
            },
        }
        for i in placed
    ]  # fmt: skip
    made = {"type": "FeatureCollection", "left_out": len(incidents) - len(placed), "features": features}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
