"""What looks like a contradiction or a repetition and is neither: corroboration, one utterance, two tracks, one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from comity.ledger.cells import newest_first
from comity.ledger.evidence import Evidence, Take
from comity.ledger.phrases import agrees
from comity.ledger.rulebook import rule, rules
from comity.words import Act, Certainty, Relation, RelationKind, StatusClaim

NEAR = timedelta(days=14)
"""Reports corroborate each other if they tell of the same within this time."""
SHOWN = 8
_REMARKS = frozenset({"remarks", "press_briefing", "post"})


def relations(evidence: Evidence) -> tuple[Relation, ...]:
    """Relations of all rules, by kind, each once."""
    found = dict.fromkeys(relation for r in rules("relation") for relation in r.function(evidence))
    order = list(RelationKind)
    return tuple(sorted(found, key=lambda r: (order.index(r.kind), r.rule, r.statements)))


@rule("relation.same_utterance", "relation")
def same_utterance(evidence: Evidence) -> Iterator[Relation]:
    """Statements that tell one utterance (see the rules of utterance): they count once."""
    groups: dict[str, list[str]] = defaultdict(list)
    for take in evidence.takes:
        if take.id in evidence.utterance:
            groups[evidence.utterance[take.id]].append(take.id)
    for ids in groups.values():
        yield Relation(RelationKind.SAME_UTTERANCE, tuple(ids), "relation.same_utterance")


@rule("relation.same_stance", "relation")
def same_stance(evidence: Evidence) -> Iterator[Relation]:
    """Different sources tell the same stance of one party on one issue at about the same time, in words that share
    content: they corroborate each other."""
    for takes in evidence.by_issue.values():
        rows: dict[tuple[str, int], list[Take]] = defaultdict(list)
        for take in takes:
            if take.holder and take.sign and take.stance and not take.statement.fact:
                rows[take.holder, take.sign].append(take)
        for _, same in sorted(rows.items()):
            yield from _corroborated(evidence, newest_first(same))


def _corroborated(evidence: Evidence, takes: list[Take]) -> Iterator[Relation]:
    """Groups around the newest telling that no group has yet; each later telling joins the first group it fits."""
    groups: list[list[Take]] = []
    for take in evidence.once(takes):
        home = next((g for g in groups[-20:] if g[0].telling & take.telling and g[0].when - take.when <= NEAR), None)
        groups.append([take]) if home is None else home.append(take)
    for group in groups:
        if len({take.document for take in group}) > 1 and len({evidence.source(take) for take in group}) > 1:
            shown = list({take.document: take for take in reversed(group)}.values())[::-1]
            yield _relation(RelationKind.CORROBORATION, shown, "relation.same_stance")


@rule("relation.same_event", "relation")
def same_event(evidence: Evidence) -> Iterator[Relation]:
    """Several documents tell one event, or one occasion on which somebody spoke: two levels of detail, one event."""
    for told in evidence.events:
        takes = [evidence.by_id[i] for i in told.statements if i in evidence.by_id]
        if len({take.document for take in takes}) > 1:
            occasion = told.event.type in _REMARKS
            kind = RelationKind.SAME_OCCASION if occasion else RelationKind.CORROBORATION
            yield _relation(kind, takes, "relation.same_event")


@rule("relation.two_tracks", "relation")
def two_tracks(evidence: Evidence) -> Iterator[Relation]:
    """Two parties each announce that talks go on or are set, and neither names the other: two tracks that complement
    each other."""
    for issue in evidence.agenda.issues:
        if issue.kind != "process":
            continue
        by_holder: dict[str, Take] = {}
        for take in newest_first(evidence.by_issue[issue.id]):
            if take.supports and take.holder and _set(take):
                by_holder.setdefault(take.holder, take)
        named = {h: set(evidence.names.parties_in(t.quote)) for h, t in by_holder.items()}
        holders = [p.id for p in evidence.agenda.parties if p.id in by_holder]
        for number, one in enumerate(holders):
            for other in holders[number + 1 :]:
                if other not in named[one] and one not in named[other]:
                    yield _relation(
                        RelationKind.COMPLEMENTARY, [by_holder[one], by_holder[other]], "relation.two_tracks"
                    )


def _set(take: Take) -> bool:
    s = take.statement
    if s.certainty is not Certainty.ASSERTED or s.condition or take.sign < 0:
        return False
    return s.status in (StatusClaim.AGREED, StatusClaim.SCHEDULED) or (s.act is Act.ANNOUNCE and agrees(take.quote))


@rule("relation.same_day_same_speaker", "relation")
def same_day_same_speaker(evidence: Evidence) -> Iterator[Relation]:
    """Different documents quote one speaker on one known day on one issue in different words: one occasion, paraphrased
    twice."""
    rows: dict[tuple[str, str, date], list[Take]] = defaultdict(list)
    for take in evidence.takes:
        said = take.statement.said
        if take.attributed and take.issue and said.earliest and said.earliest == said.latest:
            rows[take.statement.speaker, take.issue, said.earliest].append(take)
    for _, takes in sorted(rows.items()):
        once = evidence.once(takes)
        if len({take.document for take in once}) > 1:
            first = list({take.document: take for take in reversed(once)}.values())[::-1]
            yield _relation(RelationKind.SAME_OCCASION, first, "relation.same_day_same_speaker")


def _relation(kind: RelationKind, takes: Iterable[Take], name: str) -> Relation:
    ids = sorted(dict.fromkeys(take.id for take in list(takes)[:SHOWN]))
    return Relation(kind, tuple(ids), name)
