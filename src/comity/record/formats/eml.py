"""E-mail messages (.eml) and web pages saved in one file (.mhtml): the body is a document, and so is each attachment
of a known format."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from comity.record import markup
from comity.record.decode import clean, read_text
from comity.record.formats import html
from comity.record.values import Budget, Context, Extract, Failure, Format, Input, Yield
from comity.words import InputError

_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]", re.MULTILINE)
_TELLING = frozenset({b"mime-version", b"message-id", b"received", b"return-path", b"content-transfer-encoding"})
_PLAIN = frozenset({b"from", b"to", b"subject", b"date"})


def recognises(head: bytes, suffix: str) -> bool:
    """True if the file begins with headers that only a mail program writes."""
    block = re.split(rb"\r?\n\r?\n", head.removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0]
    if not re.match(rb"(?:From [^\n]+\n)?[A-Za-z][A-Za-z0-9-]+:", block):
        return False
    names = {name.lower() for name in _HEADER.findall(block)}
    return bool(names & _TELLING) and bool(names & (_PLAIN | {b"snapshot-content-location"}))


def read(source: Input, context: Context) -> Iterator[Yield]:
    data = source.data(context.limits)
    if not _HEADER.search(data[:4096]):
        raise InputError("not a mail message: it has no headers", file=source.name)
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(parsed, EmailMessage):
        raise InputError("not a mail message", file=source.name)
    snapshot = parsed.get("Snapshot-Content-Location")
    try:
        yield _page(parsed, str(snapshot), source) if snapshot else _body(parsed, source)
    except InputError as error:
        yield Failure(source.name, error)
    if not snapshot:
        yield from _attachments(parsed, source, source.within(context.limits))


def _body(message: EmailMessage, source: Input) -> Extract:
    part = message.get_body(preferencelist=("plain", "html"))
    note = ""
    text = ""
    if isinstance(part, EmailMessage):
        decoded = read_text(_payload(part), name=source.name, declared=part.get_content_charset())
        text = decoded.text if part.get_content_subtype() != "html" else markup.text_of(decoded.text)
        note = decoded.note if "guessed" in decoded.note or "mixed" in decoded.note else ""
    text = clean(text).strip("\n")
    if not text.strip():
        raise InputError("the message has no text of its own", file=source.name)
    return Extract(text, source.name, source.stem, _metadata(message), note=note)


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _metadata(message: EmailMessage) -> dict[str, str]:
    name, address = parseaddr(_header(message, "From"))
    fields = {
        "published": _header(message, "Date"),
        "source": name.strip("\"' ") or address.rpartition("@")[2],
        "title": _header(message, "Subject"),
        "language": _header(message, "Content-Language"),
        "url": _header(message, "Archived-At").strip("<>"),
    }
    return {field: clean(value) for field, value in fields.items() if value}


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):  # the standard library's parser on malformed headers
        return ""


def _page(message: EmailMessage, url: str, source: Input) -> Extract:
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            return html.page(_payload(part), source.name, source.stem, charset=part.get_content_charset(), url=url)
    raise InputError("no page in this file", file=source.name)


def _attachments(message: EmailMessage, source: Input, budget: Budget) -> Iterator[Yield]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        if part.get_content_maintype() in ("image", "audio", "video", "font"):
            continue  # logos and signatures
        if part.get_content_type() in ("text/calendar", "application/pgp-signature", "application/pkcs7-signature"):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
            path = f"{part.get_filename() or f'message-{number}'}".removesuffix(".eml") + ".eml"
        else:
            data = _payload(part) if isinstance(part, EmailMessage) else b""
            path = part.get_filename() or f"attachment-{number}"
        path = re.split(r"[/\\]", path)[-1] or f"attachment-{number}"
        yield Input.of_bytes(data, f"{source.name}!{path}", path, source.depth + 1, budget)


FORMAT = Format("eml", (".eml", ".mhtml", ".mht"), read, recognises)
