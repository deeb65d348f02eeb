"""A model drafted from a hand-made ledger holds what the ledger holds, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.bargaining.blocks import blockers, openings, roadmap
from comity.bargaining.draft import draft_model
from comity.bargaining.model import model_toml, parse_model
from comity.words import (
    Act,
    Agenda,
    Firmness,
    Issue,
    Ledger,
    Mode,
    Outlook,
    Package,
    Party,
    Passage,
    Position,
    Provenance,
    Review,
    Role,
    State,
    Statement,
    Status,
    Tension,
    TensionKind,
    Term,
)

QUOTES = {
    "d#1": "Aldermark wants all of the shoal",
    "d#2": "Bergen will not give up the shoal",
    "d#3": "Aldermark rejects any temporary arrangement",
    "d#4": "what Bergen proposes sounds temporary",
    "d#5": "Bergen is ready to pull back its boats if Aldermark mirrors it",
    "d#6": "free passage is settled",
    "d#7": "Bergen will probably demand money",
    "d#8": "Aldermark demands formal recognition",
    "d#9": "Bergen will not give up the shoal nor recognise any change",
    "d#10": "both agree on free passage",
}


def statement(key: str, mode: Mode = Mode.INDIRECT, act: Act = Act.DEMAND, **more) -> Statement:
    quote = QUOTES[key]
    return Statement(key, Passage("d", 0, len(quote), quote), mode, "somebody", act, **more)


@pytest.fixture
def ledger() -> Ledger:
    offer = QUOTES["d#5"]
    condition = ((offer.index("if"), len(offer)),)
    agenda = Agenda(
        "Talks",
        (Party("a", "Aldermark"), Party("b", "Bergen"), Party("m", "Midland", roles=(Role.MEDIATOR,))),
        issues=(
            Issue("shoal", "The shoal"),
            Issue("time", "Temporary or permanent"),
            Issue("boats", "Boats"),
            Issue("passage", "Passage"),
            Issue("title", "Recognition", keywords=("recogni*",)),
            Issue("money", "Money"),
            Issue("talks", "Talks", kind="process"),
        ),
    )
    firm, told, account = Firmness.FIRM, Provenance.PARAPHRASE, Provenance.REPORTER
    return Ledger(
        agenda,
        None,
        (
            statement("d#1"),
            statement("d#2", act=Act.REJECT),
            statement("d#3", Mode.REPORTED_STANCE, Act.REJECT),
            statement("d#4", Mode.AUTHOR, Act.ASSESS),
            statement("d#5", act=Act.OFFER, condition=condition),
            statement("d#6", act=Act.ANNOUNCE),
            statement("d#7", Mode.AUTHOR),
            statement("d#8"),
            statement("d#9", act=Act.REJECT, also_issues=("title",)),
            statement("d#10", act=Act.ANNOUNCE),
        ),
        positions=(
            Position("a", "shoal", "", Act.DEMAND, firm, told, ("d#1",), "r"),
            Position("b", "shoal", "", Act.REJECT, firm, told, ("d#2", "d#9"), "r", qualified_by=("d#5",)),
            Position("a", "time", "", Act.REJECT, firm, account, ("d#3",), "r"),
            Position("b", "boats", "", Act.OFFER, Firmness.CONDITIONAL, told, ("d#5",), "r"),
            Position("a", "passage", "", Act.ANNOUNCE, firm, told, ("d#6",), "r"),
            Position("b", "passage", "", Act.ANNOUNCE, firm, told, ("d#10",), "r"),
            Position("a", "title", "", Act.DEMAND, firm, told, ("d#8",), "r"),
        ),
        outlooks=(Outlook("b", "money", "", ("d#7",), "r"), Outlook("b", "time", "", ("d#4",), "r")),
        statuses=(
            Status("shoal", State.BLOCKED, "", ("d#1", "d#2"), "r"),
            Status("time", State.BLOCKED, "", ("d#3", "d#4"), "r", "on a reporter's reading"),
            Status("passage", State.AGREED, "", ("d#6", "d#10"), "r"),
        ),
        tensions=(
            Tension(TensionKind.POSITION, ("d#1",), ("d#2",), "r", "shoal"),
            Tension(TensionKind.POSITION, ("d#3",), ("d#4",), "r", "time"),
        ),
        terms=(Term("a vote on the shoal", ("d#1",), "r", "shoal", gate="a vote of the people"),),
    )


def test_blockers_name_issues_with_their_sentences(ledger: Ledger) -> None:
    model, _ = draft_model(ledger)
    result = blockers(model)
    found = {blocker.issues: blocker for blocker in result.blockers}
    assert set(found) == {("shoal",), ("time",), ("title",)}
    assert [s.statements for s in found["shoal",].stands] == [("d#1",), ("d#2", "d#9")]
    assert not found["shoal",].on_reporter
    assert found["time",].on_reporter
    assert [(s.party, s.statements) for s in found["time",].stands] == [("a", ("d#3",)), ("", ("d#4",))]
    assert [s.statements for s in found["title",].stands] == [("d#8",), ("d#9",)]
    without = blockers(model, reporter=False)
    assert {blocker.issues for blocker in without.blockers} == {("shoal",), ("title",)}


def test_nothing_is_attributed_that_the_ledger_does_not_hold(ledger: Ledger) -> None:
    model, notes = draft_model(ledger)
    of_party = {(p.party, s) for p in ledger.positions for s in p.statements}
    for held in (*model.red_lines, *model.conditions, *model.stated):
        for cited in held.statements:
            assert held.party == "" or (held.party, cited) in of_party
    cited = {s for held in (*model.red_lines, *model.conditions, *model.stated) for s in held.statements}
    assert "d#7" not in cited  # a forecast
    assert all(line.party == "" for line in model.red_lines if "d#4" in line.statements)
    assert "money" not in {issue.id for issue in model.issues}
    assert any("Money" in note and "left out" in note for note in notes)
    assert any("Talks" in note and "not a matter of substance" in note for note in notes)
    assert any(note.startswith("Bergen is not heard on Temporary or permanent") for note in notes)
    assert any("qualified by d#5" in note for note in notes)


def test_conditional_offer_becomes_a_condition(ledger: Ledger) -> None:
    model, _ = draft_model(ledger)
    (condition,) = model.conditions
    assert condition.party == "b"
    assert condition.firmness is Firmness.CONDITIONAL
    asked = model.issue(condition.requires[0].issue)
    assert asked.name == "“if Aldermark mirrors it”"
    assert not model.heard("a", asked.id)


def test_agreed_issue_keeps_nobody_apart(ledger: Ledger) -> None:
    model, _ = draft_model(ledger)
    assert [o.id for o in model.issue("passage").options] == ["agreed", "otherwise"]
    assert {wish.party for wish in model.stated if wish.issue == "passage"} == {"a", "b"}


def test_gates_stand_before_what_waits_for_them(ledger: Ledger) -> None:
    model, _ = draft_model(ledger)
    chosen = {"shoal": "a"}
    package = Package(tuple(chosen.get(issue.id, issue.options[-1].id) for issue in model.issues))
    stages = roadmap(model, package)
    assert [[step.name for step in stage.gates] for stage in stages] == [["a vote of the people"], []]


def test_a_tension_that_a_person_rejected_no_longer_counts(ledger: Ledger) -> None:
    calm = replace(
        ledger,
        tensions=tuple(replace(t, review=Review.REJECTED) for t in ledger.tensions),
        statuses=tuple(s for s in ledger.statuses if s.state is not State.BLOCKED),
    )
    model, _ = draft_model(calm)
    assert {blocker.issues for blocker in blockers(model).blockers} == {("title",)}


def test_drafts_are_written_and_read_back(ledger: Ledger) -> None:
    model, _ = draft_model(ledger)
    assert parse_model(model_toml(model)) == model
    found = openings(model)
    assert found.least == 3
    assert [block.party for block in found.blocks] == ["a", "b", "m"]


def test_an_empty_ledger_makes_an_empty_model() -> None:
    model, notes = draft_model(Ledger(Agenda("None"), None, ()))
    assert model.issues == ()
    assert notes
