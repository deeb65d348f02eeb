"""A negotiation model from a ledger: who refuses what, on whose word, and what is missing.

Every option stands for what a party is reported to hold, in its words; one more stands for "otherwise". Nothing is
attributed to a party that is not in one of its positions: forecasts and what one side says of another never enter. What
an article reads into a party's stand is kept as a reading that no party holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

from comity.bargaining.wordings import clipped, condition_of, shared_keyword
from comity.words import (
    NOT_STATED,
    Act,
    Choice,
    Condition,
    Firmness,
    Issue,
    Ledger,
    NegotiationModel,
    Option,
    Position,
    Provenance,
    RedLine,
    Review,
    Role,
    State,
    Stated,
    Statement,
    Status,
    Step,
    TensionKind,
)

OTHERWISE = "otherwise"
READING = "reading"
_INSISTING = (Act.DEMAND, Act.REJECT, Act.CONDITION)
_GIVING = (Act.OFFER, Act.ACCEPT, Act.COMMIT)


@dataclass
class _Draft:
    """What is gathered issue by issue."""

    issues: list[Issue] = field(default_factory=list)
    red_lines: list[RedLine] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def draft_model(ledger: Ledger) -> tuple[NegotiationModel, tuple[str, ...]]:
    """The model that the positions of `ledger` make, and what a person still has to supply.

    On every issue of substance: an option for each party's position; a red line where a party insists, or where the
    ledger holds its position and another's to exclude each other; a condition where it gives something on one; else
    only that it was heard. Each cites the position's statements and keeps its firmness and provenance.
    """
    draft = _Draft()
    statements = {statement.id: statement for statement in ledger.statements}
    silent, other = [], []
    for issue in ledger.agenda.issues:
        held = [position for position in ledger.positions if position.issue == issue.id]
        if issue.kind != "substance":
            other.append(issue.name)
        elif held:
            _add(draft, ledger, statements, issue, held)
        else:
            silent.append(issue.name)
    steps = _steps(ledger, draft, statements)
    notes = [*draft.missing, *_missing(ledger, draft, silent, other)]
    model = NegotiationModel(
        title=ledger.agenda.title,
        issues=tuple(draft.issues),
        parties=ledger.agenda.parties,
        red_lines=tuple(draft.red_lines),
        conditions=tuple(draft.conditions),
        stated=tuple(draft.stated),
        steps=tuple(steps),
        missing=tuple(notes),
    )
    return model, tuple(notes)


def _add(draft: _Draft, ledger: Ledger, statements: dict[str, Statement], issue: Issue, held: list[Position]) -> None:
    names = {party.id: party.name for party in ledger.agenda.parties}
    status = next((s for s in ledger.statuses if s.issue == issue.id), None)
    settled = status is not None and status.state is State.AGREED
    blocked = status is not None and status.state is State.BLOCKED
    also = [] if settled else _also_refused(ledger, statements, issue, held)
    sides = [*held, *also]
    options = [
        Option(p.party, f"as {names[p.party]} has it: “{clipped(_lead(p, statements))}”") for p in sides if not settled
    ]
    if settled:
        told = clipped(statements[status.statements[0]].passage.quote) if status and status.statements else ""
        options = [Option("agreed", f"as agreed: “{told}”")]
    pairs = set() if settled else _excluding(ledger, issue, held)
    pairs |= {frozenset((p.party, q.party)) for p in also for q in held if q.act is Act.DEMAND}
    reading = _reading(ledger, statements, issue, held, status) if blocked and not pairs else None
    if reading is not None:
        options.append(Option(READING, f"as an article reads it: “{clipped(reading.passage.quote)}”"))
    options.append(Option(OTHERWISE, "anything else"))
    draft.issues.append(Issue(issue.id, issue.name, issue.description, options=tuple(options)))
    known = {option.id for option in options}
    for position in sides:
        against = sorted({party for pair in pairs if position.party in pair for party in pair} - {position.party})
        refuses = [*against]
        if reading is not None and position.act in _INSISTING and position.firmness is Firmness.FIRM:
            refuses.append(READING)
        insists = position.act in _INSISTING and position.firmness is Firmness.FIRM
        if (blocked and refuses) or (insists and position.act is not Act.REJECT) or (insists and not refuses):
            refuses.append(OTHERWISE)
        _hold(draft, statements, position, [option for option in refuses if option in known], settled)
    if reading is not None:
        refused = tuple(option.id for option in options if option.id != READING)
        draft.red_lines.append(
            RedLine(
                f"{issue.id}: {READING}",
                "",
                issue.id,
                refused,
                Firmness.SOFT,
                Provenance.REPORTER,
                (reading.id,),
                reading.passage.quote,
            )
        )


def _hold(
    draft: _Draft, statements: dict[str, Statement], position: Position, refuses: list[str], settled: bool
) -> None:
    """What a position comes to: a red line, a condition, or only that the party was heard."""
    quote, ids = _lead(position, statements), position.statements
    name = f"{position.issue}: {position.party}"
    if settled:
        draft.stated.append(Stated(position.party, position.issue, ("agreed",), position.provenance, ids, quote))
        return
    if refuses:
        draft.red_lines.append(
            RedLine(
                name,
                position.party,
                position.issue,
                tuple(refuses),
                position.firmness,
                position.provenance,
                ids,
                quote,
            )
        )
    tied = next((s for s in map(statements.__getitem__, ids) if condition_of(s)), None)
    if position.act in _GIVING and position.firmness is Firmness.CONDITIONAL and tied is not None:
        asked = f"{position.issue}: condition of {position.party}"
        options = (Option("met", "met"), Option("not_met", "not met"))
        draft.issues.append(Issue(asked, f"“{condition_of(tied)}”", options=options))
        draft.conditions.append(
            Condition(
                f"{name} (condition)",
                position.party,
                Choice(position.issue, (position.party,)),
                (Choice(asked, ("met",)),),
                position.firmness,
                position.provenance,
                (tied.id, *(i for i in ids if i != tied.id)),
                tied.passage.quote,
            )
        )
    elif not refuses:
        draft.stated.append(Stated(position.party, position.issue, (position.party,), position.provenance, ids, quote))


def _lead(position: Position, statements: dict[str, Statement]) -> str:
    return statements[position.statements[0]].passage.quote


def _excluding(ledger: Ledger, issue: Issue, held: list[Position]) -> set[frozenset[str]]:
    """Pairs of parties whose positions the ledger holds to exclude each other."""
    pairs: set[frozenset[str]] = set()
    rests_on = [(position.party, set(position.statements)) for position in held]
    for tension in ledger.tensions:
        if tension.kind is not TensionKind.POSITION or tension.review is Review.REJECTED:
            continue
        one = [party for party, own in rests_on if not own.isdisjoint(tension.statements)]
        other = [party for party, own in rests_on if not own.isdisjoint(tension.against)]
        pairs |= {frozenset((p, q)) for p in one for q in other if p != q}
    status = next((s for s in ledger.statuses if s.issue == issue.id), None)
    if not pairs and status is not None and status.state is State.BLOCKED:
        named = [p for p in held if set(p.statements) & set(status.statements)]
        pairs = {frozenset((p.party, q.party)) for p, q in combinations(named, 2)}
    return pairs


def _reading(
    ledger: Ledger, statements: dict[str, Statement], issue: Issue, held: list[Position], status: Status | None
) -> Statement | None:
    """What an article reads into a party's stand, where the ledger holds the issue to be blocked on that."""
    own = {statement for position in held for statement in position.statements}
    told = [statements[i] for i in (status.statements if status else ()) if i not in own]
    return next((statement for statement in told if statement.own_guess), None)


