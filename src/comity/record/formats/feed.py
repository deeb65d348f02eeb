"""RSS and Atom files: each entry is a document, its text the fullest that the entry carries."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

from comity.record import markup
from comity.record.decode import clean
from comity.record.values import Context, Extract, Failure, Format, Input, Yield
from comity.words import InputError

_ENTITIES = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)


def recognises(head: bytes, suffix: str) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096].lower()
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\x00", b"")[2:]
    start = re.sub(rb"^(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>|\s)+", b"", start, flags=re.DOTALL)
    return bool(re.match(rb"<(?:rss\b|feed\b|rdf:rdf\b|[a-z0-9]+:feed\b)", start))


def read(source: Input, context: Context) -> Iterator[Yield]:
    import feedparser

    data = source.data(context.limits)
    if _ENTITIES.search(data):
        raise InputError(
            "the feed defines entities of its own, which no feed needs", file=source.name, hint="remove them"
        )
    # A stream, never a str or bytes: those feedparser would take for an address or a file's name.
    try:
        parsed = feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    except (ValueError, LookupError) as failure:
        raise InputError(f"the feed is broken: {type(failure).__name__}", file=source.name) from None
    if not parsed.entries:
        error = parsed.get("bozo_exception")
        raise InputError(f"no entries in this feed{f': {error}' if error else ''}", file=source.name)
    for number, entry in enumerate(parsed.entries, start=1):
        name = f"{source.name}!{number}"
        text = _text(entry)
        if text:
            yield Extract(text, name, f"{source.stem}-{_slug(entry, number)}", _metadata(entry, parsed.feed))
        else:
            yield Failure(name, InputError("the entry has no text", file=name, hint="save the page that it links to"))
    if parsed.get("bozo") and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        cut = InputError(
            f"the feed is broken: {parsed.bozo_exception}", file=source.name, hint="entries before that were read"
        )
        yield Failure(source.name, cut)


def _text(entry: Any) -> str:
    bodies = [part.get("value") or "" for part in entry.get("content") or []] + [entry.get("summary") or ""]
    texts = [_plain(body) for body in bodies]
    return clean(max(texts, key=len, default=""))


def _plain(body: str) -> str:
    if re.search(r"<[a-zA-Z/!]|&[a-zA-Z#]", body):
        return markup.text_of(body)
    return markup.tidy(body)


def _metadata(entry: Any, feed: Any) -> dict[str, str]:
    source = (entry.get("source") or {}).get("title") or feed.get("title")
    fields = {
        "published": entry.get("published") or entry.get("created") or entry.get("updated"),
        "source": markup.text_of(source) if source else None,
        "title": markup.text_of(entry.get("title") or ""),
        "url": entry.get("link"),
        "language": entry.get("language") or feed.get("language"),
    }
    return {field: clean(value) for field, value in fields.items() if value}


def _slug(entry: Any, number: int) -> str:
    """A name that stays the same wherever the entry stands in the feed: from its id, its address, else its number."""
    identity = entry.get("id") or entry.get("link")
    if not identity:
        return f"{number:05d}"
    words = re.findall(r"\w+", re.sub(r"^.*/(?=[^/])", "", identity.rstrip("/")).removesuffix(".html"))
    slug = "-".join(words).lower()
    return slug if 4 <= len(slug) <= 60 else hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:8]


FORMAT = Format("feed", (".rss", ".atom", ".xml"), read, recognises)
