"""What each stretch of a text is: running text, heading, header, credit, embedded post, quoted document.

A paragraph is one or more lines between blank lines. Each is judged by its own form (length, final stop, capitals,
what it opens and ends with) and, where form does not decide, by its neighbours. Nothing is judged by topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.reading import segment_patterns as form
from comity.reading.dates_in_words import parse_date
from comity.words import Segment, SegmentKind, Span

_SMALL = frozenset(
    {"a", "an", "the", "and", "or", "but", "nor", "of", "in", "on", "at", "to", "for", "by", "with", "from"}
) | {"as", "is", "are", "vs", "via", "over", "into", "per", "than", "its", "his", "her"}
_HEADING_WORDS = 14


@dataclass(frozen=True)
class Post:
    """An embedded post: its segment, and who posted it where and when, from what was left under it.

    `name` and `handle` are as written ("" where there is none); `posted` is None where no date was left.
    """

    segment: Segment
    name: str = ""
    handle: str = ""
    posted: date | None = None
    name_span: Span | None = None
    handle_span: Span | None = None
    date_span: Span | None = None


def segment(text: str) -> tuple[Segment, ...]:
    """The stretches of `text` that are not blank, in order, each with its kind.

    >>> [s.kind.value for s in segment("The Talks\\n\\nBoth sides met.\\n\\nPhoto: A. Person")]
    ['heading', 'body', 'credit']
    """
    spans = [(m.start(), _rstrip(text, m.start(), m.end())) for m in form.PARAGRAPH.finditer(text)]
    out: list[Segment] = []
    in_head = True
    for start, end in spans:
        start = _glued_head(text, start, end, out, first=not out)
        if start >= end:
            continue
        kinds = _paragraph(text, start, end, in_head)
        out.extend(kinds)
        in_head = in_head and all(s.kind in (SegmentKind.HEADER, SegmentKind.HEADING) for s in kinds)
    return tuple(_by_neighbours(text, out))


def post_of(text: str, segments: tuple[Segment, ...]) -> tuple[Post, ...]:
    """For each post among `segments`, in order, what its residue says of outlet, handle and date."""
    posts: list[Post] = []
    for i, seg in enumerate(segments):
        if seg.kind is not SegmentKind.POST:
            continue
        following = next((s for s in segments[i + 1 :] if s.kind is not SegmentKind.POST), None)
        match = None
        if following is not None and following.kind is SegmentKind.POST_RESIDUE:
            match = form.SIGNATURE.search(text, following.start, following.end)
        if match is None:
            posts.append(Post(seg))
            continue
        written = match["date"]
        posts.append(
            Post(
                seg,
                name=match["name"].strip(),
                handle=match["handle"],
                posted=parse_date(written) if written else None,
                name_span=match.span("name"),
                handle_span=match.span("handle"),
                date_span=match.span("date") if written else None,
            )
        )
    return tuple(posts)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _glued_head(text: str, start: int, end: int, out: list[Segment], first: bool) -> int:
    """Take metadata glued to the head of a paragraph into a header; returns where the rest begins."""
    at = start
    if first and (m := form.GLUED.match(text, at, end)):
        at = m.end()
    if m := form.DATELINE.match(text, at, end):
        agency_or_date = m["agency"] or m["date"] or m["place"].endswith(")")
        # A bare "PLACE — " is a dateline only at the head of the text and in capitals.
        mixed_case = any(c.islower() for c in text[m.end() : m.end() + 40])
        if agency_or_date or (len(out) <= 2 and mixed_case and m["place"].split(",")[0].isupper()):
            at = m.end()
    elif not any(s.kind is SegmentKind.BODY for s in out) and (m := form.PLAIN_DATELINE.match(text, at, end)):
        aside = form.BREAK.search(text, m.end(), min(end, m.end() + 160))  # "Averia – the larger of the two – said …"
        at = m.end() if aside is None else at
    if m := form.MARKS.match(text, at, end):
        at = m.end()
    if at > start:
        out.append(Segment(start, _rstrip(text, start, at), SegmentKind.HEADER))
        at = _skip(text, at, end)
    return at


def _paragraph(text: str, start: int, end: int, in_head: bool) -> list[Segment]:
    body = text[start:end]
    if m := form.SIGNATURE.search(text, start, end):
        return _with_residue(text, start, end, m.start(), m.end())
    if form.LINKS_ONLY.match(body):
        return [Segment(start, end, SegmentKind.POST_RESIDUE)]
    if m := form.LINK_TAIL.search(body):
        return _with_residue(text, start, end, start + m.start(), end)
    kind = _kind(body, in_head)
    if kind is SegmentKind.BODY and "\n" in body:
        return _lines(text, start, end, in_head)
    return [Segment(start, end, kind)]


def _with_residue(text: str, start: int, end: int, left: int, right: int) -> list[Segment]:
    out = []
    left = _skip(text, left, right)
    if (stop := _rstrip(text, start, left)) > start:
        out.append(Segment(start, stop, SegmentKind.POST))
    out.append(Segment(left, _rstrip(text, left, right), SegmentKind.POST_RESIDUE))
    if (rest := _skip(text, right, end)) < end:
        out.append(Segment(rest, end, SegmentKind.BODY))
    return out


def _lines(text: str, start: int, end: int, in_head: bool) -> list[Segment]:
    """A paragraph of several lines: leading and trailing lines that are no running text are split off."""
    lines: list[Span] = []
    at = start
    for line in text[start:end].split("\n"):
        a, b = _skip(text, at, at + len(line)), _rstrip(text, at, at + len(line))
        if a < b:
            lines.append((a, b))
        at += len(line) + 1
    apart = (SegmentKind.CREDIT, SegmentKind.HEADER, SegmentKind.BOILERPLATE, SegmentKind.CAPTION)
    kinds = [_kind(text[a:b], in_head and i < 6) for i, (a, b) in enumerate(lines)]
    for i, kind in enumerate(kinds):
        heading = kind is SegmentKind.HEADING and i == 0 and _title_case(text[lines[0][0] : lines[0][1]])
        if i + 1 < len(lines) and not any(k is SegmentKind.BODY for k in kinds[:i]):
            heading = heading or _stands_over(text[slice(*lines[i])], text[slice(*lines[i + 1])])
        kinds[i] = SegmentKind.HEADING if heading else kinds[i]
        markdown = kind is SegmentKind.HEADING and text[lines[i][0]] == "#"
        if kind not in apart and not heading and not markdown:
            kinds[i] = SegmentKind.BODY
    clauses = [bool(form.CLAUSE.match(text, a, b)) for a, b in lines]
    if sum(clauses) >= 2:
        kinds = [SegmentKind.QUOTED_DOCUMENT if c else k for c, k in zip(clauses, kinds, strict=True)]
    out: list[Segment] = []
    for (a, b), kind in zip(lines, kinds, strict=True):
        if out and out[-1].kind is kind:
            out[-1] = Segment(out[-1].start, b, kind)
        else:
            out.append(Segment(a, b, kind))
    return out


def _kind(body: str, in_head: bool) -> SegmentKind:
    words = form.WORD.findall(body)
    short = len(words) <= 24
    if body.startswith(">"):
        return SegmentKind.QUOTED_DOCUMENT
    if body.startswith("#") and body.lstrip("#")[:1].isspace() and not (len(words) > 30 and ". " in body):
        return SegmentKind.HEADING
    if short and form.CREDIT.match(body):
        return SegmentKind.CREDIT
    if form.CAPTION.match(body) or (len(words) <= 60 and form.CAPTION_END.search(body)):
        return SegmentKind.CAPTION
    if short and (form.BYLINE.match(body) or form.DATE_ONLY.match(body) or (in_head and form.KEY_VALUE.match(body))):
        return SegmentKind.HEADER
    if short and form.BOILERPLATE.match(body):
        return SegmentKind.BOILERPLATE
    if _heading(body, words, in_head):
        return SegmentKind.HEADING
    return SegmentKind.BODY


def _heading(body: str, words: list[str], in_head: bool) -> bool:
    opens = body[:1].isalnum() or body[:1] in "‘“'\""
    if not words or not opens or "\n" in body or len(words) > _HEADING_WORDS + 6 * in_head:
        return False
    last = body.rstrip("'\"’”")[-1:]
    if last in ",;…" or body[0].islower():
        return False
    if in_head and last == "." and len(words) >= 3:
        return _title_case(body, strict=True) and not body.isupper()
    if last in ".!:":
        return False
    quoted = body[0] in "‘“'\"" and body[-1] in "’”'\""
    if last == "?":
        return in_head or (len(words) <= 10 and _title_case(body))
    if in_head and last not in ".!?:" and not quoted:
        return True  # a headline in small letters
    return (len(words) <= _HEADING_WORDS and _title_case(body)) or (len(words) <= 10 and not quoted)


def _stands_over(line: str, following: str) -> bool:
    """True of a line without a final stop over a paragraph that is one long line: a heading of a live report.

    A paragraph that was broken into lines of one width has none: its first line is as long as the second.
    """
    words = form.WORD.findall(line)
    if not words or len(words) > _HEADING_WORDS or line[0].islower() or line[-1] in ".,;:…-–—":
        return False
    return len(following) > 1.6 * len(line) and following[:1].isupper() and following.rstrip("'\"’”)")[-1:] in ".!?"


def _title_case(body: str, strict: bool = False) -> bool:
    """True if most words that could be small begin with a capital. Text all in capitals says nothing."""
    words = [w for w in form.WORD.findall(body) if w.casefold() not in _SMALL]
    if not words or body.isupper():
        return bool(words) and body.isupper() and len(words) <= 8
    capital = sum(w[0].isupper() for w in words)
    return capital == len(words) or (not strict and len(words) >= 4 and capital / len(words) >= 0.8)


def _by_neighbours(text: str, segments: list[Segment]) -> list[Segment]:
    """Settle what a paragraph's own form leaves open: posts above a signature, runs of numbered clauses."""
    out = list(segments)
    for i, seg in enumerate(out):
        if seg.kind is SegmentKind.POST_RESIDUE and i and out[i - 1].kind in (SegmentKind.BODY, SegmentKind.HEADING):
            gap = text[out[i - 1].end : seg.start]
            if "\n" in gap and form.SIGNATURE.match(text, seg.start, seg.end):
                out[i - 1] = Segment(out[i - 1].start, out[i - 1].end, SegmentKind.POST)
    numbers = [_number(text, s) if s.kind in (SegmentKind.BODY, SegmentKind.HEADING) else None for s in out]
    for i, number in enumerate(numbers):
        if number is None:
            continue
        near = [n for n in numbers[max(0, i - 3) : i] + numbers[i + 1 : i + 4] if n is not None]
        if number - 1 in near or number + 1 in near:
            out[i] = Segment(out[i].start, out[i].end, SegmentKind.QUOTED_DOCUMENT)
    return out


def _number(text: str, seg: Segment) -> int | None:
    match = form.NUMBER.match(text, seg.start, seg.end)
    return int(match[1] or match[2]) if match else None
