"""How values read in English: one place for every label, so that all formats use the same neutral words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from comity.words import (
    AUTHOR,
    Act,
    Certainty,
    Chances,
    ChangeKind,
    EventStatus,
    Firmness,
    Mode,
    Provenance,
    RelationKind,
    Review,
    State,
    TensionKind,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Spelt out, for the C library's names depend on the machine's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

ACTS = {
    Act.DEMAND: "demands",
    Act.REJECT: "rejects",
    Act.ACCEPT: "accepts",
    Act.OFFER: "offers",
    Act.CONDITION: "sets a condition",
    Act.COMMIT: "commits",
    Act.ANNOUNCE: "announces",
    Act.ASSERT: "states",
    Act.ASSESS: "assesses",
    Act.DECLINE_TO_SAY: "declines to say",
}
FIRMNESS = {Firmness.FIRM: "firm", Firmness.CONDITIONAL: "conditional", Firmness.SOFT: "soft"}
PROVENANCE = {
    Provenance.OWN_WORDS: "own words",
    Provenance.PARAPHRASE: "paraphrase",
    Provenance.REPORTER: "reporter’s account",
}
OUTLOOK = "forecast or guess by others, not the party’s position"
STATES = {
    State.AGREED: "agreed",
    State.OFFERED: "offered, unanswered",
    State.OPEN: "open",
    State.BLOCKED: "blocked",
    State.CONTESTED: "contested",
    State.CLAIMED: "claimed by one side",
    State.SILENT: "silent",
}
MODES = {
    Mode.DIRECT: "direct quotation",
    Mode.INDIRECT: "paraphrase of what was said",
    Mode.MIXED: "paraphrase with partial quotation",
    Mode.REPORTED_STANCE: "reporter’s account of a stance",
    Mode.AUTHOR: "the article’s own words",
}
CERTAINTIES = {
    Certainty.ASSERTED: "asserted",
    Certainty.HEDGED: "hedged",
    Certainty.PREDICTED: "predicted",
    Certainty.INFERRED: "inferred",
    Certainty.SPECULATIVE: "speculative",
    Certainty.OPINION: "opinion",
}
REVIEWS = {
    Review.UNREVIEWED: "unreviewed",
    Review.ACCEPTED: "accepted by a person",
    Review.CORRECTED: "corrected by a person",
    Review.REJECTED: "rejected by a person",
    Review.WRITTEN: "written by a person",
}
CHANGES = {
    ChangeKind.NEW: "new",
    ChangeKind.MOVED: "moved",
    ChangeKind.HARDENED: "hardened",
    ChangeKind.SOFTENED: "softened",
    ChangeKind.REAFFIRMED: "reaffirmed",
    ChangeKind.WITHDRAWN: "withdrawn",
}
TENSIONS = {
    TensionKind.POSITION: "Positions exclude each other",
    TensionKind.ASSESSMENT: "Assessments differ",
    TensionKind.SOURCE: "Sources tell it differently",
    TensionKind.SCOPE: "Flat here, bounded there",
    TensionKind.STATUS: "Open here, settled there",
    TensionKind.FORMAT: "Who talks to whom",
    TensionKind.FEASIBILITY: "Required, and doubted to be possible",
    TensionKind.AMBIGUITY: "Two readings of one speaker",
    TensionKind.INFERENCE: "What follows contradicts",
}
RELATIONS = {
    RelationKind.CORROBORATION: "One corroborates the other",
    RelationKind.SAME_UTTERANCE: "One utterance, told more than once; counted once",
    RelationKind.COMPLEMENTARY: "Complementary, not opposed",
    RelationKind.SAME_OCCASION: "One speaker on one day, in several accounts",
}
EVENT_STATUSES = {
    EventStatus.PLANNED: "planned",
    EventStatus.AGREED: "agreed",
    EventStatus.ONGOING: "going on",
    EventStatus.HELD: "held",
    EventStatus.CANCELLED: "cancelled",
    EventStatus.POSTPONED: "postponed",
}
SECTIONS = {
    "bottom-line": "Bottom line",
    "matrix": "Who stands where",
    "changes": "What changed",
    "dates": "Dates",
    "disagreements": "Where the sources disagree",
    "moves": "What would have to move",
    "channels": "Channels",
    "terms": "Terms under negotiation",
    "facts": "On the ground, as reported",
    "weak-points": "Weak points of this brief",
    "sources": "Sources",
}


def long_date(day: date) -> str:
    """
    >>> long_date(date(2025, 12, 28))
    'Sunday 28 December 2025'
    """
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """
    >>> short_date(date(2025, 12, 28))
    'Sun 28 Dec 2025'
    """
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def near_date(day: date, to: date | None) -> str:
    """A day without its weekday, and without the year where that is the other date's.

    >>> near_date(date(2025, 12, 28), date(2025, 12, 30)), near_date(date(2024, 1, 2), None)
    ('28 Dec', '2 Jan 2024')
    """
    year = "" if to and to.year == day.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1][:3]}{year}"


def period(earliest: date | None, latest: date | None) -> str:
    """Bounds in words, each with its day of the week.

    >>> period(None, date(2025, 12, 31))
    'by Wed 31 Dec 2025'
    """
    if earliest and latest:
        return short_date(earliest) if earliest == latest else f"{short_date(earliest)} – {short_date(latest)}"
    if latest:
        return f"by {short_date(latest)}"
    return f"from {short_date(earliest)}" if earliest else "no date"


def number(value: float) -> str:
    """
    >>> number(360000.0), number(1.5)
    ('360,000', '1.5')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


