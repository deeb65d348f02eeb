"""The state of each issue, with the statements that make it so."""

from __future__ import annotations

from collections.abc import Iterable

from comity.ledger.cells import newest_first, same_thing
from comity.ledger.evidence import GLOOMY, HOPEFUL, Evidence, Take
from comity.ledger.figures import renumbered
from comity.ledger.issue_view import SHOWN, IssueView, answers, unanswered
from comity.ledger.oppositions import flat, numbers_apart, reading_against
from comity.ledger.rulebook import rule, rules
from comity.words import Act, Certainty, Mode, Provenance, State, Status, StatusClaim

ON_A_READING = "on a reporter's reading"
ON_AN_ACCOUNT = "on a reporter's account"
ONE_SIDE = "one side only"


def statuses(issues: Iterable[IssueView]) -> tuple[Status, ...]:
    """One status for each issue: that of the first rule that gives one."""
    trial = rules("status")
    return tuple(next(s for r in trial if (s := r.function(view)) is not None) for view in issues)


@rule("status.agreed", "status")
def agreed(view: IssueView) -> Status | None:
    """Agreed: two parties each announce an agreement or a set date on the issue (or one does, and another tells it as
    settled), or one accepts without condition what another offers or demands, or the parties announce it together; and
    nothing that excludes it, and nothing that calls it open, was said later. On an article's account alone it is marked
    so."""
    told = [t for t in view.takes if t.agreement and _tells_agreement(t, view.kind) and t.id not in view.past]
    if any(t.supports for t in told):
        told += [t for t in view.takes if t.supports and _tells_settled(t) and t.id not in view.past]
    sides = {t.holder for t in told if t.supports}
    accepted = _accepted(view)
    alone = [
        t for t in told if not t.supports and t.statement.mode is Mode.AUTHOR and t.statement.act is not Act.ASSESS
    ]
    if len(sides - {None}) >= 2:
        support, why, mark = [t for t in told if t.supports], "each of two sides announces it", ""
    elif accepted:
        support, why, mark = accepted, "one side accepts what another wants", ""
    elif joint := [t for t in told if t.attributed and _joint(view.evidence, t)]:
        support, why, mark = joint, "announced jointly", ""
    elif alone and view.kind == "substance":
        support, why, mark = [t for t in told if t.supports] + alone, "told as agreed", ON_AN_ACCOUNT
    else:
        return None
    support = accepted if support is accepted else newest_first(support)
    if any(o.since > support[0].when for o in view.oppositions):
        return None
    reopened = [t.when for t in view.takes if t.statement.status is StatusClaim.OPEN and t not in support]
    reopened = reopened if view.kind == "substance" else []
    if any(day > support[0].when or (support is accepted and day == support[0].when) for day in reopened):
        return None
    if view.oppositions and mark:
        return None
    return view.status(State.AGREED, why, support, "status.agreed", mark)


