"""The whole ledger of a date on what is weighed: tensions, relations, facts, terms, channels and events, too.

It takes seconds on a large record, so it is for a worker behind the pages; what it holds is bounded like all that is
weighed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from comity.ledger.build import worked_out
from comity.ledger.cells import cells
from comity.ledger.daybook.days import NEVER, day_of
from comity.ledger.daybook.folding import Folding
from comity.ledger.edits import judged
from comity.ledger.events import EventTold, merged
from comity.ledger.evidence import Evidence, with_utterances
from comity.ledger.oppositions import oppositions
from comity.ledger.rulebook import rules
from comity.ledger.tensions import tensions
from comity.ledger.tensions.finding import Findings
from comity.words import Ledger, Review, Tension


def whole(folding: Folding, as_of: date | None) -> Ledger:
    """The ledger as of a date. `statements` holds only what is weighed; everything else is what `build` gives."""
    evidence = _evidence(folding, as_of, with_events=True)
    return worked_out(evidence, judged(folding.source.decisions()), evidence.takes, ())


def tensions_of(folding: Folding, as_of: date | None) -> tuple[Tension, ...]:
    """The tensions of that ledger, without what no rule of tension looks at (events, unless another package's does)."""
    foreign = not all(r.function.__module__.startswith("comity.ledger.") for r in rules("tension"))
    evidence = _evidence(folding, as_of, with_events=foreign)
    table = cells(evidence)
    findings = Findings(evidence, table, tuple(oppositions(evidence, table)))
    return tensions(findings, judged(folding.source.decisions()))


def _evidence(folding: Folding, as_of: date | None, with_events: bool) -> Evidence:
    """All that is weighed as of a date."""
    register, about, day = folding.register, folding.about, day_of(as_of)
    weighed = register.weighed(day)
    rows = np.flatnonzero(weighed).astype(np.int32)
    rows = rows[np.argsort(register.columns["place"][rows])]
    heads = register.heads(weighed)
    ids = register.all_ids(np.array(sorted({*rows.tolist(), *heads.values()}), np.int32))
    utterance = {ids[row]: ids[head] for row, head in heads.items()}
    takes = with_utterances(folding.takes.of(rows.tolist()), utterance)
    events = merged(_events_told(folding, day), takes) if with_events else ()
    reviews = {ids[r]: Review(mark) for r in rows.tolist() if (mark := register.reviews.get(r))}
    return Evidence(about.agenda, about.names, as_of, about.documents, takes, events, reviews, utterance, folding.texts)


def _events_told(folding: Folding, day: int) -> Iterable[EventTold]:
    """What documents in view on a day tell of events."""
    about, ends = folding.about, folding.register.superseded
    for name in about.read:
        published = about.published(name)
        if day_of(published) <= day < ends.get(name, NEVER):
            yield from folding.events_told(name, published)
    folding.occasions.let_go()  # they are large, and quickly fetched again
