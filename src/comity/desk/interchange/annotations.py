"""W3C Web Annotation (JSON-LD): each coding is an annotation of its passage.

Positions count code points, as the recommendation says (Web Annotation Data Model, 4.2.5); some tools count UTF-16 code
units instead, which can be asked for. Every annotation has both the position and the quotation with what stands
around it. The statement in full is a JSON literal of its own term, ``comity:statement``; tags repeat its main fields
for tools that do not know that term.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from comity.desk.interchange.codings import Coding, by_id, checked, ordered
from comity.desk.interchange.offsets import Offsets, Unit
from comity.words import (
    Coder,
    Document,
    Handling,
    InputError,
    Passage,
    Review,
    from_json,
    statement_from_json,
    statement_to_json,
)

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "comity": "urn:comity:words:",
        "comity:statement": {"@type": "@json"},
        "comity:review": {},
        "comity:handling": {},
        "comity:offsets": {},
    },
]
AROUND = 32
"""Characters of the text given before and after a quotation."""
_TAGS = ("speaker", "holder", "act", "issue", "option", "certainty", "polarity")


def dumps(codings: Iterable[Coding], documents: Sequence[Document], unit: Unit = Unit.CODE_POINTS) -> str:
    """The codings as one annotation page, in an order of its own; offsets count `unit`."""
    known = by_id(documents)
    offsets: dict[str, Offsets] = {}
    items = []
    for coding in ordered(codings):
        document = known[coding.statement.document]
        at = offsets.setdefault(document.id, Offsets(document.text, unit))
        items.append(_annotation(coding, document, at))
    page = {"@context": CONTEXT, "type": "AnnotationPage", "comity:offsets": unit.value, "items": items}
    return json.dumps(page, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _annotation(coding: Coding, document: Document, at: Offsets) -> dict[str, Any]:
    s = coding.statement
    start, end = at.outside(s.passage.span)
    plain = statement_to_json(s)
    tags = [f"{name}: {plain[name]}" for name in _TAGS if plain[name] is not None]
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    if coding.note:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": coding.note})
    text = document.text
    return {
        "id": f"urn:comity:{_urn(s.id)}:{_urn(coding.coder.id)}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Software" if coding.coder.kind == "reader" else "Person", "name": coding.coder.id},
        "body": bodies,
        "target": {
            "source": document.url or f"urn:comity:{_urn(document.id)}",
            "comity:document": document.id,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": s.passage.quote,
                    "prefix": text[max(0, s.passage.start - AROUND) : s.passage.start],
                    "suffix": text[s.passage.end : s.passage.end + AROUND],
                },
            ],
        },
        "comity:review": coding.review.value,
        "comity:handling": coding.handling.value,
        "comity:statement": plain,
    }


def _urn(text: str) -> str:
    """Safe in an address: anything that is no letter, digit or hyphen as %XX."""
    return "".join(
        c if c.isascii() and (c.isalnum() or c == "-") else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in text
    )


def loads(text: str, documents: Sequence[Document], file: str | None = None) -> tuple[Coding, ...]:
    """The codings of an annotation page, collection, list or single annotation that `dumps` or its like wrote.

    Annotations without a statement of ours are none: see `passages` for those of other tools. Raises InputError where
    a passage does not stand where it says, in whatever unit the page says its offsets count.
    """
    page = _parsed(text, file)
    known = by_id(documents)
    found = []
    for number, item in enumerate(_items(page, file), start=1):
        plain = item.get("comity:statement")
        if plain is None:
            continue
        try:
            creator = item.get("creator") or {}
            target = item["target"]
            document = str(target.get("comity:document") or str(plain["id"]).rpartition("#")[0])
            statement = statement_from_json(plain, document, file=file)
            coder = Coder(str(creator.get("name", "")), "reader" if creator.get("type") == "Software" else "person")
            notes = [b["value"] for b in item.get("body", ()) if b.get("purpose") == "commenting"]
            review = from_json(Review, item.get("comity:review", "unreviewed"), file=file)
            handling = from_json(Handling, item.get("comity:handling", "public"), file=file)
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"annotation {number} is not complete: {error!r}", file=file) from None
        checked(statement.passage, known, file)
        (start, end), unit = _position(item, file), _unit(page, file)
        if start is not None and Offsets(known[document].text, unit).inside((start, end)) != statement.passage.span:
            raise InputError(f"annotation {number} has two positions that differ", file=file)
        found.append(Coding(statement, coder, review, handling, "\n".join(notes)))
    return tuple(found)


def foreign(text: str, file: str | None = None) -> int:
    """How many annotations of a page hold no statement of ours."""
    return sum("comity:statement" not in item for item in _items(_parsed(text, file), file))


def passages(
    text: str, documents: Sequence[Document], unit: Unit = Unit.CODE_POINTS, file: str | None = None
) -> tuple[tuple[Passage, str, tuple[str, ...]], ...]:
    """Annotations of any tool: passage, who made it, its tags and comments.

    The document is the one whose address or id is the source, or the only one there is. A position must agree with its
    quotation; a quotation without a position must stand in the text once only, with what is said to stand around it:
    else InputError. Nothing is attached to similar words elsewhere.
    """
    page = _parsed(text, file)
    found = []
    for number, item in enumerate(_items(page, file), start=1):
        document = _document(item, documents, number, file)
        start, end = _position(item, file)
        exact, prefix, suffix = _quotation(item)
        if start is not None:
            start, end = Offsets(document.text, unit).inside((start, end))
            if start == end:
                raise InputError(f"annotation {number} marks nothing", file=file)
            passage = document.passage(start, end)
            if exact and passage.quote != exact:
                raise InputError(
                    f"annotation {number}: {exact[:40]!r} does not stand at its position",
                    file=file,
                    hint="offsets may count UTF-16 code units: try --units utf-16",
                )
        elif exact:
            places = _places(document.text, exact, prefix, suffix)
            if len(places) != 1:
                raise InputError(
                    f"annotation {number}: {exact[:40]!r} stands {len(places)} times in {document.id}", file=file
                )
            passage = document.passage(places[0], places[0] + len(exact))
        else:
            raise InputError(f"annotation {number} has neither position nor quotation", file=file)
        creator = item.get("creator") or {}
        name = creator.get("name", "") if isinstance(creator, Mapping) else str(creator)
        bodies = item.get("body") or ()
        bodies = bodies if isinstance(bodies, list) else [bodies]
        values = tuple(str(b.get("value", "")) if isinstance(b, Mapping) else str(b) for b in bodies)
        found.append((passage, name, values))
    return tuple(found)


def _places(text: str, exact: str, prefix: str, suffix: str) -> list[int]:
    places, at = [], text.find(exact)
    while at >= 0:
        if text[:at].endswith(prefix) and text[at + len(exact) :].startswith(suffix):
            places.append(at)
        at = text.find(exact, at + 1)
    return places


def _parsed(text: str, file: str | None) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"not JSON: {error}", file=file) from None


def _items(page: Any, file: str | None) -> list[Any]:
    items: Any = None
    if isinstance(page, list):
        items = page
    elif isinstance(page, dict) and page.get("type") == "Annotation":
        items = [page]
    elif isinstance(page, dict):
        first = page.get("first") if isinstance(page.get("first"), dict) else page
        items = first.get("items") if isinstance(first, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise InputError("no annotations here", file=file, hint="an AnnotationPage with items is expected")
    return items


def _unit(page: Any, file: str | None) -> Unit:
    said = page.get("comity:offsets", Unit.CODE_POINTS.value) if isinstance(page, dict) else Unit.CODE_POINTS.value
    found: Unit = from_json(Unit, said, file=file)
    return found


def _selectors(item: Any) -> list[Any]:
    target = item.get("target")
    target = target[0] if isinstance(target, list) and target else target
    found = target.get("selector", []) if isinstance(target, dict) else []
    return [s for s in (found if isinstance(found, list) else [found]) if isinstance(s, dict)]


def _position(item: Any, file: str | None) -> tuple[Any, Any]:
    for selector in _selectors(item):
        if selector.get("type") == "TextPositionSelector":
            start, end = selector.get("start"), selector.get("end")
            if not isinstance(start, int) or not isinstance(end, int):
                raise InputError("a position without start and end", file=file)
            return start, end
    return None, None


def _quotation(item: Any) -> tuple[str, str, str]:
    for selector in _selectors(item):
        if selector.get("type") == "TextQuoteSelector":
            return tuple(str(selector.get(name, "")) for name in ("exact", "prefix", "suffix"))  # type: ignore[return-value]
    return "", "", ""


def _document(item: Any, documents: Sequence[Document], number: int, file: str | None) -> Document:
    target = item.get("target")
    target = target[0] if isinstance(target, list) and target else target
    source = target.get("source", "") if isinstance(target, dict) else str(target or "")
    source = source.get("id", "") if isinstance(source, dict) else str(source)
    for document in documents:
        if source and source in (document.url, document.id, f"urn:comity:{_urn(document.id)}"):
            return document
    if len(documents) == 1:
        return documents[0]
    raise InputError(f"annotation {number} is on {source[:60]!r}, which is no document here", file=file)
