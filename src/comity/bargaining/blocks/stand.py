"""What each party has stated and could give up: red lines, conditions, and (if asked for) its utility floor."""

from __future__ import annotations

from dataclasses import dataclass

from comity.bargaining.meets import Index, Meet, of_condition, of_red_line
from comity.words import Choice, Firmness, NegotiationModel, Provenance, Role


@dataclass(frozen=True)
class Stand:
    """A stated constraint.

    `kind` is "red line", "condition", "floor" or, for a constraint that no party holds, "reading". `text` says it in
    the names of the model; `statements` and `quote` are the sentences it rests on.
    """

    id: str
    party: str
    kind: str
    text: str
    issues: tuple[str, ...]
    firmness: Firmness
    provenance: Provenance
    statements: tuple[str, ...] = ()
    quote: str = ""

    @property
    def on_reporter(self) -> bool:
        """True if it rests on a reporter's account or reading, not on the party's words."""
        return self.provenance is Provenance.REPORTER


@dataclass(frozen=True)
class Unheard:
    """A party that has stated nothing on an issue: unknown there, not flexible."""

    party: str
    issue: str


def stands_of(model: NegotiationModel, *, reporter: bool = True) -> list[tuple[Stand, tuple[Meet, ...]]]:
    """Every red line and condition with the meets it forbids, in the order of parties, then of the model.

    Parameters
    ----------
    reporter
        Also those that rest on a reporter's account.
    """
    index = Index(model)
    names = {party.id: party.name for party in model.parties}
    found = []
    for line in model.red_lines:
        who = f"{names[line.party]} refuses" if line.party else "a reporter's reading excludes"
        stand = Stand(
            line.id,
            line.party,
            "red line" if line.party else "reading",
            f"{who} {said(model, Choice(line.issue, line.refuses))}",
            (line.issue,),
            line.firmness,
            line.provenance,
            line.statements,
            line.quote,
        )
        found.append((stand, of_red_line(index, line)))
    for condition in model.conditions:
        needs = " and ".join(said(model, choice) for choice in condition.requires)
        stand = Stand(
            condition.id,
            condition.party,
            "condition",
            f"{names[condition.party]} accepts {said(model, condition.when)} only with {needs}",
            tuple(dict.fromkeys([condition.when.issue, *(choice.issue for choice in condition.requires)])),
            condition.firmness,
            condition.provenance,
            condition.statements,
            condition.quote,
        )
        found.append((stand, of_condition(index, condition)))
    place = {party.id: i for i, party in enumerate(model.parties)}
    found = [pair for pair in found if pair[1] and (reporter or not pair[0].on_reporter)]
    return sorted(found, key=lambda pair: place.get(pair[0].party, len(place)))


def said(model: NegotiationModel, choice: Choice) -> str:
    """A choice in the model's names: ``Quota: 30 per cent or 40 per cent``."""
    issue = model.issue(choice.issue)
    names = [option.name for option in issue.options if option.id in choice.options]
    return f"{issue.name}: {' or '.join(names)}"


def unheard(model: NegotiationModel, issues: set[str]) -> tuple[Unheard, ...]:
    """Parties that are silent on some of these issues, in the order of issues, then parties."""
    return tuple(
        Unheard(party.id, issue.id)
        for issue in model.issues
        if issue.id in issues
        for party in model.parties
        if Role.PARTY in party.roles and not model.heard(party.id, issue.id)
    )