@rule("status.contested", "status")
def contested(view: IssueView) -> Status | None:
    """Contested: on prospects, where there is nothing to accept or refuse, some judge it near or moving and others far
    or stuck."""
    if view.kind != "prospects":
        return None
    up, down = _judgements(view)
    if not up or not down:
        return None
    support = [*up[: SHOWN // 2], *down[: SHOWN // 2]]
    return view.status(State.CONTESTED, "judged near by some, far by others", support, "status.contested")


@rule("status.blocked", "status")
def blocked(view: IssueView) -> Status | None:
    """Blocked: standing stances of two parties exclude each other, and no offer on the issue is newer and unanswered.
    If one side rests only on an article's account of it, the state is marked "on a reporter's reading"."""
    if not view.oppositions:
        return None
    offers = unanswered(view)
    newest = max(o.since for o in view.oppositions)
    if any(t.when > newest for t in offers):
        return None
    support = [t for o in view.oppositions for t in o.takes]
    stated = any(_stated(o.one) and _stated(o.other) for o in view.oppositions)
    return view.status(
        State.BLOCKED,
        "standing positions exclude each other",
        support,
        "status.blocked",
        "" if stated else ON_A_READING,
    )


@rule("status.numbers_apart", "status")
def apart(view: IssueView) -> Status | None:
    """Open, with numbers apart: parties put forward numbers in one unit that do not meet. The mark says by how much."""
    found = numbers_apart(view.cells)
    if found is None:
        return None
    one, other, gap = found
    mark = f"{gap.width:g} {gap.unit}".strip() + " apart"
    return view.status(
        State.OPEN, "numbers that do not meet", newest_first([*one, *other]), "status.numbers_apart", mark
    )


@rule("status.offered", "status")
def offered(view: IssueView) -> Status | None:
    """Offered: a party offers, or accepts on a condition, and no other party has answered since."""
    offers = unanswered(view)
    if not offers:
        return None
    return view.status(State.OFFERED, "an offer without an answer", offers, "status.offered")


@rule("status.open", "status")
def open_(view: IssueView) -> Status | None:
    """Open: a party or go-between says that it is unresolved or still discussed, of the issue itself or of several
    issues in one breath."""
    both = (*view.takes, *view.evidence.also[view.issue]) if view.kind == "substance" else view.takes
    told = [t for t in both if t.statement.status in (StatusClaim.OPEN, StatusClaim.STALLED) and t.attributed]
    if not told or (not view.cells and all(t.issue != view.issue for t in told)):
        return None
    wanted = [t for t in view.stances if t.issue == view.issue]
    claims = [t for cell in view.cells for t in cell.claims]
    return view.status(State.OPEN, "said to be unresolved", [*newest_first(told), *wanted, *claims], "status.open")


@rule("status.blocked_on_a_reading", "status")
def blocked_on_a_reading(view: IssueView) -> Status | None:
    """Blocked on a reporter's reading: one party flatly refuses or demands, and the article reads another party's
    present stand as the opposite. A forecast of a refusal is no such reading."""
    for take in view.stances:
        if flat(take) and take.issue == view.issue and (readings := reading_against(view.evidence, view.issue, take)):
            support = [take, *newest_first(readings)]
            why = "one side's position against the article's reading of the other"
            return view.status(State.BLOCKED, why, support, "status.blocked_on_a_reading", ON_A_READING)
    return None


@rule("status.claimed", "status")
def claimed(view: IssueView) -> Status | None:
    """Claimed: one side, and nobody else, tells it as settled."""
    settled = (StatusClaim.CLAIMED_AGREED, StatusClaim.AGREED, StatusClaim.SCHEDULED)
    told = [t for t in view.takes if t.supports and (t.statement.status in settled or t.act is Act.ACCEPT)]
    claims = [t for cell in view.cells for t in cell.claims if view.kind == "substance" and t.sign > 0]
    if any(t.act in (Act.DEMAND, Act.CONDITION, Act.REJECT) for t in view.stances):
        return None
    rows = newest_first({t.id: t for t in [*told, *claims]}.values())
    if len({t.holder for t in rows}) != 1:
        return None
    return view.status(State.CLAIMED, "told as settled by one side", rows, "status.claimed", ONE_SIDE)


@rule("status.wanted", "status")
def wanted(view: IssueView) -> Status | None:
    """Open: parties demand, require, refuse or promise something, and nobody has said anything that excludes it."""
    rows = [t for t in view.stances if t.issue == view.issue]
    rows += [t for cell in view.cells for t in (*cell.claims, *cell.views)]
    if not rows:
        return None
    mark = ONE_SIDE if len({t.holder for t in rows}) == 1 else ""
    if all(t.provenance is Provenance.REPORTER for t in rows):
        mark = f"{mark}, {ON_AN_ACCOUNT}" if mark else ON_AN_ACCOUNT
    return view.status(State.OPEN, "positions without an answer", rows, "status.wanted", mark)


@rule("status.open_on_an_account", "status")
def open_on_an_account(view: IssueView) -> Status | None:
    """Open, on a reporter's account: only articles themselves call it unresolved."""
    told = [t for t in view.takes if t.statement.status in (StatusClaim.OPEN, StatusClaim.STALLED)]
    if not told:
        return None
    return view.status(State.OPEN, "called unresolved", newest_first(told), "status.open_on_an_account", ON_AN_ACCOUNT)


@rule("status.silent", "status")
def silent(view: IssueView) -> Status:
    """Silent: no party says where it stands. Facts, forecasts and what one side tells of another may still be there."""
    rows = newest_first(view.takes)
    mark = "" if not rows else "facts and forecasts only"
    return view.status(State.SILENT, "no party's position in these documents", rows, "status.silent", mark)


def _stated(takes: Iterable[Take]) -> bool:
    """True if at least one rests on more than an article's account."""
    return any(t.provenance is not Provenance.REPORTER for t in takes)


def _tells_agreement(take: Take, kind: str) -> bool:
    told = take.agreement
    return told is StatusClaim.AGREED or (told is StatusClaim.SCHEDULED and kind == "process")


def _tells_settled(take: Take) -> bool:
    """True if a party tells it as settled, without a condition: its part in what another announces as agreed."""
    s = take.statement
    plain = s.certainty is Certainty.ASSERTED and not s.condition and take.sign >= 0
    return plain and s.status is StatusClaim.CLAIMED_AGREED


def _accepted(view: IssueView) -> list[Take]:
    """An unconditional acceptance and the other party's stance that it accepts; none while numbers are apart."""
    if numbers_apart(view.cells):
        return []
    for take in view.stances:
        if take.act is Act.ACCEPT and not take.conditional and take.statement.certainty is Certainty.ASSERTED:
            for other in view.stances[:200]:
                wants = other.act in (Act.DEMAND, Act.CONDITION, Act.ACCEPT) and other.sign > 0
                same = wants and other.holder != take.holder and same_thing(take, other)
                meant = same or (other.act is Act.OFFER and answers(view, take, other))
                if meant and not renumbered(take.figures, other.figures):
                    return newest_first([take, other])
    return []


def _joint(evidence: Evidence, take: Take) -> bool:
    """True if the speaker is no single side and the words or the speaker name two parties."""
    if take.speaker is not None:
        return False
    named = evidence.names.parties_in(f"{take.statement.speaker} {take.quote}")
    return len(named) >= 2


def _judgements(view: IssueView) -> tuple[list[Take], list[Take]]:
    """Judgements that are hopeful and gloomy, newest first, asserted ones before guesses."""
    rows = sorted(newest_first(view.takes), key=lambda t: t.statement.certainty is not Certainty.ASSERTED)
    rows = [t for t in view.evidence.once(rows) if not t.statement.fact]
    up = [t for t in rows if t.statement.status in HOPEFUL or (t.statement.status is None and t.sign > 0)]
    down = [
        t
        for t in rows
        if t.statement.status in GLOOMY - {StatusClaim.NEAR_LIMIT} or (t.statement.status is None and t.sign < 0)
    ]
    return up, down
