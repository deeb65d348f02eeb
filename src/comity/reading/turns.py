"""Whose words a whole text or a stretch of it is: transcripts with turns, speeches, statements, communiqués.

A transcript marks who speaks ("[ORTEGA]", "Q:", "Ms Venn:") where a paragraph or line begins. A statement, speech or
letter names its author in its head ("[COMMUNIQUE] [NAME]", "Statement by the delegation of …") and speaks in the
first person. What stands there is the words of whoever is named, not the article's; a question is nobody's stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from comity.reading import interviews
from comity.words import Segment, SegmentKind, Span

_LABEL = r"[^\W\d_][\w.'’()\- ]{0,58}"
_BRACKETS = re.compile(rf"(?:^|(?<=\n)|(?<=\] ))[ \t]*\[({_LABEL})\][ \t]*:?[ \t]*")
_COLON = re.compile(rf"(?:^|(?<=\n))[ \t]*\**({_LABEL}(?:, [^\n:]{{1,40}})?)\**:\**[ \t]+")
_NOT_NAMES = """
text excerpt excerpts summary report reports commentary editorial communique communiqué statement speech letter
message address interview continued passage words word indistinct omitted news begin end recording video applause
laughter crosstalk inaudible sic unclear note correction update source date title photo caption editor background
location signed dated issued time place subject re from to cc author url contact tags proposal declaration conference
music break
"""
_MARKS = frozenset(_NOT_NAMES.split())
_ASKING = re.compile(
    r"q|questions?|reporters?|journalists?|interviewers?|moderators?|hosts?|correspondents?|anchor|press|presenter"
    r"|(?:unidentified|unnamed) \w+|announcer|audience(?: member)?",
    re.I,
)
_ANSWER = re.compile(r"a|answer", re.I)
_MOST_WORDS = 7

_KINDS = r"communiqu[eé]|statement|speech|letter|message|address|declaration|remarks|proposal|appeal"
_HEAD_MARKS = re.compile(rf"\[(?:{_KINDS})\]\s*\[([^\]]{{2,160}})\]", re.I)
_TITLE = re.compile(
    r"(?:full text of the |text of (?:the |a )?|the )?(?:(?:joint|press|opening|closing|official|public|written) )*"
    rf"(?:{_KINDS})"
    r"(?: (?:issued|made|delivered|given|read|released))? (?:by|of|from) (?:the )?(?P<name>[^\n:,;]{2,100}?)"
    r"(?=(?: (?:on|at|to|in|regarding|concerning|about|before|after|following)\b|[,:;]|$))",
    re.I,
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|i|my)\b", re.I)
_MARK = re.compile(r"\s*\[[^\]\n]{2,40}\]\s*")
_IN_PROGRESS = re.compile(r",? in progress$", re.I)
_BYLINED = re.compile(r"\[(?:report|commentary|editorial|analysis|news|feature|by)[^\]]*\]\s*$", re.I)
_OWN_WORDS = 3
"""First-person words outside quotation marks that a text must have to be its author's own."""


@dataclass(frozen=True)
class Turn:
    """A stretch in one voice: ``[start, end)`` without the label, the label's span, and the name as written.

    `asks` is True for whoever only puts questions; `whole` if the head of the text names its author.
    """

    start: int
    end: int
    name: str
    label: Span
    asks: bool = False
    whole: bool = False


def find_turns(text: str, segments: Sequence[Segment], title: str | None = None) -> tuple[Turn, ...]:
    """Turns of a transcript in order; for a text by one author a single one; for a report none.

    >>> talk = "Q: Will you sign?\\n\\nMs Venn: Not yet.\\n\\nQ: When?\\n\\nMs Venn: Soon."
    >>> [(t.name, t.asks) for t in find_turns(talk, ())]
    [('Q', True), ('Ms Venn', False), ('Q', True), ('Ms Venn', False)]
    >>> find_turns("Ms Venn spoke on Monday. Note: she left early.", ())
    ()
    """
    if whole := _by_head(text):
        return (whole,)
    labels = _labels(text)
    if labels:
        report = not any(_ASKING.fullmatch(name) for _, _, name in labels)  # sound bites between the reporter's words
        ends = [_stop(text, after, end, report) for (_, after, _), end in
                zip(labels, [start for start, _, _ in labels[1:]] + [len(text)], strict=True)]  # fmt: skip
        turns = [
            Turn(after, _rstrip(text, after, end), name, (start, after), _ASKING.fullmatch(name) is not None)
            for (start, after, name), end in zip(labels, ends, strict=True)
            if after < end
        ]
        return tuple(_answers(_questions(text, turns)))
    answers, asked = interviews.parts(text)
    if asked:
        return tuple(Turn(p.start, p.end, "Q" if p.asks else answers, p.label, p.asks) for p in asked)
    return tuple(_whole(text, segments, title))


def _stop(text: str, start: int, end: int, report: bool) -> int:
    """Where a turn ends: at the next label, at the end of a recording, in a report with its paragraph."""
    recorded = text.find("[END", start, end)
    end = recorded if recorded >= 0 else end
    paragraph = re.compile(r"\n[ \t]*\n").search(text, start, end) if report else None
    return paragraph.start() if paragraph else end


