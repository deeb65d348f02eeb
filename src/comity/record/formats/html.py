"""Saved web pages: the article without menus and teasers, and the metadata that pages carry for search engines.

Boilerplate is removed by trafilatura (Barbaresi 2021); nothing is fetched and no script is run or kept. The text as
extracted is the document's text. Metadata is read here: dates only from where pages state them, as a date guessed
from somewhere in a page is worse than none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from comity.record import markup
from comity.record.decode import clean, decode
from comity.record.values import Context, Extract, Format, Input
from comity.words import InputError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "publishdate", "pubdate",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "dcterms.date", "dc.date.created", "article.published", "publication_date", "citation_publication_date",
    "citation_date", "cxenseparse:recs:publishtime", "published_time", "date",
)  # fmt: skip
_SITES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "publisher",
)
_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_LANGUAGES = ("og:locale", "dc.language", "content-language", "language")
_ARTICLES = frozenset({"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting",
                       "webpage", "report", "opinionnewsarticle", "backgroundnewsarticle",
                       "liveblogposting"})  # fmt: skip


def recognises(head: bytes, suffix: str) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    start = re.sub(rb"^(?:<\?xml[^>]*\?>|<!--.*?-->|\s)+", b"", start, flags=re.DOTALL)
    return start.startswith((b"<!doctype html", b"<html"))


def read(source: Input, context: Context) -> Iterator[Extract]:
    data = source.data(context.limits)
    yield page(data, source.name, source.stem)


def page(data: bytes, name: str, stem: str, *, charset: str | None = None, url: str | None = None) -> Extract:
    """The extract of a page given as bytes; `charset` and `url` as a mail or archive states them."""
    stated = _DECLARED.match(data) or _CHARSET.search(data[:4096])
    decoded = decode(data, name=name, declared=charset or (stated[1].decode() if stated else None))
    source = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    tree = markup.parse(source)
    text = _article(source, tree)
    if not text:
        raise InputError("the page has no text (it may be made by scripts)", file=name, hint="save it as text or PDF")
    fields = _metadata(tree)
    if url:
        fields.setdefault("url", url)
    guessed = decoded.note if "guessed" in decoded.note or "mixed" in decoded.note else ""
    return Extract(text, name, stem, fields, note=guessed)


def _article(source: str, tree: Any) -> str:
    if tree is None:
        return ""
    import trafilatura  # half a second to import: only for pages

    text = trafilatura.extract(
        clean(source), include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
    )
    whole = markup.element_text(tree)
    # Very short pages are taken for boilerplate as a whole; so is an article that is not in the markup of one.
    if not text or (len(text) < 250 and len(text) < len(whole) / 3 and len(whole) < 4000):
        return markup.tidy(clean(whole))
    text = re.sub(r"\n(?!- |\|)", "\n\n", text)  # trafilatura: a line is a paragraph, a list item or a row
    return markup.tidy(clean(text))


def _metadata(tree: Any) -> dict[str, str]:
    metas = _metas(tree)
    linked = _linked_data(tree)
    published = linked.get("published") or _first(metas, _DATES) or _time(tree)
    fields = {
        "published": published,
        "source": _first(metas, _SITES) or linked.get("source"),
        "title": linked.get("title") or _first(metas, _TITLES) or _title(tree),
        "url": _canonical(tree) or metas.get("og:url") or _saved_from(tree),
        "language": _language(tree, metas),
    }
    if fields["title"] and fields["source"]:
        fields["title"] = re.sub(rf"\s+[|–—-]\s+{re.escape(fields['source'])}\s*$", "", fields["title"])
    return {field: value for field, value in fields.items() if value}


def _metas(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if key and content:
            metas.setdefault(key.strip().lower(), content)
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _linked_data(tree: Any) -> dict[str, str]:
    """Date, outlet and headline as JSON-LD states them for the article (schema.org)."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            types = item.get("@type")
            names = {str(t).lower() for t in (types if isinstance(types, list) else [types])}
            if names & _ARTICLES and ("datePublished" in item or "headline" in item):
                publisher = item.get("publisher")
                publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
                outlet = publisher.get("name") if isinstance(publisher, dict) else publisher
                found = {"published": item.get("datePublished"), "source": outlet, "title": item.get("headline")}
                return {field: clean(value) for field, value in found.items() if isinstance(value, str)}
    return {}


def _items(data: Any) -> list[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    flat = [item for item in items if isinstance(item, dict)]
    return flat + [x for item in flat for x in item.get("@graph") or [] if isinstance(x, dict)]


def _time(tree: Any) -> str | None:
    """The first ``<time datetime>`` that is marked as the date of publication, or the only one of the page."""
    times = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [t for t in times if t.get("pubdate") is not None or "publi" in (t.get("itemprop") or "").lower()
              or "publi" in (t.get("class") or "").lower()]  # fmt: skip
    chosen = marked[0] if marked else times[0] if len({t.get("datetime")[:10] for t in times}) == 1 else None
    if chosen is not None:
        return str(chosen.get("datetime"))
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        return element.get("content") or element.get("datetime") or str(element.text_content()).strip() or None
    return None


def _title(tree: Any) -> str | None:
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = tree.find(".//title")
    return " ".join(title.text_content().split()) or None if title is not None else None


def _canonical(tree: Any) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and re.match(r"https?://", link.get("href") or ""):
            return str(link.get("href"))
    return None


def _saved_from(tree: Any) -> str | None:
    """Addresses that an archive or a browser extension leaves in a saved page."""
    for name in ("savepage-url", "archive-url", "original-source"):
        for meta in tree.iterfind(f".//meta[@name='{name}']"):
            if re.match(r"https?://", meta.get("content") or ""):
                return str(meta.get("content"))
    return None


def _language(tree: Any, metas: dict[str, str]) -> str | None:
    root = tree if tree.tag == "html" else tree.find(".//html")
    stated = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")) if root is not None else None
    return stated or _first(metas, _LANGUAGES)


FORMAT = Format("html", (".html", ".htm", ".xhtml"), read, recognises)