def _also_refused(
    ledger: Ledger, statements: dict[str, Statement], issue: Issue, held: list[Position]
) -> list[Position]:
    """Refusals said together with another issue, by parties that have no position on this one.

    Only where another party demands something here in the same word of the agenda: "will not recognise" against
    "recognition". They keep their own statement, so that a reader can judge.
    """
    demands = [statements[i].passage.quote for p in held if p.act is Act.DEMAND for i in p.statements]
    found: list[Position] = []
    for position in ledger.positions:
        if position.issue == issue.id or any(p.party == position.party for p in [*held, *found]):
            continue
        for statement in map(statements.__getitem__, position.statements):
            said = statement.act is Act.REJECT and issue.id in statement.also_issues
            if said and any(shared_keyword(issue, statement.passage.quote, quote) for quote in demands):
                provenance = {"direct": Provenance.OWN_WORDS, "reported_stance": Provenance.REPORTER}
                found.append(
                    Position(
                        position.party,
                        issue.id,
                        statement.passage.quote,
                        Act.REJECT,
                        position.firmness,
                        provenance.get(statement.mode.value, Provenance.PARAPHRASE),
                        (statement.id,),
                        "draft.also_refused",
                    )
                )
                break
    return found


def _steps(ledger: Ledger, draft: _Draft, statements: dict[str, Statement]) -> list[Step]:
    """Gates that terms name, and the terms that wait for them."""
    options = {issue.id: {option.id for option in issue.options} for issue in draft.issues}
    steps = []
    for n, term in enumerate(ledger.terms, 1):
        if term.gate == NOT_STATED:
            continue
        holders = [
            p.party for p in ledger.positions if p.issue == term.issue and set(p.statements) & set(term.statements)
        ]
        when = None
        if term.issue in options and holders and holders[0] in options[term.issue]:
            when = Choice(term.issue, (holders[0],))
        gate = f"gate {n}"
        steps.append(Step(gate, term.gate, when, gate=True, statements=term.statements))
        trigger = term.trigger if term.trigger != NOT_STATED else clipped(term.summary)
        steps.append(Step(f"term {n}", trigger, when, (gate,), statements=term.statements))
    return steps


def _missing(ledger: Ledger, draft: _Draft, silent: list[str], other: list[str]) -> list[str]:
    notes = []
    heard = {(p.party, p.issue) for p in ledger.positions} | {(line.party, line.issue) for line in draft.red_lines}
    issues = [issue for issue in ledger.agenda.issues if any(issue.id == made.id for made in draft.issues)]
    for party in ledger.agenda.parties:
        if Role.PARTY in party.roles:
            unheard = [issue.name for issue in issues if (party.id, issue.id) not in heard]
            if unheard:
                notes.append(f"{party.name} is not heard on {', '.join(unheard)}: unknown there, not flexible")
    if silent:
        notes.append(f"nobody states a position on {', '.join(silent)}: left out")
    if other:
        notes.append(f"{', '.join(other)}: not a matter of substance, left out")
    for position in ledger.positions:
        if position.qualified_by and any(issue.id == position.issue for issue in issues):
            who = ledger.agenda.party(position.party).name
            ids = ", ".join(position.qualified_by)
            notes.append(f"the position of {who} on {ledger.agenda.issue(position.issue).name} is qualified by {ids}")
    if ledger.outlooks:
        notes.append(f"{len(ledger.outlooks)} forecasts and accounts by others do not enter the model")
    for party in ledger.agenda.parties:
        if party.batna:
            notes.append(
                f"the alternative of {party.name} to a deal is described, not measured: “{clipped(party.batna)}”"
            )
    notes.append("no preferences are known: frontier and solutions need worths from a person")
    notes.append("who controls what is not known: stability needs [[control]] entries from a person")
    return notes
