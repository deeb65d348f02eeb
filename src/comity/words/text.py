"""Published words: documents, passages of them, and how they may be handled.

All offsets in Comity are indices of a Python ``str`` (Unicode code points), end exclusive, into
`Document.text`. That text never changes: a corrected report is a new document that supersedes the old one.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

Span = tuple[int, int]
"""``(start, end)`` in code points, end exclusive."""


class Handling(StrEnum):
    """Who may see a document, a note or a coding.

    Handling labels combine with ``|`` to the stricter of the two, so that whatever is derived from
    several documents is as protected as the most protected of them.

    >>> Handling.PUBLIC | Handling.PROTECTED
    <Handling.PROTECTED: 'protected'>
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    PROTECTED = "protected"

    @property
    def rank(self) -> int:
        return list(Handling).index(self)

    def __or__(self, other: Handling) -> Handling:
        return max(self, other, key=lambda label: label.rank)

    def admits(self, label: Handling) -> bool:
        """True if an export made at this level may hold something labelled `label`."""
        return label.rank <= self.rank


class DocumentKind(StrEnum):
    """What sort of text a document is."""

    REPORT = "report"  # published by an outlet
    NOTE = "note"  # the analyst's own
    PRIVATE = "private"  # a text that was handed over and not published


@dataclass(frozen=True)
class Found:
    """One field of a document, and where its value was found.

    `field` is "published", "source", "title", "url" or "language"; `place` is "given" (by a person),
    "metadata" (of the format), "head" (of the text), "file name", "detected" or "not found". `note` says what a
    person should know of it (a date that can be read two ways, two places that disagree). A field "text" tells
    how the text was decoded where that took a guess.
    """

    field: str
    place: str
    note: str = ""


@dataclass(frozen=True)
class Document:
    """One text with its outlet, its publication date and its address.

    `id` is unique where the document is used: the file's stem in a batch, the stem and eight hex digits
    of `identity` in a case file. `source` is the outlet; `published` the date of publication.
    `name` is the file it came from (for a member of an archive or feed: ``archive.zip!member.html``).

    >>> Document(id="a", text="Talks resumed.").passage(0, 5).quote
    'Talks'
    """

    id: str
    text: str
    published: date | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    kind: DocumentKind = DocumentKind.REPORT
    handling: Handling = Handling.PUBLIC
    supersedes: str | None = None
    name: str = ""
    found: tuple[Found, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the text (UTF-8), in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def identity(self) -> str:
        """SHA-256 over text and provenance: two documents with one identity are the same publication."""
        parts = [self.text, self.source, str(self.published or ""), self.title, self.url, self.kind.value]
        encoded = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(encoded.encode()).hexdigest()

    def passage(self, start: int, end: int) -> Passage:
        """The passage ``[start, end)`` with its quote. Raises ValueError if it lies outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"passage [{start}, {end}) lies outside {self.id} (length {len(self.text)})")
        return Passage(self.id, start, end, self.text[start:end])

    def renamed(self, new_id: str) -> Document:
        return replace(self, id=new_id)


@dataclass(frozen=True, order=True)
class Passage:
    """A span of a document and the words that stand there: ``document.text[start:end] == quote``."""

    document: str
    start: int
    end: int
    quote: str

    @property
    def span(self) -> Span:
        return (self.start, self.end)

    def holds_in(self, document: Document) -> bool:
        """True if the quote stands at this place of `document`."""
        return document.id == self.document and document.text[self.start : self.end] == self.quote


@dataclass(frozen=True)
class DuplicateGroup:
    """Documents that carry (nearly) the same text, so that one utterance is counted once.

    `original` is the member published first (ties: by id); `similarity` is the lowest Jaccard
    similarity of word shingles between a member and the original, 0 to 1.
    """

    original: str
    members: tuple[str, ...]
    similarity: float


_CYRILLIC = {"і": "и", "ї": "и", "ё": "е", "є": "е", "ґ": "г"}


def fold(text: str) -> str:
    """`text` as search and name matching see it: case, accents and spelling variants of Cyrillic folded.

    Length is not kept: use it to compare, never to find offsets.

    >>> fold("Київ") == fold("киив"), fold("São Tomé")
    (True, 'sao tome')
    """
    if text.isascii():  # nothing but case to fold
        return text.casefold()
    lowered = "".join(_CYRILLIC.get(c, c) for c in text.casefold().replace("’", "'"))
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_ENDINGS = re.compile(r"(yy|iy|ii|ij|yi)\b")
_VARIANTS = (("kh", "h"), ("iye", "ie"), ("ye", "e"), ("yo", "o"), ("ck", "k"), ("ph", "f"), ("w", "v"))


def fold_name(name: str) -> str:
    """A name with the usual differences of transliteration folded; for comparison only.

    >>> fold_name("Karelyy") == fold_name("Kareliy") == fold_name("Karely")
    True
    """
    folded = re.sub(r"[^\w ]", "", fold(name).replace("-", " "))
    folded = _ENDINGS.sub("y", folded)
    for variant, common in _VARIANTS:
        folded = folded.replace(variant, common)
    return re.sub(r"(.)\1", r"\1", folded).strip()
