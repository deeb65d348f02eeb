"""Sentences that every format shows in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.desk.parts import phrases
from comity.desk.parts.values import Brief, Citation, Counts, Source
from comity.desk.report.clean import isolated
from comity.words import Mode, State


def counts_line(brief: Brief) -> str:
    """What the brief was made from, in one paragraph."""
    outlets = len({s.outlet for s in brief.sources if s.outlet})
    return counts_told(brief.counts, outlets, sorted(s.published for s in brief.sources if s.published))


def counts_told(n: Counts, outlets: int, dates: Sequence[date]) -> str:
    """So many documents by so many outlets, published on `dates` (in order), and how their statements are reported."""
    between = f", published {phrases.period(dates[0], dates[-1])}" if dates else ""
    by = f" by {phrases.counted(outlets, 'outlet')}" if outlets else ""
    stances = f", {n.stances:,} of them stating a party’s stance" if n.stances else ""
    return (
        f"{phrases.counted(n.documents, 'document')}{by}{between}. {phrases.counted(n.statements, 'statement')}: "
        f"{n.attributed:,} attributed to a speaker ({n.quoted:,} with quoted words), {n.reporters:,} the reporters’ "
        f"own{stances}. Reviewed by a person: {n.reviewed:,} of {n.statements:,}."
    )


def tally(brief: Brief) -> tuple[tuple[str, str], ...]:
    """Agreed, open and blocked, in names."""
    groups = (
        ("Agreed", (State.AGREED,)),
        ("Offered, unanswered", (State.OFFERED,)),
        ("Open", (State.OPEN, State.CONTESTED, State.CLAIMED)),
        ("Blocked", (State.BLOCKED,)),
        ("Silent", (State.SILENT,)),
    )
    made = []
    for name, states in groups:
        rows = [row for row in brief.rows if row.state in states]
        shown = [f"{r.name}{_qualifier(r.state, r.mark)}" for r in rows]
        if shown or name in ("Agreed", "Open", "Blocked"):
            made.append((name, phrases.listing(shown)))
    return tuple(made)


def _qualifier(state: State, mark: str) -> str:
    words = [phrases.STATES[state]] if state in (State.CONTESTED, State.CLAIMED) else []
    words += [mark] if mark and not (state is State.CLAIMED and mark == "one side only") else []
    return f" ({', '.join(words)})" if words else ""


def source_of(citation: Citation, brief: Brief) -> Source:
    return next(s for s in brief.sources if s.letter == citation.letter)


def for_whom(citation: Citation) -> str:
    """ "for" where a speaker speaks for the holder, "of" where the article tells of it."""
    return "of" if citation.mode in (Mode.AUTHOR, Mode.REPORTED_STANCE) else "for"


def credit(citation: Citation, brief: Brief) -> str:
    """Whose words these are, through whom, how told, and where they stand."""
    source = source_of(citation, brief)
    chain = " → ".join(map(isolated, citation.chain[1:])) or isolated(citation.speaker)
    whose = (
        f" ({for_whom(citation)} {isolated(citation.holder)})"
        if citation.holder and citation.holder != citation.speaker
        else ""
    )
    told = phrases.MODES[citation.mode] if citation.mode else "event"
    outlet = isolated(source.outlet) if source.outlet else f"document {source.letter}"
    when = phrases.short_date(source.published) if source.published else "date not found"
    review = phrases.REVIEWS[citation.review]
    return f"{chain}{whose}; {told}; {outlet}, {when}; {review}"