_INVARIANT = {"per cent", "percent", "km", "kg", "m", "ha"}


def units(value: float, unit: str) -> str:
    """A number with its unit in the plural where it needs one; what is counted follows after "of".

    >>> units(6, "month of truce"), units(1, "city"), units(2, "city"), units(3, "per cent")
    ('6 months of truce', '1 city', '2 cities', '3 per cent')
    """
    word, of, what = unit.partition(" of ")
    if value != 1 and word not in _INVARIANT:
        word = "people" if word == "person" else f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number(value)} {word}{of}{what}"


def counted(n: int, thing: str, things: str | None = None) -> str:
    """
    >>> counted(1, "position"), counted(3, "party", "parties")
    ('1 position', '3 parties')
    """
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"


def listing(items: Iterable[str], last: str = "and") -> str:
    """
    >>> listing(["a", "b", "c"])
    'a, b and c'
    """
    words: Sequence[str] = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def speaker_name(name: str) -> str:
    return "the article" if name == AUTHOR else name


def sure(confidence: float, chances: Chances | None) -> str:
    r"""How sure the reader is of a statement, and of each of its parts; nothing of what a person has coded.

    >>> sure(0.36, Chances(words=0.9, speaker=0.8, act=0.5)).replace("\xa0", " ")
    '36 % that all is right: words 90 %, speaker 80 %, act 50 %'
    >>> sure(1.0, None)
    ''
    """
    if chances is None:
        return f"{_share(confidence)}, of the reader" if confidence < 1 else ""
    told = {"words": chances.words, "speaker": chances.speaker, "for whom": chances.holder, "act": chances.act}
    told |= {"issue": chances.issue, "time": chances.time}
    parts = ", ".join(f"{name} {_share(each)}" for name, each in told.items() if each is not None)
    return f"{_share(confidence)} that all is right: {parts}"


def _share(chance: float) -> str:
    return f"{100 * chance:.0f}\u00a0%"  # never parted at the end of a line


def clip(text: str, limit: int = 160) -> str:
    """At most `limit` characters, cut between words with an ellipsis; white space made single.

    >>> clip("one two three four", 10)
    'one two …'
    """
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head else head} …"


def bare(quote: str) -> str:
    """A quotation without quotation marks of its own at its ends, for it gets ours.

    >>> bare('"We have crossed half the bridge,"'), bare('spoke of "days, not weeks"')
    ('We have crossed half the bridge', 'spoke of "days, not weeks"')
    """
    opens, closes = '"“”„«»‘', '"“”«»’'
    text = quote.strip()
    inner = text[1:-1]
    if len(text) > 2 and text[0] in opens and text[-1] in closes and not set(inner) & set('"“”„«»'):
        return inner.strip().rstrip(",;").strip()
    if text and text[-1] in '"”»“' and not set(text[:-1]) & set('"“”„«»'):
        return text[:-1].strip().rstrip(",;").strip()
    return text.rstrip(",;").strip()


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
