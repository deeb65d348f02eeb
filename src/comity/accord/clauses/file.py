"""A clause file opened: its accord, and for each clause its scenarios and its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from comity.accord.clauses.formulas import Meanings
from comity.accord.clauses.loading import build_accord, read_text
from comity.accord.clauses.looking import opposed
from comity.accord.clauses.paraphrase import Paraphrase
from comity.accord.clauses.picture import fact_words, timeline
from comity.accord.clauses.reading import read_accord
from comity.accord.clauses.scenarios import Outcome, Scenario, Scenarios
from comity.accord.clauses.tree import AccordTree, ClauseTree, InForce
from comity.words import Accord, Clause


@dataclass(frozen=True)
class ClauseFile:
    """What a clause file says (`accord`) and how it was written (`tree`)."""

    accord: Accord
    tree: AccordTree

    @cached_property
    def _scenarios(self) -> Scenarios:
        return Scenarios(Meanings(self.tree))

    @cached_property
    def _told(self) -> dict[str, tuple[Scenario, ...]]:
        return {}

    @cached_property
    def paraphrase(self) -> Paraphrase:
        return Paraphrase(self.tree)

    def scenarios(self, clause: Clause) -> tuple[Scenario, ...]:
        """Histories that fulfil the clause, breach it, or are not bound by it; each confirmed by the engine."""
        if clause.id not in self._told:
            self._told[clause.id] = self._scenarios.of(clause.id) if clause.logic else ()
        return self._told[clause.id]

    def picture(self, clause: Clause) -> str:
        """The clause's timeline as SVG."""
        title = f"{clause.id}: {clause.title}"
        return timeline(title, self.scenarios(clause), self.paraphrase, clause.window)

    def told(self, scenario: Scenario) -> tuple[tuple[str, str], ...]:
        """A scenario's facts as (ISO date or number of the day, words); what is told alike is counted."""
        found = Counter((scenario.shown_day(f.day), fact_words(self.paraphrase, f)) for f in scenario.facts)
        return tuple((day, f"{words} ({n} times)" if n > 1 else words) for (day, words), n in found.items())

    def order_within(self, clause: ClauseTree) -> str:
        """What comes before what inside a clause, with "assumed" where no text says so; empty if one thing only."""
        words = self.paraphrase
        words.variables = {v.name: v for v in clause.variables}
        steps = list[str]()
        trigger = clause.when or (None if clause.in_step is not None else InForce() if clause.must else None)
        if trigger is not None:
            steps.append(words.expr(trigger))
        steps += [words.expr(e) for e in clause.only]
        acts = [act for act in (*clause.must, *clause.may) if act.chained or act is (*clause.must, *clause.may)[0]]
        steps += [" or ".join(words.event(c) for c in act.choices) for act in acts]
        mirrored = words.expr(clause.in_step) if clause.in_step is not None else ""
        words.variables = {}
        if mirrored:
            return f"{clause.id}: {mirrored} ↔ {' → '.join(steps)}"
        marked = " (trigger assumed)" if "trigger" in clause.assumed else ""
        return f"{clause.id}: {' → '.join(steps)}{marked}" if len(steps) > 1 else ""

    def doubts(self) -> tuple[str, ...]:
        """What a drafter should look at: quotations not checked, clauses that nothing can fulfil or breach."""
        found = list[str]()
        unchecked: dict[str, int] = {}
        for clause in self.accord.clauses:
            for cited in clause.cited:
                if cited.start is None:
                    unchecked[cited.source] = unchecked.get(cited.source, 0) + 1
            if clause.logic:
                outcomes = {s.outcome for s in self.scenarios(clause)}
                for outcome in (Outcome.FULFILS, Outcome.BREACHES):
                    if outcome not in outcomes:
                        found.append(f"clause {clause.id}: no scenario was found that {outcome.value} it")
        for duty, ban, event in opposed(self.tree):
            found.append(f"clause {duty} obliges to what clause {ban} forbids: {event.replace('_', ' ')}")
        for source, number in unchecked.items():
            found.append(f"text {source} is kept elsewhere: {number} quotations not checked; give --text {source}=FILE")
        return tuple(found)


def open_clauses(path: str | Path, texts: Mapping[str, str] | None = None) -> ClauseFile:
    """A clause file with its scenarios and pictures; arguments and errors are those of `load_accord`."""
    tree = read_accord(read_text(path), str(path))
    return ClauseFile(build_accord(tree, texts, Path(path).parent), tree)
