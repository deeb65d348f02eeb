"""What stands on an issue, worked out from the takes that are weighed by the very rules that `build` uses."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from comity.ledger.cells import Cell, cell_of, supporting
from comity.ledger.daybook.lines import Standing
from comity.ledger.evidence import Evidence, Take
from comity.ledger.issue_view import views
from comity.ledger.names import Names
from comity.ledger.oppositions import oppositions
from comity.ledger.positions import outlooks, position
from comity.ledger.statuses import statuses
from comity.words import Agenda, Document, Issue, Position, Review

_KEPT = 4000
"""Cells and outlooks that are remembered: from one day to the next many stay as they are."""

_Key = tuple[str, ...]


class Weigher:
    """Works out issues. A cell whose takes are the same as before is not worked out again."""

    def __init__(
        self, agenda: Agenda, names: Names, documents: Mapping[str, Document], texts: Mapping[str, Document]
    ) -> None:
        self.agenda, self.names, self.documents, self.texts = agenda, names, documents, texts
        self._known: OrderedDict[object, tuple[list[Take], Any]] = OrderedDict()

    def evidence(
        self,
        takes: Sequence[Take],
        utterance: Mapping[str, str],
        reviews: Mapping[str, Review],
        issues: Sequence[Issue],
    ) -> Evidence:
        """What rules look at: takes in the ledger's order."""
        agenda = replace(self.agenda, issues=tuple(issues))
        return Evidence(
            agenda, self.names, None, self.documents, tuple(takes), (), reviews, utterance, self.texts, self._remembered
        )

    def standing(
        self,
        issue: Issue,
        takes: Sequence[Take],
        utterance: Mapping[str, str],
        reviews: Mapping[str, Review],
    ) -> Standing:
        """What stands on one issue, from all takes weighed that speak of it, in the ledger's order."""
        evidence = self.evidence(takes, utterance, reviews, (issue,))
        main, also = supporting(evidence, issue.id)
        table, positions = {}, []
        for party in self.agenda.parties:
            if party.id in main or party.id in also:
                cell, found = self._cell(evidence, party.id, issue.id, main.get(party.id, []), also.get(party.id, []))
                table[party.id, issue.id] = cell
                if found is not None:
                    positions.append(found)
        (status,) = statuses(views(evidence, table, oppositions(evidence, table)))
        return Standing(tuple(positions), tuple(outlooks(evidence)), status)

    def _cell(
        self, evidence: Evidence, party: str, issue: str, main: list[Take], also: list[Take]
    ) -> tuple[Cell, Position | None]:
        def made(evidence: Evidence, key: _Key, takes: list[Take]) -> tuple[Cell, Position | None]:
            cell = cell_of(evidence, party, issue, main, also)
            return cell, position(cell)

        return evidence.remembered(("cell", party, issue, str(len(main))), [*main, *also], made)

    def _remembered(self, evidence: Evidence, key: _Key, takes: list[Take], make: Callable[..., Any]) -> Any:
        """What was made of these takes before. They are kept with it, so that no identity of theirs is used again."""
        heads = tuple([evidence.utterance.get(take.id) for take in takes])
        whole = (key, tuple(map(id, takes)), heads)
        known = self._known.get(whole)
        if known is None:
            known = self._known[whole] = (takes, make(evidence, key, takes))
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(whole)
        return known[1]