def _by_head(text: str) -> Turn | None:
    """The turn of a text whose head gives kind and author in brackets."""
    m = _HEAD_MARKS.search(text, 0, 400)
    if m is None:
        return None
    start = m.end()
    while mark := _MARK.match(text, start):
        start = mark.end()
    return Turn(start, len(text), _IN_PROGRESS.sub("", m[1].strip()), m.span(1), whole=True)


def _labels(text: str) -> list[tuple[int, int, str]]:
    """Labels (start, where the words begin, name) of the form that the text uses, if it is a transcript."""
    for form in (_BRACKETS, _COLON):
        found = [(m.start(1), m.end(), m[1].strip(" *")) for m in form.finditer(text)]
        if form is _BRACKETS:  # after "[REPORT]" stands who wrote it
            found = [(a - 1, b, n) for a, b, n in found if not _BYLINED.search(text, max(0, a - 40), a - 1)]
        found = [row for row in found if _is_name(row[2])]
        count = Counter(name.casefold() for _, _, name in found)
        asked = any(_ASKING.fullmatch(name) for name in count)
        if form is _BRACKETS and found and (len(found) >= 2 or found[0][0] < 600):
            return found
        if form is _COLON and len(found) >= 3 and (asked or max(count.values()) >= 2) and len(count) >= 2:
            return found
    return []


def _is_name(label: str) -> bool:
    words = label.replace(".", " ").split()
    if not words or len(words) > _MOST_WORDS or words[0].casefold() in _MARKS or words[-1].casefold() in _MARKS:
        return False
    return all(
        w[0].isupper() or w[0] == "(" or w.casefold() in ("of", "the", "de", "la", "al", "von", "van") for w in words
    )


def _questions(text: str, turns: list[Turn]) -> list[Turn]:
    """Whoever mostly ends with a question mark asks as well: a reporter called by name, an interviewer's paper."""
    ends = [text[t.start : t.end].rstrip('"”’) ').endswith("?") for t in turns]
    often = Counter(t.name.casefold() for t in turns)
    asked = Counter(t.name.casefold() for t, asks in zip(turns, ends, strict=True) if asks)
    answered = any(asked[name] * 2 <= n for name, n in often.items())
    out = []
    for t, question in zip(turns, ends, strict=True):
        name = t.name.casefold()
        rarely = question and often[name] <= 2 and len(turns) > 3
        mostly = answered and asked[name] * 2 > often[name] > 2
        out.append(replace(t, asks=True) if rarely or mostly else t)
    return out


def _answers(turns: Iterable[Turn]) -> Iterable[Turn]:
    """ "A:" answers with the name of the one other voice that is named; alone it stays "A"."""
    rows = list(turns)
    named = {t.name for t in rows if not t.asks and not _ANSWER.fullmatch(t.name)}
    only = next(iter(named)) if len(named) == 1 else None
    return [replace(t, name=only) if only and _ANSWER.fullmatch(t.name) else t for t in rows]


def _whole(text: str, segments: Sequence[Segment], title: str | None) -> Iterable[Turn]:
    """One turn for a text whose head names its author."""
    body = interviews.unquoted(text)
    own = len(_FIRST_PERSON.findall(body)) >= _OWN_WORDS
    for segment in segments[:4]:
        if segment.kind not in (SegmentKind.HEADING, SegmentKind.HEADER):
            break
        m = _TITLE.match(text, segment.start, segment.end)
        if m and (own or _of_itself(m["name"], body)):
            at = text.find(m["name"], segment.start)
            yield Turn(segment.end, len(text), m["name"].strip(), (at, at + len(m["name"])), whole=True)
            return
    if title and (m := _TITLE.match(title.strip())) and (own or _of_itself(m["name"], body)):
        yield Turn(0, len(text), m["name"].strip(), (0, 0), whole=True)


def _of_itself(name: str, body: str) -> bool:
    """True if a text speaks of its author in the third person: "The Government regrets …", sentence after sentence."""
    office = re.escape(name.casefold().split(" of ")[0].split(",")[0].removeprefix("the ").strip())
    return len(re.findall(rf"(?:^|[.:!?]\s+|\n\s*)the {office}\b", body, re.I)) >= _OWN_WORDS


def split(text: str, segments: Sequence[Segment], turns: Sequence[Turn]) -> tuple[Segment, ...]:
    """`segments` cut so that each label stands in a header of its own and no segment spans two turns."""
    labels = [(t.label[0], t.start) if t.whole else t.label for t in turns if t.label[1]]
    if not labels:
        return tuple(segments)
    out: list[Segment] = []
    for segment in segments:
        at = segment.start
        for a, b in labels:
            if not segment.start <= a < segment.end:
                continue
            if at < (stop := _rstrip(text, at, a)):
                out.append(Segment(at, stop, segment.kind))
            out.append(Segment(a, _rstrip(text, a, min(b, segment.end)), SegmentKind.HEADER))
            at = min(b, segment.end)
        while at < segment.end and text[at].isspace():
            at += 1
        if at < segment.end:
            spoken = any(t.start <= at < t.end for t in turns)
            kind = (
                SegmentKind.BODY
                if spoken and segment.kind in (SegmentKind.HEADING, SegmentKind.HEADER) and at != segment.start
                else segment.kind
            )
            out.append(Segment(at, segment.end, kind))
    return tuple(out)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
