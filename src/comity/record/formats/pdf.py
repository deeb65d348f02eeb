"""PDF files: the text layer, put back into paragraphs. Pictures of text are not read.

What is extracted and cleaned here is the document's text: running heads and page numbers removed, words broken at line
ends joined, lines of one paragraph joined. Layout is guessed from line lengths, as a PDF knows no paragraphs.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import quantiles
from typing import Any

from comity.record.decode import clean
from comity.record.values import Context, Extract, Format, Input
from comity.words import InputError

_EDGE = 2  # lines at the top and bottom of a page that can be running heads
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\xa0": " "}
)


def recognises(head: bytes, suffix: str) -> bool:
    return b"%PDF-" in head[:1024]


def read(source: Input, context: Context) -> Iterator[Extract]:
    import pypdf
    from pypdf.errors import PyPdfError

    data = source.data(context.limits)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is encrypted", file=source.name, hint="save it without a password")
        pages = []
        length = 0
        for page in reader.pages:
            pages.append(clean(page.extract_text() or ""))
            length += len(pages[-1])
            if length > context.limits.text_chars:
                break  # the loader refuses it; no need to read on
        information = reader.metadata
    except InputError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        AssertionError,
        RecursionError,
    ) as error:
        # pypdf meets broken files with whatever its own code then raises
        cut = b"%%EOF" not in data[-2048:]
        what = "the PDF is cut: its end is missing" if cut else f"the PDF is broken: {type(error).__name__}"
        raise InputError(what, file=source.name, hint="download it again") from None
    text = paragraphs(pages)
    if sum(c.isalpha() for c in text) < 2 * max(1, len(pages)):
        raise InputError(
            f"no text in this PDF ({len(pages)} pages of pictures)",
            file=source.name,
            hint="run text recognition on it first",
        )
    if b"%%EOF" not in data[-2048:] and not reader.trailer.get("/Root"):
        raise InputError("the PDF is cut: its end is missing", file=source.name, hint="download it again")
    yield Extract(text, source.name, source.stem, *_metadata(information))


def _metadata(information: Any) -> tuple[dict[str, str], dict[str, str]]:
    if not information:
        return {}, {}
    title = clean(str(information.get("/Title") or "")).strip()
    made = clean(str(information.get("/CreationDate") or ""))
    is_title = title and not re.search(
        r"\.(docx?|indd|qxd|pdf|html?)$|^(untitled|microsoft word)\b", title, re.IGNORECASE
    )
    return ({"title": title} if is_title else {}), ({"published": made} if made else {})


def paragraphs(pages: Sequence[str]) -> str:
    """The lines of all pages as paragraphs separated by a blank line.

    >>> paragraphs(["The delegations will nego-\\ntiate until a cease-\\nfire holds. A ceasefire is\\nnear."])
    'The delegations will negotiate until a ceasefire holds. A ceasefire is near.'
    """
    lines = [[_line(line) for line in page.split("\n")] for page in pages]
    kept = [line for page in _without_running_heads(lines) for line in (*page, "")]
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(kept).casefold()))
    lengths = sorted(len(line) for line in kept if line)
    width = quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0.0
    result: list[str] = []
    current = ""
    for index, line in enumerate(kept):
        if not line:
            # A page may end in the middle of a sentence; a blank line inside a page ends a paragraph.
            following = next((later for later in kept[index + 1 :] if later), "")
            if current and not _goes_on(current, following):
                result.append(current)
                current = ""
            continue
        current = _joined(current, line, words) if current else line
        following = kept[index + 1] if index + 1 < len(kept) else ""
        if following and _ends_paragraph(line, following, width):
            result.append(current)
            current = ""
    if current:
        result.append(current)
    return "\n\n".join(result)


def _line(line: str) -> str:
    return re.sub(r"[ \t\f\v]+", " ", line.translate(_LIGATURES)).strip()


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without lines that stand at the top or bottom of most of them, whatever number they carry."""
    pages = [_stripped(page) for page in pages]
    edges = Counter(key for page in pages for key in {_key(page[i]) for i in _edges(page) if page[i]})
    often = {key for key, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    number = re.compile(
        r"(?:page|seite|p\.|стр\.)?\s*[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:/|of|von|de)\s*\d{1,4})?", re.IGNORECASE
    )

    def running(line: str) -> bool:
        return bool(line) and (_key(line) in often or (len(pages) > 1 and bool(number.fullmatch(line))))

    return [
        [line for i, line in enumerate(page) if not (i in edge and running(line))]
        for page, edge in ((page, _edges(page)) for page in pages)
    ]


def _edges(page: list[str]) -> set[int]:
    """Where running heads can stand; of a page with little on it only the outermost lines."""
    depth = min(len(page), _EDGE if len(page) > 6 * _EDGE else 1)
    return {*range(depth), *range(len(page) - depth, len(page))}


def _stripped(page: list[str]) -> list[str]:
    start, end = 0, len(page)
    while start < end and not page[start]:
        start += 1
    while end > start and not page[end - 1]:
        end -= 1
    return page[start:end]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())


def _joined(before: str, line: str, words: Counter[str]) -> str:
    """Two lines as one. A word broken at a hyphen is joined the way the document writes it elsewhere."""
    if before.endswith("\xad"):
        return before[:-1] + line
    broken = re.search(r"([^\W\d_]+)-$", before)
    rest = re.match(r"[^\W\d_]+", line)
    if broken and rest:
        compound, whole = f"{broken[1]}-{rest[0]}".casefold(), f"{broken[1]}{rest[0]}".casefold()
        if (rest[0][0].isupper() and not broken[1].isupper()) or words[compound] > words[whole]:
            return before + line
        return before[:-1] + line
    return f"{before} {line}"


def _goes_on(before: str, following: str) -> bool:
    return following[:1].islower() or (before[-1:] in ",;-–—(" and bool(following))


def _ends_paragraph(line: str, following: str, width: float) -> bool:
    if re.match(r"(?:[•▪●◦■–—*-]|\(?[a-z\d]{1,2}[.)])\s", following):
        return True
    if line.endswith(("-", "\xad", ",")):
        return False
    short = len(line) < 0.8 * width
    closed = bool(re.search(r"[.!?:…][\"'”’»)\]]*$", line))
    starts = not following[:1].islower()
    return short and starts and (closed or len(line) < 0.6 * width)


FORMAT = Format("pdf", (".pdf",), read, recognises)
