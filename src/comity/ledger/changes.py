"""How positions differ between two ledgers of one negotiation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from comity.ledger.phrases import withdraws
from comity.ledger.rulebook import rule, rules
from comity.words import Act, Agenda, Change, ChangeKind, Firmness, Ledger, Mode, Position

_GIVING = frozenset({Act.ACCEPT, Act.OFFER, Act.COMMIT, Act.ANNOUNCE})
_ORDER = list(Firmness)
Ids = tuple[str, ...]
"""What a rule of change takes: both positions, the new statements of the later one, and what takes words back."""


def changes(before: Ledger, after: Ledger) -> tuple[Change, ...]:
    """Changes from one ledger to another, in the order of the later agenda's issues and parties.

    Each names the statements that make it: those of the later position that the earlier ledger did not have, or what
    took a withdrawn position back. A position on which nothing new was said is no change.
    """
    known = {s.id for s in before.statements}
    later = {s.id: s for s in after.statements}
    fresh: dict[str | None, list[tuple[str, str | None]]] = {}
    for s in after.statements:
        if s.id not in known and s.mode is not Mode.AUTHOR and withdraws(s.passage.quote):
            fresh.setdefault(s.issue, []).append((s.id, after.agenda.party_of(s.holder or s.speaker)))
    return compared(
        after.agenda,
        before.positions,
        after.positions,
        known.__contains__,
        lambda i: (later[i].said.latest or later[i].said.earliest or NO_DAY) if i in later else None,
        fresh,
    )


NO_DAY = date.min
"""Stands for a day of saying that is not known."""


def compared(
    agenda: Agenda,
    before: Iterable[Position],
    after: Iterable[Position],
    known: Callable[[str], bool],
    said: Callable[[str], date | None],
    fresh: Mapping[str | None, Sequence[tuple[str, str | None]]],
) -> tuple[Change, ...]:
    """Changes between positions. `known` says whether the earlier ledger had a statement, `said` when one of the later
    ledger was said (None: it has none such), `fresh` names by issue what the later one newly takes back, and who."""
    old = {(p.party, p.issue): p for p in before}
    new = {(p.party, p.issue): p for p in after}
    trial = rules("change")
    found = []
    for issue in agenda.issues:
        for party in agenda.parties:
            was, now = old.get((party.id, issue.id)), new.get((party.id, issue.id))
            if was is None and now is None:
                continue
            back = [i for i, who in fresh.get(issue.id, ()) if who == party.id]
            told = [i for i in (now.statements if now else ()) if not known(i)] or back
            for r in trial:
                if kind := r.function(was, now, tuple(told), tuple(back)):
                    ids = told or list(was.statements if now is None and was else ())
                    ids = [i for i in ids if said(i) is not None] or ids
                    days = [day for i in ids if (day := said(i)) and day != NO_DAY]
                    on = max(days, default=None) or (now.since if now else None)
                    found.append(Change(party.id, issue.id, kind, was, now, tuple(ids), r.name, on))
                    break
    return tuple(found)


@rule("change.new", "change")
def is_new(was: Position | None, now: Position | None, said: Ids, back: Ids) -> ChangeKind | None:
    """New: the party had no position on the issue before."""
    return ChangeKind.NEW if was is None and now is not None else None


@rule("change.withdrawn", "change")
def is_withdrawn(was: Position | None, now: Position | None, said: Ids, back: Ids) -> ChangeKind | None:
    """Withdrawn: the party took back what it had said, and has no position now or refuses what it had offered, accepted
    or promised."""
    if was is None:
        return None
    refuses = now is not None and now.act is Act.REJECT and was.act in _GIVING and bool(back)
    return ChangeKind.WITHDRAWN if now is None or refuses else None


@rule("change.hardened", "change")
def is_hardened(was: Position | None, now: Position | None, said: Ids, back: Ids) -> ChangeKind | None:
    """Hardened: a refusal where there was an offer, acceptance or promise; or the same act, said firmer than before."""
    if was is None or now is None or not said:
        return None
    if was.act in _GIVING and now.act is Act.REJECT:
        return ChangeKind.HARDENED
    firmer = _ORDER.index(now.firmness) < _ORDER.index(was.firmness)
    return ChangeKind.HARDENED if now.act is was.act and firmer and not _other_content(was, now) else None


@rule("change.softened", "change")
def is_softened(was: Position | None, now: Position | None, said: Ids, back: Ids) -> ChangeKind | None:
    """Softened: an offer, acceptance or condition where there was a flat refusal or demand; or the same act, said less
    firmly."""
    if was is None or now is None or not said:
        return None
    if was.act in (Act.REJECT, Act.DEMAND) and now.act in (Act.ACCEPT, Act.OFFER, Act.CONDITION):
        return ChangeKind.SOFTENED
    looser = _ORDER.index(now.firmness) > _ORDER.index(was.firmness)
    return ChangeKind.SOFTENED if now.act is was.act and looser and not _other_content(was, now) else None


@rule("change.moved", "change")
def is_moved(was: Position | None, now: Position | None, said: Ids, back: Ids) -> ChangeKind | None:
    """Moved: another act, another option or another number."""
    if was is None or now is None or not said:
        return None
    return ChangeKind.MOVED if now.act is not was.act or _other_content(was, now) else None


@rule("change.qualified", "change")
def is_qualified(was: Position | None, now: Position | None, said: Ids, back: Ids) -> ChangeKind | None:
    """Softened: the stand is the same, and what the party newly says bounds it."""
    if was is None or now is None:
        return None
    return ChangeKind.SOFTENED if set(now.qualified_by) - set(was.qualified_by) and not was.qualified_by else None


@rule("change.reaffirmed", "change")
def is_reaffirmed(was: Position | None, now: Position | None, said: Ids, back: Ids) -> ChangeKind | None:
    """Reaffirmed: the party said the same again."""
    return ChangeKind.REAFFIRMED if was is not None and now is not None and said else None


def _other_content(was: Position, now: Position) -> bool:
    """True if the newest options or the numbers in a shared unit differ."""
    if was.options and now.options and was.options[0] != now.options[0]:
        return True
    mine = {(q.unit, q.of): (q.low, q.high) for q in now.quantities}
    theirs = {(q.unit, q.of): (q.low, q.high) for q in was.quantities}
    return any(mine[key] != theirs[key] for key in mine.keys() & theirs.keys())
