"""The brief as JSON: `Brief` field by field, in the same bytes on every machine. `schema()` says what to expect."""

from __future__ import annotations

from comity.desk.parts.values import Brief
from comity.words import Json, dumps
from comity.words import schema as schema_of

VERSION = 1
"""Raised when a field changes its meaning or goes away."""


def render(brief: Brief) -> str:
    """The brief as indented JSON text that ends with a line end."""
    return dumps({"comity_brief": VERSION, "brief": brief}, indent=1) + "\n"


def schema() -> Json:
    """JSON Schema (2020-12) of what `render` writes."""
    of_brief = schema_of(Brief)
    definitions = of_brief.pop("$defs", {})
    of_brief.pop("$schema")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Comity brief",
        "type": "object",
        "properties": {"comity_brief": {"const": VERSION}, "brief": {"$ref": "#/$defs/Brief"}},
        "required": ["comity_brief", "brief"],
        "$defs": {"Brief": of_brief, **definitions},
    }
