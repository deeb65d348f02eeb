"""What stands on an issue, worked out from the takes that are weighed by the very rules that `build` uses."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace

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
"""Cells that are remembered: from one day to the next most stay as they are."""

_Key = tuple[object, ...]


class Weigher:
    """Works out issues. A cell whose takes are the same as before is not worked out again."""

    def __init__(self, agenda: Agenda, names: Names, documents: Mapping[str, Document]) -> None:
        self.agenda, self.names, self.documents = agenda, names, documents
        self._cells: OrderedDict[_Key, tuple[Sequence[Take], Cell, Position | None]] = OrderedDict()

    def evidence(
        self,
        takes: Sequence[Take],
        utterance: Mapping[str, str],
        reviews: Mapping[str, Review],
        issues: Sequence[Issue],
    ) -> Evidence:
        """What rules look at: takes in the ledger's order."""
        agenda = replace(self.agenda, issues=tuple(issues))
        return Evidence(agenda, self.names, None, self.documents, tuple(takes), (), reviews, utterance)

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
        takes = [*main, *also]
        heads = tuple(evidence.utterance.get(take.id) for take in takes)
        key = (party, issue, len(main), tuple(map(id, takes)), heads)
        known = self._cells.get(key)
        if known is None:
            cell = cell_of(evidence, party, issue, main, also)
            known = self._cells[key] = (takes, cell, position(cell))  # the takes are kept, so that no id is used again
            while len(self._cells) > _KEPT:
                self._cells.popitem(last=False)
        else:
            self._cells.move_to_end(key)
        return known[1], known[2]
