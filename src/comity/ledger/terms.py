"""Terms of the text under negotiation, as far as they are reported. A slot that nobody reported reads "not stated"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from comity.ledger.cells import Cell
from comity.ledger.evidence import Evidence, Take
from comity.ledger.quotes import clip
from comity.ledger.rulebook import rule, rules
from comity.words import NOT_STATED, Act, StatusClaim, Term

_MODAL = re.compile(r"\b(?:will|shall|would|must|should|is to|are to|has to|have to|needs? to)\b(?: not)?", re.I)
_READY = re.compile(
    r"\b(?:ready|willing|prepared|offer(?:s|ed|ing)?|propos(?:es|ed|ing)|pledg(?:es|ed)|promis(?:es|ed)) to\b", re.I
)
_WANTS = re.compile(
    r"\b(?:want(?:s|ed|ing)?|demand(?:s|ed|ing)?|seek(?:s|ing)?|sought|insist(?:s|ed|ing)? (?:on|that)|requires?"
    r"|call(?:s|ed|ing)? (?:for|on)|push(?:es|ed|ing)? (?:for|that))\b(?: (?:to|for|that))?",
    re.I,
)
_LEAD = re.compile(
    r"^(?:only )?(?:if|when|once|unless|provided(?: that)?|as long as|on condition that|in the event that|should)\s+",
    re.I,
)
_PASSIVE = re.compile(r"^(?:not )?be (?:\w+ly )?\w+(?:ed|en|wn|lt|id|nt|pt|ut|ld)\b", re.I)
_GIVEN = re.compile(r"^(?:not )?be (?:grant|giv|allow|provid|offer|paid|suppl|guarante|compensat)\w*", re.I)
_EXISTS = re.compile(r"^there\b", re.I)
_GIVES = re.compile(
    r"\b(?:provid|giv|grant|suppl|offer|pay|return|releas|transfer|deliver|lend|guarante)\w*\s+(?:back\s+)?$", re.I
)
_TO = re.compile(r"\b(?:to|for)\s+(?:the\s+)?$", re.I)
_VERIFIER = re.compile(
    r"\b(?:monitored|verified|supervised|inspected|observed|overseen|policed|certified|guaranteed|enforced)"
    r" by (?P<who>[^,.;:]+)|\bunder (?P<under>[\w\s-]{0,30}(?:supervision|monitoring|observation|verification))",
    re.I,
)
_DURATION = re.compile(
    r"\b(?:for (?:at least |up to |about |a further )?(?:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|fifteen|twenty|thirty|fifty)[\s-]+(?:more )?(?:hours?|days?|weeks?|months?|years?|decades?)|in perpetuity"
    r"|permanently|indefinitely|for ever|forever|until [^,.;]+|temporarily|for the duration of [^,.;]+)",
    re.I,
)
_GATE = re.compile(
    r"\b(?:in|by|through|after|subject to|pending|requires?|need(?:s|ing)?)\s+(?:an?\s|the\s)?(?:[\w-]+\s){0,3}"
    r"(?:referendum|plebiscite|ratification|approval|vote|consent)(?:\s+(?:of|by|in)\s+[^,.;]+)?"
    r"|\b(?:ratified|approved|decided|confirmed|endorsed) by [^,.;]+",
    re.I,
)  # fmt: skip
_ORDER = re.compile(
    r"\b(?:before|after|once|simultaneously(?: with)?|at the same time as|in parallel with|followed by|first)\b[^,.;]*",
    re.I,
)


def terms(evidence: Evidence, table: Mapping[tuple[str, str], Cell]) -> tuple[Term, ...]:
    """Terms of all rules, in the agenda's order of issues and parties."""
    return tuple(term for r in rules("term") for term in r.function(evidence, table))


@rule("term.promised", "term")
def promised(evidence: Evidence, table: Mapping[tuple[str, str], Cell]) -> Iterator[Term]:
    """What a party offers, commits itself to or accepts on an issue of substance, or tells as settled, is a promise as
    reported. The slots are words of the quote; a condition may stand beside it in the same document."""
    yield from _terms(evidence, table, _promises, "term.promised")


@rule("term.wanted", "term")
def wanted(evidence: Evidence, table: Mapping[tuple[str, str], Cell]) -> Iterator[Term]:
    """What a party demands or makes a requirement is a term that it wants in the text; who would be bound is stated
    only where the words name somebody who must act."""
    yield from _terms(evidence, table, _wants, "term.wanted")


