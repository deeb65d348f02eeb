"""Values to JSON and back, and JSON Schema from the values. Standard library only.

`to_json` and `from_json` follow the dataclasses field by field. Readings have a form of their own, the one that
every scorer and other tool takes: `reading_to_json` and `reading_from_json`.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import sys
import types
import typing
from datetime import date, datetime
from enum import Enum
from typing import Any

from comity.words.errors import InputError
from comity.words.statement import (
    Act,
    Certainty,
    Chances,
    Entity,
    Event,
    Mention,
    Mode,
    Polarity,
    Quantity,
    Reading,
    Said,
    Segment,
    Skipped,
    Statement,
    StatusClaim,
    TimeMention,
)
from comity.words.text import Passage, Span

Json = Any


def to_json(value: Any) -> Json:
    """`value` as plain JSON: dataclasses to objects, enumerations to their values, dates to ISO 8601.

    >>> from comity.words import Party
    >>> to_json(Party("a", "Aldermark"))["roles"]
    ['party']
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Reading):
            return reading_to_json(value)
        if isinstance(value, Statement):
            return statement_to_json(value)
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(item) for item in value]
    return value


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def from_json(cls: Any, data: Json, *, file: str | None = None, field: str = "") -> Any:
    """The value of type `cls` that `data` stands for. Raises InputError naming the field that does not fit.

    >>> from comity.words import Party
    >>> from_json(Party, {"id": "a", "name": "Aldermark", "roles": ["mediator"]}).roles[0].value
    'mediator'
    """
    origin = typing.get_origin(cls)
    if origin in (typing.Union, types.UnionType):
        inner = [arg for arg in typing.get_args(cls) if arg is not type(None)]
        return None if data is None else from_json(inner[0], data, file=file, field=field)
    if origin is tuple:
        args = typing.get_args(cls)
        if not isinstance(data, list):
            raise InputError(f"expected a list, found {data!r}", file=file, field=field)
        each = [args[0]] * len(data) if len(args) == 2 and args[1] is Ellipsis else list(args)
        if len(each) != len(data):
            raise InputError(f"expected {len(each)} items, found {len(data)}", file=file, field=field)
        return tuple(
            from_json(arg, item, file=file, field=f"{field}[{i}]")
            for i, (arg, item) in enumerate(zip(each, data, strict=True))
        )
    if not isinstance(cls, type):
        return data
    if cls is Statement:
        return statement_from_json(data, file=file)
    if cls is Reading:
        return reading_from_json(data, file=file)
    if dataclasses.is_dataclass(cls):
        return _dataclass_from_json(cls, data, file, field)
    try:
        if issubclass(cls, Enum):
            return cls(data)
        if issubclass(cls, datetime):
            return datetime.fromisoformat(data)
        if issubclass(cls, date):
            return date.fromisoformat(data)
    except (ValueError, TypeError):
        raise InputError(_does_not_fit(cls, data), file=file, field=field) from None
    if cls is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, cls) or (cls is int and isinstance(data, bool)):
        raise InputError(_does_not_fit(cls, data), file=file, field=field)
    return data


def _dataclass_from_json(cls: Any, data: Json, file: str | None, field: str) -> Any:
    if not isinstance(data, dict):
        raise InputError(f"expected an object, found {data!r}", file=file, field=field)
    hints, known = _hints(cls), {f.name: f for f in dataclasses.fields(cls)}
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise InputError(f"unknown field {unknown[0]!r}", file=file, field=field, hint=f"known are {', '.join(known)}")
    values = {
        name: from_json(hints[name], item, file=file, field=f"{field}.{name}" if field else name)
        for name, item in data.items()
    }
    for name, spec in known.items():
        required = spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING
        if required and name not in values:
            raise InputError(f"field {name!r} is missing", file=file, field=field)
    return cls(**values)


