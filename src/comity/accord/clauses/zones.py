"""Zones: GeoJSON geometries, or bands around a line; which zones a place lies in."""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from typing import Any

from shapely import affinity
from shapely.geometry import LineString, Point, mapping, shape
from shapely.geometry.base import BaseGeometry

from comity.words import Accord

KM_PER_DEGREE = 111.195
"""Kilometres in one degree of latitude on a sphere of 6,371 km."""

_BAND = re.compile(r"(?P<width>\d+(?:\.\d+)?)\s*(?P<unit>km|m)\s+around\s+(?P<line>.+)$")
_DIGITS = 6


def _flat(geometry: BaseGeometry, latitude: float, *, back: bool = False) -> BaseGeometry:
    """Degrees to kilometres on a plane that touches the earth at `latitude`, or back."""
    x, y = KM_PER_DEGREE * math.cos(math.radians(latitude)), KM_PER_DEGREE
    return affinity.scale(geometry, 1 / x if back else x, 1 / y if back else y, origin=(0, 0))


def band(text: str) -> str:
    """The GeoJSON polygon of a band: ``5 km around 10.2 54.1, 10.4 54.3`` (longitude latitude of each point).

    The width is the distance to either side of the line. Distances are taken on a plane: fit for bands up to some
    hundred kilometres. Raises ValueError.

    >>> json.loads(band("10 km around 0 0, 1 0"))["type"]
    'Polygon'
    """
    match = _BAND.match(text.strip())
    if not match:
        raise ValueError("not a band")
    points = [tuple(map(float, pair.split())) for pair in match["line"].split(",")]
    if len(points) < 2 or any(len(p) != 2 for p in points):
        raise ValueError("a line has two points or more, each a longitude and a latitude")
    if any(not (-180 <= lon <= 180 and -90 <= lat <= 90) for lon, lat in points):
        raise ValueError("longitude from -180 to 180, latitude from -90 to 90")
    width = float(match["width"]) / (1000 if match["unit"] == "m" else 1)
    middle = sum(lat for _, lat in points) / len(points)
    area = _flat(_flat(LineString(points), middle).buffer(width, quad_segs=4), middle, back=True)
    return written(area)


def written(geometry: BaseGeometry) -> str:
    """A geometry as GeoJSON text with coordinates to six decimals (about 10 cm)."""

    def rounded(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [rounded(v) for v in value]
        return round(value, _DIGITS)

    found = mapping(geometry)
    return json.dumps({"type": found["type"], "coordinates": rounded(found["coordinates"])})


def geojson(text: str) -> str:
    """A checked GeoJSON geometry (or the geometry of a feature) as text. Raises ValueError."""
    data = json.loads(text)
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = data.get("geometry")
    if not isinstance(data, dict) or "coordinates" not in data:
        raise ValueError("no GeoJSON geometry")
    try:
        found = shape(data)
    except Exception as error:
        raise ValueError(str(error)) from None
    if found.is_empty or not found.is_valid:
        raise ValueError("the geometry is empty or crosses itself")
    west, south, east, north = found.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError("longitude from -180 to 180, latitude from -90 to 90")
    return written(found)


@lru_cache(maxsize=256)
def _shape(geometry: str) -> BaseGeometry:
    return shape(json.loads(geometry))


def zones_at(accord: Accord, longitude: float, latitude: float) -> tuple[str, ...]:
    """Ids of the accord's zones that hold the place, their edges included, in the order of the file."""
    place = Point(longitude, latitude)
    return tuple(z.id for z in accord.zones if z.geometry and _shape(z.geometry).intersects(place))