def _promises(take: Take) -> bool:
    settled = take.statement.status in (StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED)
    return take.sign > 0 and (take.act in (Act.OFFER, Act.COMMIT, Act.ACCEPT) or settled)


def _wants(take: Take) -> bool:
    return take.sign > 0 and take.act in (Act.DEMAND, Act.CONDITION)


def _terms(
    evidence: Evidence, table: Mapping[tuple[str, str], Cell], test: Callable[[Take], bool], name: str
) -> Iterator[Term]:
    """One term for each utterance."""
    for (_, issue), cell in table.items():
        if evidence.kind(issue) != "substance":
            continue
        for take in evidence.once(t for t in (*cell.stances, *cell.claims) if t.issue == issue and test(t)):
            yield _term(evidence, take, name)


def _term(evidence: Evidence, take: Take, name: str) -> Term:
    trigger, main = _parted(evidence, take)
    subject, act = _clause(main)
    conditional_claim = bool(trigger) and take.act in (Act.ASSERT, Act.ANNOUNCE)
    own_deed = take.act in (Act.OFFER, Act.COMMIT, Act.ACCEPT)
    passive = bool(_PASSIVE.match(act))
    obligor = subject if subject and evidence.names.parties_in(subject) and not passive else ""
    if own_deed and take.holder:
        obligor = obligor or evidence.names.shown(take.holder)
    response = (_response(main) or act) if conditional_claim else ""
    return Term(
        summary=clip(take.quote.strip()),
        statements=(take.id,),
        rule=name,
        issue=take.issue,
        obligor=obligor or NOT_STATED,
        beneficiary=(subject if _GIVEN.match(act) else _beneficiary(evidence, main, subject)) or NOT_STATED,
        act=(NOT_STATED if conditional_claim else act) or NOT_STATED,
        trigger=trigger or NOT_STATED,
        response=response or NOT_STATED,
        verifier=_group(_VERIFIER, take.quote) or NOT_STATED,
        duration=_group(_DURATION, take.quote) or NOT_STATED,
        gate=_group(_GATE, main) or NOT_STATED,
        order=_group(_ORDER, main) or NOT_STATED,
    )


def _parted(evidence: Evidence, take: Take) -> tuple[str, str]:
    """The condition without its conjunction, wherever it stands, and the quote without it."""
    start, quote = take.statement.passage.start, take.quote
    for first, last in sorted(take.statement.condition, reverse=True):
        if start <= first < last <= start + len(take.quote):
            quote = f"{quote[: first - start]} {quote[last - start :]}"
    main = " ".join(quote.split()).strip(" ,;")
    return _LEAD.sub("", evidence.condition(take).strip(" ,;")), main


def _clause(main: str) -> tuple[str, str]:
    """Subject (before the modal or the words of readiness) and what is to be done (after them)."""
    found = _READY.search(main) or _MODAL.search(main)
    if not found and (wish := _WANTS.search(main)):
        return "", clip(main[wish.end() :].strip(" ,.;")) or clip(main)  # who wants is not who is bound
    if not found:
        return "", clip(main)
    subject = main[: found.start()].strip(" ,")
    subject = re.sub(r"\s+(?:is|are|was|were|has|have|had|then|this|and)$", "", subject)
    return ("" if _EXISTS.match(subject) else subject), clip(main[found.end() :].strip(" ,.;"))


def _response(main: str) -> str:
    """What follows "there will be", else the whole main clause."""
    found = re.search(r"\bthere (?:will|would|shall) be\b\s*(.+)", main, re.I)
    return clip((found[1] if found else main).strip(" .;"))


def _beneficiary(evidence: Evidence, main: str, subject: str) -> str:
    """The party that something is given to, as the words name it."""
    places = sorted(
        (start, end) for rows in evidence.names.parties_in(main).values() for start, end, owner in rows if not owner
    )
    for start, end in places:
        before = main[:start].removesuffix("the ").removesuffix("The ")
        if start >= len(subject) and (_GIVES.search(before) or _TO.search(before)):
            return main[start:end]
    return ""


def _group(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if not found:
        return ""
    named = [value for value in found.groupdict().values() if value]
    return clip((named[0] if named else found[0]).strip())