def _does_not_fit(cls: type, data: Json) -> str:
    if issubclass(cls, Enum):
        return f"{data!r} is none of {', '.join(str(member.value) for member in cls)}"
    if issubclass(cls, date):
        return f"not a date: {data!r} (use YYYY-MM-DD)"
    return f"expected {cls.__name__}, found {data!r}"


def _spans(spans: tuple[Span, ...]) -> Json:
    return [list(span) for span in spans]


def _tuples(spans: Json) -> tuple[Span, ...]:
    return tuple((int(s), int(e)) for s, e in spans or ())


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def statement_to_json(s: Statement) -> Json:
    """A statement in the shared form of readings."""
    return {
        "id": s.id,
        "start": s.passage.start,
        "end": s.passage.end,
        "quote": s.passage.quote,
        "spans": {"source": _spans(s.source), "cue": _spans(s.cue), "content": _spans(s.content)},
        "mode": s.mode.value,
        "speaker": s.speaker,
        "holder": s.holder,
        "chain": list(s.chain),
        "act": s.act.value,
        "issue": s.issue,
        "also_issues": list(s.also_issues),
        "option": s.option,
        "certainty": s.certainty.value,
        "polarity": s.polarity.value if s.polarity else None,
        "status": s.status.value if s.status else None,
        "fact": s.fact,
        "absolute": s.absolute,
        "condition": _spans(s.condition),
        "said": {
            "earliest": to_json(s.said.earliest),
            "latest": to_json(s.said.latest),
            "expression": list(s.said.expression) if s.said.expression else None,
        },
        "quantities": [to_json(q) for q in s.quantities],
        "topics": list(s.topics),
        "addressee": s.addressee,
        "medium": s.medium,
        "confidence": s.confidence,
        "same_utterance_as": s.same_utterance_as,
        **({"chances": to_json(s.chances)} if s.chances is not None else {}),
    }


def statement_from_json(data: Json, document: str | None = None, *, file: str | None = None) -> Statement:
    """A statement from the shared form. `document` defaults to what stands before ``#`` in its id."""
    try:
        said, spans = data.get("said") or {}, data.get("spans") or {}
        expression = said.get("expression")
        doc = document if document is not None else str(data["id"]).rpartition("#")[0]
        return Statement(
            id=data["id"],
            passage=Passage(doc, data["start"], data["end"], data["quote"]),
            mode=Mode(data["mode"]),
            speaker=_one(data["speaker"]),
            act=Act(data["act"]),
            certainty=Certainty(data.get("certainty") or "asserted"),
            holder=_one(data.get("holder")),
            chain=tuple(map(_one, data.get("chain") or ())),
            issue=_one(data.get("issue")),
            also_issues=tuple(map(_one, data.get("also_issues") or ())),
            option=_one(data.get("option")),
            polarity=Polarity(data["polarity"]) if data.get("polarity") else None,
            status=StatusClaim(data["status"]) if data.get("status") else None,
            fact=bool(data.get("fact", False)),
            absolute=bool(data.get("absolute", False)),
            said=Said(
                _date(said.get("earliest")),
                _date(said.get("latest")),
                (expression[0], expression[1]) if expression else None,
            ),
            source=_tuples(spans.get("source")),
            cue=_tuples(spans.get("cue")),
            content=_tuples(spans.get("content")),
            condition=_tuples(data.get("condition")),
            quantities=tuple(from_json(Quantity, q) for q in data.get("quantities") or ()),
            topics=tuple(map(_one, data.get("topics") or ())),
            addressee=data.get("addressee"),
            medium=data.get("medium"),
            confidence=float(data.get("confidence", 1.0)),
            same_utterance_as=data.get("same_utterance_as"),
            chances=from_json(Chances, data["chances"]) if data.get("chances") else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not a statement: {error!r}", file=file) from None


def _one(word: Any) -> Any:
    """The one copy of a word that stands in many statements: half a million of them would be large."""
    return sys.intern(word) if type(word) is str else word


def reading_to_json(r: Reading) -> Json:
    """A reading in the shared form: one object a document."""
    return {
        "document": r.document,
        "published": to_json(r.published),
        "statements": [statement_to_json(s) for s in r.statements],
        "events": [to_json(e) for e in r.events],
        "times": [to_json(t) for t in r.times],
        "mentions": [to_json(m) for m in r.mentions],
        "entities": [to_json(e) for e in r.entities],
        "segments": [to_json(s) for s in r.segments],
        "skipped": [to_json(s) for s in r.skipped],
        "reader": r.reader,
        "text_sha256": r.text_sha256,
    }


def reading_from_json(data: Json, *, file: str | None = None) -> Reading:
    """A reading from the shared form. Raises InputError if it is none."""
    if not isinstance(data, dict) or "document" not in data or "statements" not in data:
        raise InputError("not a reading: an object with 'document' and 'statements' is expected", file=file)
    name = data["document"]

    def each(cls: type, key: str) -> Any:
        return tuple(from_json(cls, item, file=file, field=key) for item in data.get(key) or ())

    return Reading(
        document=name,
        published=_date(data.get("published")),
        reader=data.get("reader", ""),
        text_sha256=data.get("text_sha256", ""),
        statements=tuple(statement_from_json(s, name, file=file) for s in data["statements"]),
        events=each(Event, "events"),
        times=each(TimeMention, "times"),
        mentions=each(Mention, "mentions"),
        entities=each(Entity, "entities"),
        segments=each(Segment, "segments"),
        skipped=each(Skipped, "skipped"),
    )


def dumps(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON text that is the same on every machine: keys in field order, no spaces, no escapes."""
    return json.dumps(
        to_json(value),
        ensure_ascii=False,
        indent=indent,
        separators=None if indent else (",", ":"),
        allow_nan=False,
    )


def schema(cls: Any) -> Json:
    """JSON Schema (2020-12) of what `to_json` makes of a value of type `cls`.

    >>> from comity.words import Passage
    >>> schema(Passage)["properties"]["start"]
    {'type': 'integer'}
    """
    definitions: dict[str, Json] = {}
    root = _schema(cls, definitions)
    name = root["$ref"].rpartition("/")[2]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **definitions.pop(name),
        **({"$defs": definitions} if definitions else {}),
    }


_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _schema(cls: Any, definitions: dict[str, Json]) -> Json:
    origin, args = typing.get_origin(cls), typing.get_args(cls)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if arg is type(None) else _schema(arg, definitions) for arg in args]}
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return {"type": "array", "items": _schema(args[0], definitions)}
        return {
            "type": "array",
            "prefixItems": [_schema(arg, definitions) for arg in args],
            "minItems": len(args),
            "maxItems": len(args),
        }
    if cls in _PLAIN:
        return {"type": _PLAIN[cls]}
    if isinstance(cls, type) and issubclass(cls, Enum):
        definitions.setdefault(cls.__name__, {"enum": [member.value for member in cls]})
        return {"$ref": f"#/$defs/{cls.__name__}"}
    if isinstance(cls, type) and issubclass(cls, datetime):
        return {"type": "string", "format": "date-time"}
    if isinstance(cls, type) and issubclass(cls, date):
        return {"type": "string", "format": "date"}
    if dataclasses.is_dataclass(cls) and isinstance(cls, type):
        if cls.__name__ not in definitions:
            definitions[cls.__name__] = {}
            hints = _hints(cls)
            definitions[cls.__name__] = {
                "title": cls.__name__,
                "description": (cls.__doc__ or "").strip().split("\n\n")[0],
                "type": "object",
                "properties": {f.name: _schema(hints[f.name], definitions) for f in dataclasses.fields(cls)},
                "required": [
                    f.name
                    for f in dataclasses.fields(cls)
                    if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
                ],
            }
        return {"$ref": f"#/$defs/{cls.__name__}"}
    return {}
